// LmdbView::Mend: what is damaged and can be made good without the server, is.
#include <algorithm>
#include <string_view>

#include "storage/lmdb/check.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"

namespace daftar {
namespace {

bool Has(const std::vector<std::string>& names, tables::Index index) {
  return std::find(names.begin(), names.end(), tables::kNames[index]) != names.end();
}

// What RebuildIndexes makes anew.
constexpr std::array kRebuilt = {tables::kId,     tables::kExternal, tables::kLatest, tables::kLeaf,
                                 tables::kByKind, tables::kText,     tables::kBehind};
// What a replica can do without: what was known here of the past, and what the server will send again.
constexpr std::array kDispensable = {tables::kHistory, tables::kCommit, tables::kDamaged};

}  // namespace

// A quick look, with the tags of values unchecked.
Status LmdbView::MendIfRowsVanished() {
  for (const lmdb::Table& table : env_->tables()) {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::TableCheck check, lmdb::CheckTable(*env_, table, {.verify_values = false}));
    if (check.healthy()) continue;
    DAFTAR_ASSIGN_OR_RETURN(const VerifyReport report, Mend(nullptr));
    if (report.beyond_repair()) {
      return DataLoss("the records in " + env_->folder() + " do not add up to the digest that the server confirmed (" +
                      check.InWords() + "), and it cannot be told which are wrong");
    }
    return OkStatus();
  }
  return OkStatus();
}

StatusOr<VerifyReport> LmdbView::Mend(const Progress& progress) {
  DAFTAR_ASSIGN_OR_RETURN(VerifyReport report, Verify(progress));
  if (report.healthy()) return report;
  DAFTAR_RETURN_IF_ERROR(lmdb::CheckPagesBeforeRepair(*env_));
  bool is_server = false;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t commits, txn.Count(table(tables::kLog)));
    is_server = commits > 0;
  }
  const auto unhealthy = [&report](tables::Index index) {
    return Has(report.tables, index) || Has(report.miscounted, index);
  };
  // The server's own past is restored from a backup, not given up.
  if (!is_server) {
    for (const tables::Index index : kDispensable) {
      if (unhealthy(index)) DAFTAR_RETURN_IF_ERROR(DropDamagedRows(index));
    }
    if (unhealthy(tables::kStage)) DAFTAR_RETURN_IF_ERROR(DropStaged());
  }
  // What was noted as damaged before may have been lost with the table.
  std::vector<Rid> rids;
  for (const VerifyReport::Damage& damage : report.records) rids.push_back(damage.rid);
  DAFTAR_RETURN_IF_ERROR(NoteDamaged(rids));
  const bool rebuild = std::any_of(kRebuilt.begin(), kRebuilt.end(), unhealthy) || unhealthy(tables::kMeta);
  if (rebuild) DAFTAR_RETURN_IF_ERROR(RebuildIndexes(progress));
  // Records that are whole and add up are what was written, whatever their count says. Those that are not are counted
  // when they have been put back.
  if (Has(report.miscounted, tables::kRecord) && report.records.empty() && report.digest_holds) {
    DAFTAR_RETURN_IF_ERROR(lmdb::RecountTable(*env_, table(tables::kRecord)));
  }
  if (Has(report.miscounted, tables::kMeta)) {
    DAFTAR_RETURN_IF_ERROR(lmdb::RecountTable(*env_, table(tables::kMeta)));
  }
  return report;
}

Status LmdbView::DropDamagedRows(tables::Index index) {
  std::vector<std::string> keys;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
    lmdb::Cursor cursor = txn.Seek(table(index), "");
    for (; cursor.valid() || cursor.at_damaged(); cursor.SkipDamaged()) {
      if (cursor.at_damaged()) keys.emplace_back(cursor.key());
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  if (!keys.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
    for (const std::string& key : keys) DAFTAR_RETURN_IF_ERROR(txn.Delete(table(index), key));
    DAFTAR_RETURN_IF_ERROR(txn.Commit());
  }
  return lmdb::RecountTable(*env_, table(index));
}

}  // namespace daftar
