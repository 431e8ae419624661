// Places of the square in 2^31 steps along each side, 2 cm at the equator: half as large as two doubles, and ordered
// along Morton's curve by a single number. Pure functions.
#pragma once

#include <cstdint>

#include "client/map/mercator.h"

namespace daftar {

struct GridPoint {
  uint32_t x = 0, y = 0;
  friend bool operator==(const GridPoint&, const GridPoint&) = default;
};

inline constexpr int kGridLevel = 31;
inline constexpr double kGridSide = 1u << kGridLevel;

// The step that the place lies in; beyond the square: the nearest one.
GridPoint ToGrid(WorldPoint at);
// The middle of the step.
inline WorldPoint FromGrid(GridPoint at) { return {(at.x + 0.5) / kGridSide, (at.y + 0.5) / kGridSide}; }

// A curve that keeps neighbours together (Morton's): all of a square cell have keys that follow each other.
uint64_t CurveKeyOf(GridPoint at);
GridPoint OnCurve(uint64_t key);

}  // namespace daftar
