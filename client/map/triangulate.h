// Cuts a polygon into triangles, for whoever can fill only those: ears are clipped off, after each hole has been joined
// to the outline by a bridge. Pure function; time is the square of the number of corners at worst, so simplify first.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "client/map/mercator.h"

namespace daftar {

// Corners of rings, none of them repeated at the end. `starts`: where each ring begins in `points`; the first is the
// outline. Each triangle is three positions in `points`. Rings that cross themselves are filled as well as may be.
std::vector<std::array<uint32_t, 3>> Triangulate(std::span<const WorldPoint> points, std::span<const uint32_t> starts);

// Twice the area; positive where the ring runs clockwise as it is seen (y grows downwards).
double SignedArea(std::span<const WorldPoint> ring);

}  // namespace daftar
