#include "client/model/graph_edges.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "client/model/graph.h"

namespace daftar {
namespace {

constexpr double kWidestLabel = 190;
// Where on the line a label may stand, the best first, in twentieths.
constexpr int kStands[] = {10, 9, 11, 8, 12, 7, 13, 6, 14, 5, 15};

int Whole(double number) { return static_cast<int>(std::floor(number + 0.5)); }

struct Area {
  int left, top, right, bottom;
};

int64_t Common(const Area& a, const Area& b) {
  const int64_t width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const int64_t height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

Area Round(int x, int y, int width, int height) {
  return {x - width / 2, y - height / 2, x + width / 2, y + height / 2};
}

void SetEnds(const GraphNode& from, const GraphNode& to, GraphEdge& edge) {
  const double dx = to.x - from.x, dy = to.y - from.y;
  if (dx == 0 && dy == 0) return;  // boxes do not overlap, so this is never so
  const GraphOutline::Point out = RimOf(from.shape, from.width, from.height, dx, dy);
  const GraphOutline::Point in = RimOf(to.shape, to.width, to.height, -dx, -dy);
  edge.x1 = Whole(from.x + out.x);
  edge.y1 = Whole(from.y + out.y);
  edge.x2 = Whole(to.x + in.x);
  edge.y2 = Whole(to.y + in.y);
}

}  // namespace

void DrawEdges(Graph& graph) {
  std::vector<Area> taken;
  for (const GraphNode& node : graph.nodes) taken.push_back(Round(node.x, node.y, node.width, node.height));
  for (GraphEdge& edge : graph.edges) {
    SetEnds(graph.nodes[edge.from], graph.nodes[edge.to], edge);
    edge.label = CutToWidth(edge.words, kEdgeLabelSize, kWidestLabel);
    edge.label_width = static_cast<int>(AboutWidth(edge.label, kEdgeLabelSize)) / 2 * 2 + 4;
    int64_t least = INT64_MAX;
    for (const int stand : kStands) {
      const int x = edge.x1 + (edge.x2 - edge.x1) * stand / 20, y = edge.y1 + (edge.y2 - edge.y1) * stand / 20;
      const Area area = Round(x, y, edge.label_width, kEdgeLabelHeight);
      int64_t covered = 0;
      for (const Area& other : taken) covered += Common(area, other);
      if (covered >= least) continue;
      least = covered;
      edge.label_x = x;
      edge.label_y = y;
      if (covered == 0) break;
    }
    taken.push_back(Round(edge.label_x, edge.label_y, edge.label_width, kEdgeLabelHeight));
  }
}

}  // namespace daftar
