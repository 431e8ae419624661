#include "client/map/line_detail.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace daftar {
namespace {

double DistanceToLine(WorldPoint at, WorldPoint from, WorldPoint to) {
  const double dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
  const double along = length > 0 ? std::clamp(((at.x - from.x) * dx + (at.y - from.y) * dy) / length, 0.0, 1.0) : 0.0;
  return std::hypot(at.x - from.x - along * dx, at.y - from.y - along * dy);
}

struct Piece {
  size_t first, last;
  double most;  // no point in it counts for more
};

}  // namespace

std::vector<double> DetailOf(std::span<const WorldPoint> line) {
  std::vector<double> detail(line.size(), std::numeric_limits<double>::infinity());
  if (line.size() <= 2) return detail;
  std::vector<Piece> pieces{{0, line.size() - 1, std::numeric_limits<double>::infinity()}};
  while (!pieces.empty()) {
    const Piece piece = pieces.back();
    pieces.pop_back();
    if (piece.last - piece.first < 2) continue;
    size_t best = piece.first + 1;
    double farthest = -1;
    for (size_t i = piece.first + 1; i < piece.last; ++i) {
      const double distance = DistanceToLine(line[i], line[piece.first], line[piece.last]);
      if (distance > farthest) {
        farthest = distance;
        best = i;
      }
    }
    detail[best] = std::min(farthest, piece.most);
    pieces.push_back({piece.first, best, detail[best]});
    pieces.push_back({best, piece.last, detail[best]});
  }
  return detail;
}

}  // namespace daftar
