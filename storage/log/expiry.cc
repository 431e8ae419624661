#include "storage/log/expiry.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "storage/model/derived.h"
#include "storage/model/parts.h"
#include "storage/view/tables.h"

namespace daftar {
namespace {

using tables::U64Key;

// When the server accepted a revision; nullopt if that is not known.
StatusOr<std::optional<int64_t>> AcceptedAt(const lmdb::Environment& env, const lmdb::ReadTxn& txn, Revision revision) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes,
                          txn.Get(env.table(tables::kCommit), U64Key(revision)));
  v1::CommitInfo commit;
  if (!bytes || !commit.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) return std::optional<int64_t>();
  return std::optional(commit.accepted_ms());
}

Revision RetiredAt(const v1::StoredRecord& stored) {
  for (const v1::PartRevision& part : stored.part()) {
    if (part.field() == kRetiredField) return part.revision();
  }
  return stored.created();
}

// Takes out of `ids` whatever another record points at.
Status RemovePointedAt(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn,
                       std::set<std::string>& ids) {
  lmdb::Cursor cursor = txn.Seek(env.table(tables::kRecord), "");
  for (; cursor.valid() && !ids.empty(); cursor.Next()) {
    DAFTAR_ASSIGN_OR_RETURN(const v1::StoredRecord stored, records.Decode(cursor.value()));
    if (!v1::RecordKind::Code_IsValid(stored.kind())) continue;
    DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(stored));
    for (const std::string& target : TargetsOf(record)) {
      if (target != stored.id()) ids.erase(target);
    }
  }
  return cursor.status();
}

}  // namespace

StatusOr<std::vector<Rid>> RetiredBefore(const lmdb::Environment& env, const RecordTable& records,
                                         const lmdb::ReadTxn& txn, int64_t before_ms, size_t most) {
  std::vector<std::pair<Rid, std::string>> over;
  lmdb::Cursor cursor = txn.Seek(env.table(tables::kByKind), "");
  for (; cursor.valid() && over.size() < most; cursor.Next()) {
    if (!cursor.value().starts_with('\1')) continue;
    const Rid rid = tables::RidOf(cursor.key());
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, records.Load(txn, rid));
    if (!stored) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<int64_t> at, AcceptedAt(env, txn, RetiredAt(*stored)));
    if (at && *at < before_ms) over.emplace_back(rid, stored->id());
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  std::vector<Rid> free;
  if (over.empty()) return free;
  std::set<std::string> ids;
  for (const auto& [rid, id] : over) ids.insert(id);
  DAFTAR_RETURN_IF_ERROR(RemovePointedAt(env, records, txn, ids));
  for (const auto& [rid, id] : over) {
    if (ids.contains(id)) free.push_back(rid);
  }
  std::sort(free.begin(), free.end());
  return free;
}

StatusOr<bool> ForgetEnded(const lmdb::Environment& env, lmdb::WriteTxn& txn, int64_t before_ms, v1::StoredHead& head) {
  std::vector<std::string> keys;
  std::optional<Revision> asked;
  bool old = false;
  lmdb::Cursor cursor = txn.Seek(env.table(tables::kLatest), "");
  for (; cursor.valid(); cursor.Next()) {
    if (cursor.value() != tables::kEnded) continue;
    const Revision revision = tables::RevisionOfRow(cursor.key());
    if (asked != revision) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<int64_t> at, AcceptedAt(env, txn, revision));
      asked = revision;
      old = at && *at < before_ms;
      if (at && !old) break;  // all later ones are younger
    }
    if (!old) continue;
    keys.emplace_back(cursor.key());
    head.set_horizon(std::max(head.horizon(), revision));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  for (const std::string& key : keys) DAFTAR_RETURN_IF_ERROR(txn.Delete(env.table(tables::kLatest), key));
  return !keys.empty();
}

}  // namespace daftar
