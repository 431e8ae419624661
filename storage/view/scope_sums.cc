#include "storage/view/scope_sums.h"

#include <algorithm>

#include "storage/view/cached_records.h"
#include "storage/view/change_scan.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

constexpr Rid kRidsPerSum = 64;

}  // namespace

StatusOr<Digest> HeldDigest(const v1::StoredRecord& stored, const Scope& scope, const RecordLookup& lookup) {
  const std::optional<Uuid> id = Uuid::FromBytes(stored.id());
  if (!id) return DataLoss("a record has no id");
  DAFTAR_ASSIGN_OR_RETURN(const Hold hold, HeldNow(stored, scope, lookup));
  if (hold == Hold::kNothing) return Digest();
  if (hold == Hold::kWhole) return BodyDigest(*id, stored.kind(), stored.body());
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, StubBody(stored.body()));
  return BodyDigest(*id, stored.kind(), body);
}

StatusOr<std::optional<ScopeSums::State>> ScopeSums::At(const lmdb::Environment& env, const RecordTable& records,
                                                        const lmdb::ReadTxn& txn) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env, txn));
  const Revision revision = head.checkpoint().cursor().revision();
  const MutexLock lock(mutex_);
  if (counted_ && revision < revision_) return std::optional<State>();
  // What ended since and is forgotten by now stands in no list.
  if (!counted_ || revision_ < head.horizon()) {
    counted_ = false;  // until it is done
    DAFTAR_RETURN_IF_ERROR(CountAll(env, records, txn));
  } else if (revision > revision_) {
    std::vector<uint32_t> groups;
    bool moved = false;
    lmdb::Cursor cursor = txn.Seek(env.table(tables::kLatest), tables::LatestKey(revision_, UINT32_MAX),
                                   tables::U32Key(tables::kWholePartition));
    for (; cursor.valid() && !moved; cursor.Next()) {
      const Rid rid = tables::RidOf(cursor.key());
      groups.push_back(rid / kRidsPerSum);
      if (!scope_.by_place()) continue;
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, records.Load(txn, rid));
      moved = stored && MovedSince(*stored, revision_);
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
    counted_ = false;  // until it is done
    DAFTAR_RETURN_IF_ERROR(moved ? CountAll(env, records, txn) : CountAgain(env, records, txn, groups));
  }
  counted_ = true;
  revision_ = revision;
  return std::optional(state_);
}

Status ScopeSums::CountAll(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn) {
  groups_.clear();
  state_ = State();
  const lmdb::Cursor last = txn.SeekLast(env.table(tables::kRecord), "");
  DAFTAR_RETURN_IF_ERROR(last.status());
  if (!last.valid()) return OkStatus();
  std::vector<uint32_t> groups(tables::RidOf(last.key()) / kRidsPerSum + 1);
  for (uint32_t i = 0; i < groups.size(); ++i) groups[i] = i;
  return CountAgain(env, records, txn, groups);
}

Status ScopeSums::CountAgain(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn,
                             const std::vector<uint32_t>& groups) {
  CachedRecords near(env, records, txn);
  const RecordLookup lookup = near.Lookup();
  std::vector<uint32_t> numbers = groups;
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (const uint32_t number : numbers) {
    if (number >= groups_.size()) groups_.resize(number + 1);
    Group group;
    lmdb::Cursor cursor = txn.Seek(env.table(tables::kRecord), tables::U32Key(number * kRidsPerSum));
    for (; cursor.valid() && tables::RidOf(cursor.key()) / kRidsPerSum == number; cursor.Next()) {
      DAFTAR_ASSIGN_OR_RETURN(const v1::StoredRecord stored, records.Decode(cursor.value()));
      DAFTAR_ASSIGN_OR_RETURN(const Digest own, HeldDigest(stored, scope_, lookup));
      if (own == Digest()) continue;
      group.sum.Add(own);
      ++group.records;
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
    state_.sum.Subtract(groups_[number].sum);
    state_.sum.Add(group.sum);
    state_.records += group.records - groups_[number].records;
    groups_[number] = group;
  }
  return OkStatus();
}

std::shared_ptr<ScopeSums> ScopeSumsCache::For(const Scope& scope) {
  const MutexLock lock(mutex_);
  auto at = std::find_if(recent_.begin(), recent_.end(), [&](const auto& sums) { return sums->scope() == scope; });
  if (at == recent_.end()) {
    recent_.push_front(std::make_shared<ScopeSums>(scope));
    if (recent_.size() > kMost) recent_.pop_back();
  } else {
    recent_.splice(recent_.begin(), recent_, at);
  }
  return recent_.front();
}

}  // namespace daftar
