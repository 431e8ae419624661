// LmdbReadView: lists as the rows that the text index keeps.
#include <algorithm>
#include <utility>

#include "storage/search/record_doc.h"
#include "storage/view/lmdb_read_view.h"
#include "storage/view/row_finder.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"

namespace daftar {
namespace {

constexpr size_t kUsualLimit = 256;

struct ByKindKey {
  std::optional<int32_t> day;
  Rid rid = 0;
};

std::optional<ByKindKey> ReadByKindKey(std::string_view key) {
  uint32_t descending = 0, rid = 0;
  if (key.empty()) return std::nullopt;
  key.remove_prefix(1);
  if (!TakeU32(key, descending) || !TakeU32(key, rid)) return std::nullopt;
  return ByKindKey{tables::DayOfDescending(descending), rid};
}

bool IsDamage(const Status& status) { return status.code() == StatusCode::kDataLoss; }

}  // namespace

// A list rests on its own table. Where the index is damaged, which searches and `verify` say, it has no rows, and the
// records are read.
StatusOr<std::vector<ListedRecord>> LmdbReadView::Rows(Kind kind, const ListWindow& window) const {
  auto finder = RowFinder::Open(env_, txn_, cache_.get());
  if (!finder.ok() && !IsDamage(finder.status())) return finder.status();
  std::vector<ListedRecord> listed;
  listed.reserve(std::min(window.limit, kUsualLimit));
  size_t passed = 0;
  lmdb::Cursor cursor = txn_.SeekPrefix(table(tables::kByKind), std::string(1, static_cast<char>(kind)));
  for (; cursor.valid() && listed.size() < window.limit; cursor.Next()) {
    const std::string_view value = cursor.value();
    const std::optional<Uuid> id = Uuid::FromBytes(value.empty() ? value : value.substr(1));
    const bool retired = !value.empty() && value[0] != '\0';
    if (!id || (retired && !window.with_retired)) continue;
    if (std::find(window.without.begin(), window.without.end(), *id) != window.without.end()) continue;
    if (passed++ < window.first) continue;
    ListedRecord& record = listed.emplace_back(*id);
    const std::optional<ByKindKey> key = ReadByKindKey(cursor.key());
    if (retired || !key || !finder.ok()) continue;
    const Status status = (*finder)->Find(key->rid, key->day.value_or(search::kNoDay), record.row);
    if (!status.ok() && !IsDamage(status)) return status;
    if (record.row && record.row->id != *id) record.row.reset();
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return listed;
}

StatusOr<std::vector<ListedRecord>> LmdbReadView::ReferrerRows(const Uuid& target, Kind kind, size_t limit) const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::IndexManifest manifest, LoadManifest(env_, txn_));
  const TextBlocks blocks(txn_, table(tables::kText), cache_.get());
  DAFTAR_ASSIGN_OR_RETURN(const auto segments, OpenSegments(manifest, blocks, cache_.get()));
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t behind, txn_.Count(table(tables::kBehind)));
  std::vector<const search::Segment*> list;
  for (const auto& segment : segments) list.push_back(segment.get());
  search::Node query, of_kind, pointing;
  of_kind.op = pointing.op = search::Node::Op::kCode;
  of_kind.field = search::Field::kKind;
  of_kind.codes = {v1::RecordKind::Code_Name(kind)};
  pointing.op = search::Node::Op::kNamed;
  pointing.field = search::Field::kActor;
  query.op = search::Node::Op::kAnd;
  query.children = {pointing, of_kind};
  search::SearchOptions options;
  options.limit = limit;
  options.sort = search::Sort::kNewest;
  options.meaning_of = [&target](const search::Node&) -> StatusOr<search::Meaning> {
    return search::Meaning{{search::term_class::kRef + target.str()}, {}};
  };
  DAFTAR_ASSIGN_OR_RETURN(const search::IndexResult result, search::SearchIndex(list, query, options));
  std::vector<ListedRecord> listed;
  listed.reserve(result.hits.size());
  for (const search::IndexHit& hit : result.hits) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, list[hit.segment]->RowOf(hit.doc));
    DAFTAR_ASSIGN_OR_RETURN(const search::RowView head, search::DecodeRow(bytes));
    ListedRecord& record = listed.emplace_back(head.id);
    const bool outdated = behind > 0 && txn_.Has(table(tables::kBehind), tables::U32Key(hit.rid));
    if (!outdated) DAFTAR_RETURN_IF_ERROR(search::DecodeWholeRow(bytes, record.row.emplace()));
  }
  return listed;
}

StatusOr<std::vector<Uuid>> LmdbReadView::Referrers(const Uuid& target, Kind kind, size_t limit) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<ListedRecord> listed, ReferrerRows(target, kind, limit));
  std::vector<Uuid> ids;
  for (const ListedRecord& record : listed) ids.push_back(record.id);
  return ids;
}

}  // namespace daftar
