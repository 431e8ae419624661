#include "storage/view/reconcile.h"

#include <algorithm>

#include "storage/view/cached_records.h"
#include "storage/view/scope_sums.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

constexpr size_t kSumsPerNode = 32;

static_assert(kRidsPerGroup * kGroupsPerLeaf == tables::kRidsPerLeaf);

// A sum as it travels.
std::string Short(const Digest& sum) {
  return sum == Digest() ? std::string(kSumBytes, '\0') : ProofOf(sum).substr(0, kSumBytes);
}

std::string_view SumAt(std::string_view sums, size_t index) { return sums.substr(index * kSumBytes, kSumBytes); }

bool IsNothing(std::string_view sum) { return sum.find_first_not_of('\0') == std::string_view::npos; }

// Appends a node with its 32 sums to the last frame, or to a new one when that is full.
template <typename Frame, typename AddNode>
void Append(std::vector<Frame>& frames, const std::string& sums, AddNode add) {
  if (frames.empty() || frames.back().sum().size() >= kMaxSumsPerFrame * kSumsPerNode * kSumBytes)
    frames.emplace_back();
  add(frames.back());
  frames.back().mutable_sum()->append(sums);
}

}  // namespace

StatusOr<Revision> Sums::At() const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env_, txn_));
  return head.checkpoint().cursor().revision();
}

StatusOr<uint32_t> Sums::LeafCount() const {
  const lmdb::Cursor cursor = txn_.SeekLast(env_.table(tables::kLeaf), "");
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return cursor.valid() ? tables::RidOf(cursor.key()) + 1 : 0;
}

StatusOr<std::string> Sums::LeafSum(uint32_t leaf) const {
  if (!scope_.everything()) {
    const uint64_t first = uint64_t{leaf} * tables::kRidsPerLeaf;
    DAFTAR_ASSIGN_OR_RETURN(const auto digests, DigestsOf(static_cast<Rid>(first), first + tables::kRidsPerLeaf));
    Digest sum;
    for (const auto& [rid, own] : digests) sum.Add(own);
    return Short(sum);
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> sum,
                          txn_.Get(env_.table(tables::kLeaf), tables::U32Key(leaf)));
  return Short(Digest(sum.value_or("")));
}

StatusOr<std::map<Rid, Digest>> Sums::DigestsOf(Rid first, uint64_t end) const {
  CachedRecords near(env_, records_, txn_);
  const RecordLookup lookup = near.Lookup();
  std::map<Rid, Digest> digests;
  lmdb::Cursor cursor = txn_.Seek(env_.table(tables::kRecord), tables::U32Key(first));
  while ((cursor.valid() || cursor.at_damaged()) && tables::RidOf(cursor.key()) < end) {
    if (cursor.valid()) {
      const StatusOr<v1::StoredRecord> record = records_.Decode(cursor.value());
      const StatusOr<Digest> own = record.ok() ? HeldDigest(*record, scope_, lookup) : record.status();
      // What is damaged equals nothing, and so it is replaced.
      if (own.ok() && *own != Digest()) digests[tables::RidOf(cursor.key())] = *own;
    }
    cursor.valid() ? cursor.Next() : cursor.SkipDamaged();
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return digests;
}

StatusOr<std::string> Sums::GroupsOf(uint32_t leaf) const {
  const uint64_t first = uint64_t{leaf} * tables::kRidsPerLeaf;
  DAFTAR_ASSIGN_OR_RETURN(const auto digests, DigestsOf(static_cast<Rid>(first), first + tables::kRidsPerLeaf));
  std::vector<Digest> groups(kGroupsPerLeaf);
  for (const auto& [rid, own] : digests) groups[(rid - first) / kRidsPerGroup].Add(own);
  std::string sums;
  for (const Digest& group : groups) sums += Short(group);
  return sums;
}

StatusOr<std::string> Sums::RecordsOf(uint32_t group) const {
  const uint64_t first = uint64_t{group} * kRidsPerGroup;
  DAFTAR_ASSIGN_OR_RETURN(const auto digests, DigestsOf(static_cast<Rid>(first), first + kRidsPerGroup));
  std::string sums;
  for (uint64_t rid = first; rid < first + kRidsPerGroup; ++rid) {
    const auto own = digests.find(static_cast<Rid>(rid));
    sums += own == digests.end() ? std::string(kSumBytes, '\0') : Short(own->second);
  }
  return sums;
}

StatusOr<std::vector<v1::LeafSums>> Sums::Leaves() const {
  DAFTAR_ASSIGN_OR_RETURN(const uint32_t count, LeafCount());
  std::vector<v1::LeafSums> frames(1);
  for (uint32_t leaf = 0; leaf < count; ++leaf) {
    if (frames.back().sum().size() >= kMaxSumsPerFrame * kSumsPerNode * kSumBytes)
      frames.emplace_back().set_first(leaf);
    DAFTAR_ASSIGN_OR_RETURN(const std::string sum, LeafSum(leaf));
    frames.back().mutable_sum()->append(sum);
  }
  frames.back().set_last(true);
  return frames;
}

StatusOr<std::vector<v1::GroupSums>> Sums::Answer(const v1::LeafSums& theirs, uint32_t* next) const {
  if (theirs.first() != *next || theirs.sum().size() % kSumBytes != 0 ||
      theirs.sum().size() > kMaxSumsPerFrame * kSumsPerNode * kSumBytes)
    return InvalidArgument("sums to be compared are out of order or too many");
  const uint32_t named = static_cast<uint32_t>(theirs.sum().size() / kSumBytes);
  DAFTAR_ASSIGN_OR_RETURN(const uint32_t count, LeafCount());
  const uint32_t end = theirs.last() ? std::max(*next + named, count) : *next + named;
  std::vector<v1::GroupSums> frames;
  for (uint32_t leaf = *next; leaf < end; ++leaf) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string own, LeafSum(leaf));
    const uint32_t index = leaf - theirs.first();
    const bool equal = index < named ? SumAt(theirs.sum(), index) == own : IsNothing(own);
    if (equal) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::string groups, GroupsOf(leaf));
    Append(frames, groups, [leaf](v1::GroupSums& frame) { frame.add_leaf(leaf); });
  }
  *next = end;
  if (theirs.last()) {
    if (frames.empty()) frames.emplace_back();
    frames.back().set_last(true);
  }
  return frames;
}

