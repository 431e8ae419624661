#include "client/map/point_index.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace daftar {
namespace {

// A sum for each so many places: adding the others up takes no time, and memory counts.
constexpr size_t kPlacesOfSum = 16;

// The bits of a number, spread to the even places.
uint64_t Spread(uint32_t number) {
  uint64_t bits = number;
  bits = (bits | bits << 16) & 0x0000FFFF0000FFFF;
  bits = (bits | bits << 8) & 0x00FF00FF00FF00FF;
  bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0F;
  bits = (bits | bits << 2) & 0x3333333333333333;
  bits = (bits | bits << 1) & 0x5555555555555555;
  return bits;
}

uint64_t KeyOf(uint32_t x, uint32_t y) { return Spread(x) | Spread(y) << 1; }

uint32_t StepsAlong(double along) {
  constexpr double kSide = 1 << PointIndex::kMostLevel;
  return static_cast<uint32_t>(std::clamp(along * kSide, 0.0, kSide - 1));
}

}  // namespace

PointIndex::PointIndex(std::span<const WorldPoint> points) {
  std::vector<std::pair<uint64_t, uint32_t>> order(points.size());
  for (uint32_t i = 0; i < points.size(); ++i) {
    order[i] = {KeyOf(StepsAlong(points[i].x), StepsAlong(points[i].y)), i};
  }
  std::sort(order.begin(), order.end());
  Columns columns;
  columns.keys.reserve(order.size());
  columns.numbers.reserve(order.size());
  columns.places.reserve(order.size());
  for (const auto& [key, number] : order) {
    columns.keys.push_back(key);
    columns.numbers.push_back(number);
    columns.places.push_back(points[number]);
  }
  Take(std::move(columns));
}

PointIndex PointIndex::Kept(std::span<const uint8_t> keep) const {
  Columns columns;
  for (size_t i = 0; i < size(); ++i) {
    if (keep[number(i)] == 0) continue;
    columns.keys.push_back(columns_->keys[i]);
    columns.numbers.push_back(number(i));
    columns.places.push_back(place(i));
  }
  PointIndex kept;
  kept.Take(std::move(columns));
  return kept;
}

void PointIndex::Take(Columns columns) {
  columns.sums.reserve(columns.places.size() / kPlacesOfSum + 1);
  WorldPoint sum;
  for (size_t i = 0; i < columns.places.size(); ++i) {
    if (i % kPlacesOfSum == 0) columns.sums.push_back(sum);
    sum = {sum.x + columns.places[i].x, sum.y + columns.places[i].y};
  }
  if (columns.places.size() % kPlacesOfSum == 0) columns.sums.push_back(sum);
  columns_ = std::make_shared<const Columns>(std::move(columns));
}

WorldPoint PointIndex::SumBefore(size_t at) const {
  WorldPoint sum = columns_->sums[at / kPlacesOfSum];
  for (size_t i = at - at % kPlacesOfSum; i < at; ++i) sum = {sum.x + place(i).x, sum.y + place(i).y};
  return sum;
}

PointIndex::Run PointIndex::PointsIn(CellId cell) const {
  const int finer = kMostLevel - cell.level;
  const uint64_t first = KeyOf(cell.x, cell.y) << (2 * finer);
  const uint64_t last = first + ((uint64_t{1} << (2 * finer)) - 1);
  const std::vector<uint64_t>& keys = columns_->keys;
  const auto begin = std::lower_bound(keys.begin(), keys.end(), first);
  const auto end = std::upper_bound(begin, keys.end(), last);
  return {static_cast<size_t>(begin - keys.begin()), static_cast<size_t>(end - keys.begin())};
}

WorldPoint PointIndex::MiddleOf(Run run) const {
  if (run.size() == 0) return {};
  if (OnePlace(run)) return place(run.begin);
  const auto count = static_cast<double>(run.size());
  const WorldPoint before = SumBefore(run.begin), behind = SumBefore(run.end);
  return {(behind.x - before.x) / count, (behind.y - before.y) / count};
}

WorldBox PointIndex::BoxOf(Run run) const {
  WorldBox box;
  for (size_t i = run.begin; i < run.end; ++i) box.Add(place(i));
  return box;
}

WorldBox PointIndex::BoxOf(CellId cell) {
  const double side = std::exp2(-cell.level);
  return {cell.x * side, cell.y * side, (cell.x + 1) * side, (cell.y + 1) * side};
}

}  // namespace daftar
