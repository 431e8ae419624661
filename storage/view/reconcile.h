// Comparing two views by sums of ever smaller groups of records (reconcile.proto), and taking over what differs.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/reconcile.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/digest.h"
#include "storage/model/record.h"
#include "storage/view/record_table.h"
#include "storage/view/scope.h"

namespace daftar {

inline constexpr uint32_t kRidsPerGroup = 32;
inline constexpr uint32_t kGroupsPerLeaf = 32;
inline constexpr size_t kSumBytes = 8;
// At most in one frame: 256 KiB of sums.
inline constexpr size_t kMaxSumsPerFrame = 1024;

// One side: one state of a view, which outlives it. Hold it no longer than an answer takes.
class Sums {
 public:
  // `scope`: only what it holds counts.
  Sums(const lmdb::Environment& env, const RecordTable& records, lmdb::ReadTxn txn, Scope scope)
      : env_(env), records_(records), txn_(std::move(txn)), scope_(std::move(scope)) {}

  // Revision of the state.
  StatusOr<Revision> At() const;

  // Of all leaves, in frames; the last one says so.
  StatusOr<std::vector<v1::LeafSums>> Leaves() const;
  // What to answer to sums of leaves. `next`: the first leaf that no frame has named yet, moved on.
  // InvalidArgument for what is no such frame.
  StatusOr<std::vector<v1::GroupSums>> Answer(const v1::LeafSums& theirs, uint32_t* next) const;
  // What to answer to sums of groups. Damaged records here count as nothing.
  StatusOr<std::vector<v1::RecordSums>> Answer(const v1::GroupSums& theirs) const;
  // The rids of the records that differ: those that are here, and those that are only there.
  struct Difference {
    std::vector<Rid> here, gone;
  };
  StatusOr<Difference> Compare(const v1::RecordSums& theirs) const;

 private:
  StatusOr<std::string> LeafSum(uint32_t leaf) const;
  // 32 sums of 8 bytes: of the groups of a leaf, or the records of a group.
  StatusOr<std::string> GroupsOf(uint32_t leaf) const;
  StatusOr<std::string> RecordsOf(uint32_t group) const;
  StatusOr<uint32_t> LeafCount() const;
  // The digests of the records with a rid in [first, end).
  StatusOr<std::map<Rid, Digest>> DigestsOf(Rid first, uint64_t end) const;

  const lmdb::Environment& env_;
  const RecordTable& records_;
  lmdb::ReadTxn txn_;
  Scope scope_;
};

}  // namespace daftar
