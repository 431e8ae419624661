#include "client/map/triangulate.h"

#include <algorithm>
#include <limits>

namespace daftar {
namespace {

double Cross(WorldPoint a, WorldPoint b, WorldPoint c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

bool Inside(WorldPoint a, WorldPoint b, WorldPoint c, WorldPoint at) {
  return Cross(a, b, at) >= 0 && Cross(b, c, at) >= 0 && Cross(c, a, at) >= 0;
}

// One ring of corners, walked clockwise as it is seen, from which ears are cut.
class Clipper {
 public:
  explicit Clipper(std::span<const WorldPoint> points) : points_(points) {}

  void AddOutline(uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) ring_.push_back(i);
    if (SignedArea(points_.subspan(begin, end - begin)) < 0) std::reverse(ring_.begin(), ring_.end());
  }

  // A hole runs the other way round, and is entered and left over the same bridge.
  void AddHole(uint32_t begin, uint32_t end) {
    std::vector<uint32_t> hole;
    for (uint32_t i = begin; i < end; ++i) hole.push_back(i);
    if (SignedArea(points_.subspan(begin, end - begin)) > 0) std::reverse(hole.begin(), hole.end());
    const auto right =
        std::max_element(hole.begin(), hole.end(), [&](uint32_t a, uint32_t b) { return points_[a].x < points_[b].x; });
    std::rotate(hole.begin(), right, hole.end());
    const size_t bridge = BridgeTo(points_[hole.front()]);
    hole.push_back(hole.front());
    hole.push_back(ring_[bridge]);
    ring_.insert(ring_.begin() + static_cast<ptrdiff_t>(bridge) + 1, hole.begin(), hole.end());
  }

  std::vector<std::array<uint32_t, 3>> Cut() {
    std::vector<std::array<uint32_t, 3>> triangles;
    size_t at = 0, tried = 0;
    while (ring_.size() > 3) {
      // Where no corner is an ear, the ring crosses itself: any corner goes, so that there is an end.
      if (IsEar(at) || tried > ring_.size()) {
        triangles.push_back({Before(at), ring_[at], After(at)});
        ring_.erase(ring_.begin() + static_cast<ptrdiff_t>(at));
        tried = 0;
      } else {
        ++at;
        ++tried;
      }
      if (at >= ring_.size()) at = 0;
    }
    if (ring_.size() == 3) triangles.push_back({ring_[0], ring_[1], ring_[2]});
    return triangles;
  }

 private:
  uint32_t Before(size_t at) const { return ring_[at == 0 ? ring_.size() - 1 : at - 1]; }
  uint32_t After(size_t at) const { return ring_[at + 1 == ring_.size() ? 0 : at + 1]; }

  bool IsEar(size_t at) const {
    const WorldPoint a = points_[Before(at)], b = points_[ring_[at]], c = points_[After(at)];
    if (Cross(a, b, c) < 0) return false;
    for (const uint32_t other : ring_) {
      const WorldPoint p = points_[other];
      if (p == a || p == b || p == c) continue;
      if (Inside(a, b, c, p)) return false;
    }
    return true;
  }

  // The corner of the ring to which a line from a hole's rightmost corner meets nothing: the nearest edge to its right,
  // unless a corner stands in between (Eberly, "Triangulation by ear clipping").
  size_t BridgeTo(WorldPoint from) const {
    double nearest = std::numeric_limits<double>::infinity();
    size_t best = 0;
    WorldPoint hit{};
    for (size_t i = 0; i < ring_.size(); ++i) {
      const WorldPoint a = points_[ring_[i]], b = points_[After(i)];
      if ((a.y > from.y) == (b.y > from.y)) continue;
      const double x = a.x + (from.y - a.y) / (b.y - a.y) * (b.x - a.x);
      if (x < from.x || x >= nearest) continue;
      nearest = x;
      hit = {x, from.y};
      best = a.x > b.x ? i : (i + 1) % ring_.size();
    }
    const WorldPoint end = points_[ring_[best]];
    double flattest = std::numeric_limits<double>::infinity();
    size_t bridge = best;
    for (size_t i = 0; i < ring_.size(); ++i) {
      const WorldPoint p = points_[ring_[i]];
      if (i == best || p == end || p.x < from.x) continue;
      if (!Inside(from, hit, end, p) && !Inside(from, end, hit, p)) continue;
      const double slope = std::abs(p.y - from.y) / std::max(p.x - from.x, 1e-12);
      if (slope < flattest) {
        flattest = slope;
        bridge = i;
      }
    }
    return bridge;
  }

  const std::span<const WorldPoint> points_;
  std::vector<uint32_t> ring_;
};

}  // namespace

double SignedArea(std::span<const WorldPoint> ring) {
  double twice = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const WorldPoint a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
    twice += a.x * b.y - b.x * a.y;
  }
  return twice;
}

std::vector<std::array<uint32_t, 3>> Triangulate(std::span<const WorldPoint> points, std::span<const uint32_t> starts) {
  if (starts.empty() || points.size() < 3) return {};
  const auto end_of = [&](size_t ring) {
    return ring + 1 < starts.size() ? starts[ring + 1] : static_cast<uint32_t>(points.size());
  };
  Clipper clipper(points);
  clipper.AddOutline(starts[0], end_of(0));
  std::vector<size_t> holes;
  for (size_t ring = 1; ring < starts.size(); ++ring) {
    if (end_of(ring) - starts[ring] >= 3) holes.push_back(ring);
  }
  // From right to left, so that a bridge never has to cross a hole that is not yet joined.
  const auto rightmost = [&](size_t ring) {
    double most = -std::numeric_limits<double>::infinity();
    for (uint32_t i = starts[ring]; i < end_of(ring); ++i) most = std::max(most, points[i].x);
    return most;
  };
  std::sort(holes.begin(), holes.end(), [&](size_t a, size_t b) { return rightmost(a) > rightmost(b); });
  for (const size_t hole : holes) clipper.AddHole(starts[hole], end_of(hole));
  return clipper.Cut();
}

}  // namespace daftar
