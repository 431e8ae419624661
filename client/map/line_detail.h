// How much of a line is worth drawing: for each point, the tolerance up to which it is needed (Douglas and Peucker). A
// line that two areas share is thinned once, so that they never part. Pure function.
#pragma once

#include <span>
#include <vector>

#include "client/map/mercator.h"

namespace daftar {

// In units of the square; infinite at both ends. Never more than that of the point by which its piece was cut, so the
// points above a tolerance are those that the algorithm would keep.
std::vector<double> DetailOf(std::span<const WorldPoint> line);

}  // namespace daftar