StatusOr<std::vector<v1::RecordSums>> Sums::Answer(const v1::GroupSums& theirs) const {
  if (theirs.sum().size() != static_cast<size_t>(theirs.leaf_size()) * kSumsPerNode * kSumBytes)
    return InvalidArgument("sums to be compared are not as many as they should be");
  std::vector<v1::RecordSums> frames;
  for (int i = 0; i < theirs.leaf_size(); ++i) {
    if (theirs.leaf(i) > UINT32_MAX / tables::kRidsPerLeaf) return InvalidArgument("sums of a leaf that cannot be");
    DAFTAR_ASSIGN_OR_RETURN(const std::string own, GroupsOf(theirs.leaf(i)));
    for (uint32_t n = 0; n < kGroupsPerLeaf; ++n) {
      if (SumAt(own, n) == SumAt(theirs.sum(), static_cast<size_t>(i) * kSumsPerNode + n)) continue;
      const uint32_t group = theirs.leaf(i) * kGroupsPerLeaf + n;
      DAFTAR_ASSIGN_OR_RETURN(const std::string records, RecordsOf(group));
      Append(frames, records, [group](v1::RecordSums& frame) { frame.add_group(group); });
    }
  }
  if (theirs.last()) {
    if (frames.empty()) frames.emplace_back();
    frames.back().set_last(true);
  }
  return frames;
}

StatusOr<Sums::Difference> Sums::Compare(const v1::RecordSums& theirs) const {
  if (theirs.sum().size() != static_cast<size_t>(theirs.group_size()) * kSumsPerNode * kSumBytes ||
      static_cast<size_t>(theirs.group_size()) > 2 * kMaxSumsPerFrame)
    return InvalidArgument("sums to be compared are not as many as they should be");
  Difference difference;
  for (int i = 0; i < theirs.group_size(); ++i) {
    if (theirs.group(i) > UINT32_MAX / kRidsPerGroup) return InvalidArgument("sums of a group that cannot be");
    DAFTAR_ASSIGN_OR_RETURN(const std::string own, RecordsOf(theirs.group(i)));
    for (uint32_t n = 0; n < kRidsPerGroup; ++n) {
      if (SumAt(own, n) == SumAt(theirs.sum(), static_cast<size_t>(i) * kSumsPerNode + n)) continue;
      const Rid rid = theirs.group(i) * kRidsPerGroup + n;
      (IsNothing(SumAt(own, n)) ? difference.gone : difference.here).push_back(rid);
    }
  }
  return difference;
}

}  // namespace daftar
