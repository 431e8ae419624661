#include "client/map/point_index.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace daftar {
namespace {

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
  keys_.reserve(order.size());
  numbers_.reserve(order.size());
  places_.reserve(order.size());
  for (const auto& [key, number] : order) {
    keys_.push_back(key);
    numbers_.push_back(number);
    places_.push_back(points[number]);
  }
  Sum();
}

PointIndex PointIndex::Kept(std::span<const uint8_t> keep) const {
  PointIndex kept;
  for (size_t i = 0; i < keys_.size(); ++i) {
    if (keep[numbers_[i]] == 0) continue;
    kept.keys_.push_back(keys_[i]);
    kept.numbers_.push_back(numbers_[i]);
    kept.places_.push_back(places_[i]);
  }
  kept.Sum();
  return kept;
}

void PointIndex::Sum() {
  sums_.assign(1, {});
  sums_.reserve(places_.size() + 1);
  for (const WorldPoint place : places_) sums_.push_back({sums_.back().x + place.x, sums_.back().y + place.y});
}

PointIndex::Run PointIndex::PointsIn(CellId cell) const {
  const int finer = kMostLevel - cell.level;
  const uint64_t first = KeyOf(cell.x, cell.y) << (2 * finer);
  const uint64_t last = first + ((uint64_t{1} << (2 * finer)) - 1);
  const auto begin = std::lower_bound(keys_.begin(), keys_.end(), first);
  const auto end = std::upper_bound(begin, keys_.end(), last);
  return {static_cast<size_t>(begin - keys_.begin()), static_cast<size_t>(end - keys_.begin())};
}

WorldPoint PointIndex::MiddleOf(Run run) const {
  if (run.size() == 0) return {};
  if (OnePlace(run)) return places_[run.begin];
  const auto count = static_cast<double>(run.size());
  return {(sums_[run.end].x - sums_[run.begin].x) / count, (sums_[run.end].y - sums_[run.begin].y) / count};
}

WorldBox PointIndex::BoxOf(Run run) const {
  WorldBox box;
  for (size_t i = run.begin; i < run.end; ++i) box.Add(places_[i]);
  return box;
}

WorldBox PointIndex::BoxOf(CellId cell) {
  const double side = std::exp2(-cell.level);
  return {cell.x * side, cell.y * side, (cell.x + 1) * side, (cell.y + 1) * side};
}

}  // namespace daftar
