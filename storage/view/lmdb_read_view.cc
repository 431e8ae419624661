#include "storage/view/lmdb_read_view.h"

#include <algorithm>

#include "storage/model/parts.h"
#include "storage/search/record_doc.h"
#include "storage/view/index_rows.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;
using tables::U64Key;

constexpr size_t kShortestUuidPrefix = 6;
constexpr size_t kMostNamed = 5;  // candidates named in "several are meant"

template <typename Message>
StatusOr<Message> Parse(std::string_view bytes, std::string_view what) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return DataLoss(std::string(what) + " does not parse");
  return message;
}

v1::PartEdit MakeEdit(PartId id, std::string value) {
  v1::PartEdit edit;
  edit.set_field(id.first);
  edit.set_key(id.second);
  edit.set_value(std::move(value));
  return edit;
}

}  // namespace

StatusOr<bool> LmdbReadView::HoldsSlice() const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env_, txn_));
  return head.has_scope();
}

StatusOr<v1::Checkpoint> LmdbReadView::Head() const {
  DAFTAR_ASSIGN_OR_RETURN(v1::StoredHead head, LoadHead(env_, txn_));
  return head.checkpoint();
}

StatusOr<std::optional<v1::StoredRecord>> LmdbReadView::Stored(const Uuid& id, Rid* rid) const {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<Rid> found, LoadRid(env_, txn_, id));
  if (!found) return std::optional<v1::StoredRecord>();
  *rid = *found;
  auto stored = records_.Load(txn_, *found);
  if (!stored.ok()) return WithContext(stored.status(), "record " + id.ToString());
  return stored;
}

StatusOr<std::optional<Record>> LmdbReadView::Get(const Uuid& id) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Rid> rid, LoadRid(env_, txn_, id));
  if (!rid) return std::optional<Record>();
  auto record = records_.LoadRecord(txn_, *rid);
  if (!record.ok()) return WithContext(record.status(), "record " + id.ToString());
  return record;
}

StatusOr<std::optional<Kind>> LmdbReadView::KindOf(const Uuid& id) const {
  Rid rid = 0;
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> stored, Stored(id, &rid));
  return stored ? std::optional<Kind>(stored->kind()) : std::nullopt;
}

StatusOr<std::vector<Uuid>> LmdbReadView::ByExternal(std::string_view id) const {
  size_t colon = id.find(':');
  std::string prefix = colon == std::string_view::npos ? ExternalPrefix(id, "")
                                                       : ExternalPrefix(id.substr(colon + 1), id.substr(0, colon));
  std::vector<Uuid> ids;
  lmdb::Cursor cursor = txn_.SeekPrefix(table(tables::kExternal), prefix);
  for (; cursor.valid() && ids.size() <= kMostNamed; cursor.Next()) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> stored, records_.Load(txn_, tables::RidOf(cursor.key())));
    std::optional<Uuid> found = stored ? Uuid::FromBytes(stored->id()) : std::nullopt;
    if (found && std::find(ids.begin(), ids.end(), *found) == ids.end()) ids.push_back(*found);
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return ids;
}

StatusOr<std::vector<Uuid>> LmdbReadView::ByUuidPrefix(std::string_view text) const {
  std::string digits;
  for (char c : text) {
    if (c != '-') digits += c;
  }
  std::vector<Uuid> ids;
  std::optional<std::string> prefix = FromHex(digits.substr(0, digits.size() / 2 * 2));
  if (digits.size() < kShortestUuidPrefix || digits.size() > 2 * Uuid::kSize || !prefix) return ids;
  lmdb::Cursor cursor = txn_.SeekPrefix(table(tables::kId), *prefix);
  for (; cursor.valid() && ids.size() <= kMostNamed; cursor.Next()) {
    std::optional<Uuid> id = Uuid::FromBytes(cursor.key());
    if (id && ToHex(id->bytes()).starts_with(digits)) ids.push_back(*id);
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return ids;
}

StatusOr<Uuid> LmdbReadView::Resolve(std::string_view id) const {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Uuid> ids, ByExternal(id));
  if (ids.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(ids, ByUuidPrefix(id));
  }
  if (ids.size() == 1) return ids[0];
  if (ids.empty()) return NotFound("there is no record " + std::string(id));
  std::string names;
  for (const Uuid& candidate : ids) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> record, Get(candidate));
    names += "\n  " + candidate.ToString() + (record ? "  " + DisplayId(*record) + "  " + DisplayName(*record) : "");
  }
  return InvalidArgument("several records are meant by " + std::string(id) + "; say which:" + names);
}

