// Which records exist, for a replica whose revision lies behind the horizon of the server: the server has forgotten
// which ones ended since, and says instead which ones are there. rids being dense, the gaps are few and small: ten
// thousand random ones of a million take about 11 kB.
#pragma once

#include <span>
#include <vector>

#include "daftar/v1/frames.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"

namespace daftar {

// At most so many numbers: whichever is less of those that exist and those that do not.
inline constexpr size_t kMostLiveNumbers = 1'000'000;

// `rids`: those that exist, ascending. ResourceExhausted if they are too many to be told.
StatusOr<v1::LiveRecords> EncodeLive(std::span<const Rid> rids);
// A walk in step with a replica's records. Foreign bytes: InvalidArgument if they are no such thing.
class LiveSet {
 public:
  static StatusOr<LiveSet> From(const v1::LiveRecords& message);
  // REQUIRES: rids are asked for in ascending order.
  bool Has(Rid rid);

 private:
  Rid last_ = 0;
  bool missing_ = false;
  std::vector<uint64_t> named_;
  size_t next_ = 0;
};

// The rids of all records.
StatusOr<std::vector<Rid>> AllRids(const lmdb::Environment& env, const lmdb::ReadTxn& txn);

}  // namespace daftar
