// LmdbView::Verify: trust nothing that is stored.
#include <algorithm>

#include "storage/lmdb/check.h"
#include "storage/model/parts.h"
#include "storage/view/index_rows.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/record_census.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;

constexpr uint64_t kRowsPerBatch = 2000;  // rows read in one transaction, so that none is long

// Reads a table in short transactions. `visit` gets each row's key and either its value or why it is damaged.
template <typename Visit>
Status WalkInBatches(const lmdb::Environment& env, lmdb::Table table, Visit visit) {
  std::string from;
  bool more = true;
  while (more) {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env.BeginRead());
    lmdb::Cursor cursor = txn.Seek(table, from);
    uint64_t rows = 0;
    more = false;
    while (cursor.valid() || cursor.at_damaged()) {
      if (++rows > kRowsPerBatch) {
        from = std::string(cursor.key());
        more = true;
        break;
      }
      DAFTAR_RETURN_IF_ERROR(
          visit(txn, std::string(cursor.key()), cursor.valid() ? cursor.value() : "", cursor.status()));
      cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
    }
    if (!more) DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  return OkStatus();
}

// A record's contribution to the digest, or why it is damaged.
StatusOr<Digest> DigestOfStored(const RecordTable& records, std::string_view row) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredRecord stored, records.Decode(row));
  std::optional<Uuid> id = Uuid::FromBytes(stored.id());
  if (!id) return DataLoss("has no id");
  return BodyDigest(*id, stored.kind(), stored.body());
}

StatusOr<std::map<Rid, Uuid>> IdsOf(const lmdb::Environment& env, const std::vector<VerifyReport::Damage>& damages) {
  std::map<Rid, Uuid> ids;
  if (damages.empty()) return ids;
  DAFTAR_RETURN_IF_ERROR(
      WalkInBatches(env, env.table(tables::kId),
                    [&](const lmdb::ReadTxn&, const std::string& key, std::string_view value, const Status&) -> Status {
                      uint32_t rid = 0;
                      std::optional<Uuid> id = Uuid::FromBytes(key);
                      if (id && TakeU32(value, rid)) ids[rid] = *id;
                      return OkStatus();
                    }));
  return ids;
}

}  // namespace

StatusOr<VerifyReport> LmdbView::Verify(const Progress& progress) {
  // A commit meanwhile would look like damage.
  constexpr int kTries = 4;
  const auto head_now = [this]() -> StatusOr<std::string> {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(*env_, txn));
    return head.SerializeAsString();
  };
  for (int tries = 1;; ++tries) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string before, head_now());
    DAFTAR_ASSIGN_OR_RETURN(VerifyReport report, VerifyOnce(progress));
    DAFTAR_ASSIGN_OR_RETURN(const std::string after, head_now());
    if (before != after && tries < kTries) continue;
    std::vector<Rid> rids;
    for (const VerifyReport::Damage& damage : report.records) rids.push_back(damage.rid);
    if (!rids.empty()) DAFTAR_RETURN_IF_ERROR(lmdb::CheckPagesBeforeRepair(*env_));
    DAFTAR_RETURN_IF_ERROR(NoteDamaged(rids));
    return report;
  }
}

StatusOr<VerifyReport> LmdbView::VerifyOnce(const Progress& progress) {
  VerifyReport report;
  RecordCensus census;
  v1::StoredHead head;
  uint64_t total = 0;
  {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(head, LoadHead(*env_, txn));
    DAFTAR_ASSIGN_OR_RETURN(total, txn.Count(table(tables::kRecord)));
  }
  Digest sum;
  auto visit_record = [&](const lmdb::ReadTxn&, const std::string& key, std::string_view value,
                          const Status& damage) -> Status {
    StatusOr<Digest> own = damage.ok() ? DigestOfStored(records_, value) : StatusOr<Digest>(damage);
    if (own.ok()) {
      sum.Add(*own);
      census.Add(tables::RidOf(key), *own);
    } else {
      census.AddDamaged(tables::RidOf(key));
      report.records.push_back({Uuid(), tables::RidOf(key), Message(own.status())});
    }
    if (++report.checked % 256 == 0 && progress && !progress(report.checked, total))
      return Cancelled("the check was stopped");
    return OkStatus();
  };
  DAFTAR_RETURN_IF_ERROR(WalkInBatches(*env_, table(tables::kRecord), visit_record));

  for (size_t index = 0; index < tables::kTableCount; ++index) {
    if (index == tables::kRecord) continue;
    bool damaged = false;
    DAFTAR_RETURN_IF_ERROR(
        WalkInBatches(*env_, table(index),
                      [&](const lmdb::ReadTxn&, const std::string&, std::string_view, const Status& status) -> Status {
                        damaged = damaged || !status.ok();
                        return OkStatus();
                      }));
    if (damaged) report.tables.emplace_back(tables::kNames[index]);
  }
  for (size_t index = 0; index < tables::kTableCount; ++index) {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::TableCheck check,
                            lmdb::CheckTable(*env_, table(index), {.verify_values = false}));
    if (!check.healthy()) report.miscounted.emplace_back(tables::kNames[index]);
  }

  const bool adds_up = sum == Digest(head.sum());
  DAFTAR_RETURN_IF_ERROR(census.Compare(*env_, adds_up, report));
  report.digest_holds = report.records.empty() && adds_up;
  DAFTAR_ASSIGN_OR_RETURN(auto ids, IdsOf(*env_, report.records));
  for (VerifyReport::Damage& damage : report.records) {
    if (auto at = ids.find(damage.rid); at != ids.end()) damage.id = at->second;
  }
  return report;
}

}  // namespace daftar
