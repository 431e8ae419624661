#include "storage/view/commit_trail.h"

#include <algorithm>
#include <optional>

#include "storage/base/hash.h"

namespace daftar {
namespace {

constexpr Revision kEach = 64;
constexpr Revision kPartOfWay = 16;
// Sixteenths of any 64-bit way are fewer.
constexpr int kMostNamed = 1024;

uint64_t SumOf(const v1::CommitInfo& commit) { return Hash64("daftar.commit.v1", {commit.SerializeAsString()}); }

// How far below one named revision the next is, `way` being how far the first is below the head.
Revision Step(Revision way) { return std::max<Revision>(1, way < kEach ? 1 : way / kPartOfWay); }

}  // namespace

StatusOr<v1::CommitTrail> TrailOf(const ReadView& view, Revision head) {
  v1::CommitTrail trail;
  Revision named = head;
  for (Revision at = head; at > 0; at -= std::min(at, Step(head - at))) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::CommitInfo> commit, view.CommitOf(at));
    if (!commit) continue;
    trail.add_below(named - at);
    trail.add_sum(SumOf(*commit));
    named = at;
  }
  return trail;
}

StatusOr<Revision> LastShared(const ReadView& mine, Revision head, const v1::CommitTrail& trail) {
  if (trail.below_size() != trail.sum_size() || trail.below_size() > kMostNamed)
    return InvalidArgument("the server names its commits in a way that cannot be");
  Revision at = head;
  for (int i = 0; i < trail.below_size(); ++i) {
    if (trail.below(i) > at) return InvalidArgument("the server names commits before the first one");
    at -= trail.below(i);
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::CommitInfo> own, mine.CommitOf(at));
    if (own && SumOf(*own) == trail.sum(i)) return at;
  }
  return Revision{0};
}

}  // namespace daftar
