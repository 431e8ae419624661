#include "client/map/clusters.h"

#include <algorithm>
#include <cmath>

namespace daftar {
namespace {

// Nearer to the middle of the stretch than `margin`.
double Within(double at, double from, double to, double margin) {
  if (to - from <= 2 * margin) return (from + to) / 2;
  return std::clamp(at, from + margin, to - margin);
}

}  // namespace

std::vector<Cluster> ClustersIn(const PointIndex& points, const MapView& view, double spacing, double margin) {
  std::vector<Cluster> clusters;
  if (points.size() == 0) return clusters;
  const double point = view.pixels_of_point / view.Scale();  // in sides of the world
  const int level = std::clamp(static_cast<int>(std::floor(-std::log2(spacing * point))), 0, PointIndex::kMostLevel);
  const double cells = std::exp2(level);
  const WorldBox box = view.Box();
  const auto cell_of = [&](double along) {
    return static_cast<int64_t>(std::clamp(std::floor(along * cells), 0.0, cells - 1));
  };
  const int64_t most = static_cast<int64_t>(cells) - 1;
  for (int64_t y = std::max<int64_t>(cell_of(box.top) - 1, 0); y <= std::min(cell_of(box.bottom) + 1, most); ++y) {
    for (int64_t x = std::max<int64_t>(cell_of(box.left) - 1, 0); x <= std::min(cell_of(box.right) + 1, most); ++x) {
      const CellId cell{level, static_cast<uint32_t>(x), static_cast<uint32_t>(y)};
      const PointIndex::Run run = points.PointsIn(cell);
      if (run.size() == 0) continue;
      Cluster cluster{cell, run, points.MiddleOf(run), points.OnePlace(run)};
      if (!cluster.one_place) {
        const WorldBox edge = PointIndex::BoxOf(cell);
        cluster.at.x = Within(cluster.at.x, edge.left, edge.right, margin * point);
        cluster.at.y = Within(cluster.at.y, edge.top, edge.bottom, margin * point);
      }
      clusters.push_back(cluster);
    }
  }
  return clusters;
}

}  // namespace daftar
