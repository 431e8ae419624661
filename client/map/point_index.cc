#include "client/map/point_index.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace daftar {
namespace {

// A sum before each of so many spots: adding the others up takes no time, and memory counts.
constexpr size_t kSpotsOfSum = 16;

// How far keys of the grid are to be moved to be those of cells of that level.
constexpr int ShiftOf(int level) { return 2 * (kGridLevel - level); }

}  // namespace

PointIndex::PointIndex(std::vector<uint64_t> keys, std::span<const uint32_t> counts)
    : keys_(std::make_shared<const std::vector<uint64_t>>(std::move(keys))) {
  SetCounts(counts);
}

PointIndex::PointIndex(std::span<const WorldPoint> points) {
  std::vector<uint64_t> all;
  all.reserve(points.size());
  for (const WorldPoint at : points) all.push_back(CurveKeyOf(ToGrid(at)));
  std::sort(all.begin(), all.end());
  std::vector<uint64_t> keys;
  std::vector<uint32_t> counts;
  for (const uint64_t key : all) {
    if (keys.empty() || keys.back() != key) {
      keys.push_back(key);
      counts.push_back(0);
    }
    ++counts.back();
  }
  *this = PointIndex(std::move(keys), counts);
}

PointIndex PointIndex::Counted(std::span<const uint32_t> counts) const {
  PointIndex counted = *this;
  counted.SetCounts(counts);
  return counted;
}

void PointIndex::SetCounts(std::span<const uint32_t> counts) {
  std::vector<uint32_t> before;
  std::vector<WorldPoint> sums;
  before.reserve(counts.size() + 1);
  sums.reserve(counts.size() / kSpotsOfSum + 1);
  uint32_t points = 0;
  WorldPoint sum;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (i % kSpotsOfSum == 0) sums.push_back(sum);
    before.push_back(points);
    points += counts[i];
    const WorldPoint at = place(i);
    sum = {sum.x + at.x * counts[i], sum.y + at.y * counts[i]};
  }
  if (counts.size() % kSpotsOfSum == 0) sums.push_back(sum);
  before.push_back(points);
  before_ = std::make_shared<const std::vector<uint32_t>>(std::move(before));
  sums_ = std::make_shared<const std::vector<WorldPoint>>(std::move(sums));
}

WorldPoint PointIndex::SumBefore(size_t spot) const {
  WorldPoint sum = (*sums_)[spot / kSpotsOfSum];
  for (size_t i = spot - spot % kSpotsOfSum; i < spot; ++i) {
    const WorldPoint at = place(i);
    const auto points = static_cast<double>(count(i));
    sum = {sum.x + at.x * points, sum.y + at.y * points};
  }
  return sum;
}

PointIndex::Run PointIndex::PointsIn(CellId cell) const {
  const int shift = ShiftOf(cell.level);
  const uint64_t first = CurveKeyOf({cell.x, cell.y}) << shift;
  const uint64_t last = first + ((uint64_t{1} << shift) - 1);
  const auto begin = std::lower_bound(keys_->begin(), keys_->end(), first);
  const auto end = std::upper_bound(begin, keys_->end(), last);
  if (begin == end) return {};
  const auto from = before_->begin() + (begin - keys_->begin()), to = before_->begin() + (end - keys_->begin());
  if (*from == *to) return {};
  // Without spots that have no points, at both ends.
  const auto first_with = std::upper_bound(from, to, *from) - 1, behind_last = std::lower_bound(from, to, *to);
  return {static_cast<size_t>(first_with - before_->begin()), static_cast<size_t>(behind_last - before_->begin()),
          *to - *from};
}

WorldPoint PointIndex::MiddleOf(Run run) const {
  if (run.size() == 0) return {};
  if (OnePlace(run)) return place(run.begin);
  const auto count = static_cast<double>(run.size());
  const WorldPoint before = SumBefore(run.begin), behind = SumBefore(run.end);
  return {(behind.x - before.x) / count, (behind.y - before.y) / count};
}

bool PointIndex::OnePlace(Run run) const {
  constexpr int kShift = ShiftOf(kMostLevel);
  return run.size() > 0 && (*keys_)[run.begin] >> kShift == (*keys_)[run.end - 1] >> kShift;
}

WorldBox PointIndex::BoxOf(Run run) const {
  WorldBox box;
  for (size_t i = run.begin; i < run.end; ++i) {
    if (count(i) > 0) box.Add(place(i));
  }
  return box;
}

WorldBox PointIndex::BoxOf(CellId cell) {
  const double side = std::exp2(-cell.level);
  return {cell.x * side, cell.y * side, (cell.x + 1) * side, (cell.y + 1) * side};
}

}  // namespace daftar
