// Points in the order of a curve that keeps neighbours together (Morton's), so that all points of a square cell, of any
// size, stand in a row: how many they are and where their middle lies is known without looking at them. Points that
// stand on each other are one spot with a count: a million records name a few thousand places. Built off the drawing
// thread; not changed after that: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "client/map/grid_point.h"
#include "client/map/mercator.h"

namespace daftar {

// A square of the world: at level l there are 2^l of them along each side.
struct CellId {
  int level = 0;
  uint32_t x = 0, y = 0;
  friend bool operator==(const CellId&, const CellId&) = default;
};

class PointIndex {
 public:
  static constexpr int kMostLevel = 26;  // 0.6 metres at the equator

  PointIndex() = default;
  // By their keys (CurveKeyOf), and how many points each of them has. REQUIRES: ascending; a key may come several
  // times.
  PointIndex(std::vector<uint64_t> keys, std::span<const uint32_t> counts);
  // Of points in any order, each key once.
  explicit PointIndex(std::span<const WorldPoint> points);

  // The same spots with other counts, which may be 0.
  PointIndex Counted(std::span<const uint32_t> counts) const;

  size_t size() const { return before_->empty() ? 0 : before_->back(); }
  size_t spots() const { return keys_->size(); }
  WorldPoint place(size_t spot) const { return FromGrid(OnCurve((*keys_)[spot])); }
  size_t count(size_t spot) const { return (*before_)[spot + 1] - (*before_)[spot]; }

  // Spots in the order of the curve; the first and the last one have points.
  struct Run {
    size_t begin = 0, end = 0;
    size_t points = 0;
    size_t size() const { return points; }
  };
  Run PointsIn(CellId cell) const;
  WorldPoint MiddleOf(Run run) const;
  // All of them stand on the very same spot, or closer than anybody could see.
  bool OnePlace(Run run) const;
  WorldBox BoxOf(Run run) const;
  static WorldBox BoxOf(CellId cell);

 private:
  // From the counts.
  void SetCounts(std::span<const uint32_t> counts);
  // Of all points of the spots before it.
  WorldPoint SumBefore(size_t spot) const;

  // Shared by copies, and the keys by those with other counts.
  std::shared_ptr<const std::vector<uint64_t>> keys_ = std::make_shared<std::vector<uint64_t>>();
  std::shared_ptr<const std::vector<uint32_t>> before_ = std::make_shared<std::vector<uint32_t>>();  // points; and all
  std::shared_ptr<const std::vector<WorldPoint>> sums_ =
      std::make_shared<std::vector<WorldPoint>>();  // see kSpotsOfSum
};

}  // namespace daftar