StatusOr<std::vector<Uuid>> LmdbReadView::Walk(lmdb::Table table, std::string_view prefix, size_t limit,
                                               bool with_retired) const {
  std::vector<Uuid> ids;
  lmdb::Cursor cursor = txn_.SeekPrefix(table, prefix);
  for (; cursor.valid() && ids.size() < limit; cursor.Next()) {
    std::string_view value = cursor.value();
    std::optional<Uuid> id = Uuid::FromBytes(value.empty() ? value : value.substr(1));
    if (id && (with_retired || value[0] == '\0')) ids.push_back(*id);
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return ids;
}

StatusOr<std::vector<Uuid>> LmdbReadView::List(Kind kind, size_t limit, bool with_retired) const {
  return Walk(table(tables::kByKind), std::string(1, static_cast<char>(kind)), limit, with_retired);
}

StatusOr<std::map<Kind, uint64_t>> LmdbReadView::CountByKind() const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env_, txn_));
  std::map<Kind, uint64_t> counts;
  for (Kind kind : AllKinds()) counts[kind] = kind < head.kind_count_size() ? head.kind_count(kind) : 0;
  return counts;
}

StatusOr<std::optional<v1::CommitInfo>> LmdbReadView::CommitOf(Revision revision) const {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn_.Get(table(tables::kCommit), U64Key(revision)));
  if (!bytes) return std::optional<v1::CommitInfo>();
  DAFTAR_ASSIGN_OR_RETURN(v1::CommitInfo commit, Parse<v1::CommitInfo>(*bytes, "a stored commit"));
  return std::optional<v1::CommitInfo>(std::move(commit));
}

StatusOr<std::vector<HistoryStep>> LmdbReadView::History(const Uuid& id) const {
  Rid rid = 0;
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> stored, Stored(id, &rid));
  if (!stored) return NotFound("there is no record " + id.ToString());

  std::map<Revision, v1::HistoryEntry, std::greater<>> entries;
  std::map<Revision, std::vector<PartId>> without_before;
  lmdb::Cursor cursor = txn_.SeekPrefix(table(tables::kHistory), U32Key(rid));
  for (; cursor.valid(); cursor.Next()) {
    std::string_view tail = cursor.key().substr(4);
    Revision revision = 0;
    TakeU64(tail, revision);
    DAFTAR_ASSIGN_OR_RETURN(entries[revision], Parse<v1::HistoryEntry>(cursor.value(), "a history entry"));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  entries[stored->created()].set_created(true);
  for (const v1::PartRevision& part : stored->part()) {
    if (!entries.contains(part.revision())) without_before[part.revision()].push_back({part.field(), part.key()});
  }
  for (const auto& [revision, parts] : without_before) entries[revision];

  // From the newest state down: what stood before a step is what stood after the one below it.
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(stored->body()));
  std::map<PartId, std::string> now;
  for (Part& part : parts) now[part.id] = std::move(part.bytes);
  std::vector<HistoryStep> steps;
  for (const auto& [revision, entry] : entries) {
    HistoryStep& step = steps.emplace_back();
    DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::CommitInfo> commit, CommitOf(revision));
    if (commit) step.commit = *std::move(commit);
    step.commit.set_revision(revision);
    step.created = entry.created();
    for (const v1::PartEdit& before : entry.before()) {
      PartId part{before.field(), before.key()};
      step.before.push_back(before);
      step.after.push_back(MakeEdit(part, now[part]));
      now[part] = before.value();
    }
    auto unknown = without_before.find(revision);
    if (unknown == without_before.end()) continue;
    step.before_known = false;
    for (PartId part : unknown->second) step.after.push_back(MakeEdit(part, now[part]));
  }
  return steps;
}

}  // namespace daftar
