#include "storage/view/cached_records.h"

#include <utility>

#include "storage/view/view_writer.h"

namespace daftar {

bool CachedRecords::TakeMetDamage() { return std::exchange(met_damage_, false); }

StatusOr<std::optional<Record>> CachedRecords::Find(const Uuid& id) {
  auto at = known_.find(id);
  if (at == known_.end()) {
    DAFTAR_ASSIGN_OR_RETURN(Known known, Load(id));
    at = known_.emplace(id, std::move(known)).first;
  }
  met_damage_ = met_damage_ || at->second.damaged;
  return at->second.record;
}

StatusOr<CachedRecords::Known> CachedRecords::Load(const Uuid& id) const {
  Known known;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Rid> rid, LoadRid(env_, txn_, id));
  if (!rid) return known;
  StatusOr<std::optional<Record>> record = table_.LoadRecord(txn_, *rid);
  if (!record.ok() && record.status().code() != StatusCode::kDataLoss) return record.status();
  known.damaged = !record.ok() || !*record;
  if (!known.damaged) known.record = *std::move(record);
  return known;
}

}  // namespace daftar
