// Points in the order of a curve that keeps neighbours together (Morton's), so that all points of a square cell, of any
// size, stand in a row: how many they are and where their middle lies is known without looking at them. Built once, off
// the drawing thread (100,000 points: some milliseconds); not changed after that: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

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
  explicit PointIndex(std::span<const WorldPoint> points);

  // Only those of which `keep` (by number) is not 0; numbers stay.
  PointIndex Kept(std::span<const uint8_t> keep) const;

  size_t size() const { return columns_->keys.size(); }
  // In the order of the curve: the number that the point had when it came in, and where it is.
  uint32_t number(size_t at) const { return columns_->numbers[at]; }
  WorldPoint place(size_t at) const { return columns_->places[at]; }

  // A run of points in the order of the curve.
  struct Run {
    size_t begin = 0, end = 0;
    size_t size() const { return end - begin; }
  };
  Run PointsIn(CellId cell) const;
  WorldPoint MiddleOf(Run run) const;
  // All of them stand on the very same spot, or closer than anybody could see.
  bool OnePlace(Run run) const { return run.size() > 0 && columns_->keys[run.begin] == columns_->keys[run.end - 1]; }
  WorldBox BoxOf(Run run) const;
  static WorldBox BoxOf(CellId cell);

 private:
  struct Columns {
    std::vector<uint64_t> keys;  // ascending
    std::vector<uint32_t> numbers;
    std::vector<WorldPoint> places;
    std::vector<WorldPoint> sums;  // of all places before every sixteenth
  };

  // Makes the columns its own, with their sums.
  void Take(Columns columns);
  // Of all places before it.
  WorldPoint SumBefore(size_t at) const;

  // Shared by copies: a map of a million points has one set of them.
  std::shared_ptr<const Columns> columns_ = std::make_shared<Columns>();
};

}  // namespace daftar
