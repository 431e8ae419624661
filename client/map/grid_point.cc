#include "client/map/grid_point.h"

#include <algorithm>

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

// Those of the even places, moved together again.
uint32_t Gathered(uint64_t bits) {
  bits &= 0x5555555555555555;
  bits = (bits | bits >> 1) & 0x3333333333333333;
  bits = (bits | bits >> 2) & 0x0F0F0F0F0F0F0F0F;
  bits = (bits | bits >> 4) & 0x00FF00FF00FF00FF;
  bits = (bits | bits >> 8) & 0x0000FFFF0000FFFF;
  bits = (bits | bits >> 16) & 0x00000000FFFFFFFF;
  return static_cast<uint32_t>(bits);
}

uint32_t StepsAlong(double along) { return static_cast<uint32_t>(std::clamp(along * kGridSide, 0.0, kGridSide - 1)); }

}  // namespace

GridPoint ToGrid(WorldPoint at) { return {StepsAlong(at.x), StepsAlong(at.y)}; }

uint64_t CurveKeyOf(GridPoint at) { return Spread(at.x) | Spread(at.y) << 1; }

GridPoint OnCurve(uint64_t key) { return {Gathered(key), Gathered(key >> 1)}; }

}  // namespace daftar
