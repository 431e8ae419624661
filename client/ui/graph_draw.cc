#include "client/ui/graph_draw.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace daftar::ui {
namespace {

constexpr float kWidestLabel = 220;
// Longer lines than any screen are not cut into dashes to their end.
constexpr float kLongest = 4000;

ImVec2 Between(ImVec2 a, ImVec2 b, float part) { return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part}; }

void Stroke(const Ui& ui, ImVec2 from, ImVec2 to, GraphLine line, ImU32 colour, float thick) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (line == GraphLine::kStated) {
    draw.AddLine(from, to, colour, thick);
    return;
  }
  const float dash = ui.Px(line == GraphLine::kDenied ? 9 : 2), gap = ui.Px(line == GraphLine::kDenied ? 5 : 4);
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  for (float at = 0; at < std::min(length, kLongest); at += dash + gap) {
    draw.AddLine(Between(from, to, at / length), Between(from, to, std::min(at + dash, length) / length), colour,
                 thick);
  }
}

void Arrow(ImVec2 tip, ImVec2 from, float size, ImU32 colour) {
  const float length = std::hypot(tip.x - from.x, tip.y - from.y);
  if (length < 1) return;
  const float x = (tip.x - from.x) / length * size, y = (tip.y - from.y) / length * size;
  ImGui::GetWindowDrawList()->AddTriangleFilled(tip, {tip.x - x + y * 0.45f, tip.y - y - x * 0.45f},
                                                {tip.x - x - y * 0.45f, tip.y - y + x * 0.45f}, colour);
}

}  // namespace

float DistanceToLine(ImVec2 place, ImVec2 from, ImVec2 to) {
  const float dx = to.x - from.x, dy = to.y - from.y, square = dx * dx + dy * dy;
  const float along =
      square > 0 ? std::clamp(((place.x - from.x) * dx + (place.y - from.y) * dy) / square, 0.0f, 1.0f) : 0;
  const ImVec2 near = Between(from, to, along);
  return std::hypot(place.x - near.x, place.y - near.y);
}

void DrawGraphLine(const Ui& ui, const GraphEdge& edge, ImVec2 from, ImVec2 to, float scale, bool pointed) {
  const Theme& theme = ui.theme();
  const ImVec4& ink = pointed                            ? theme.accent
                      : edge.line == GraphLine::kDenied  ? theme.red
                      : edge.line == GraphLine::kInDoubt ? theme.amber
                                                         : theme.muted;
  const ImU32 colour = ImGui::GetColorU32(ink);
  const float arrow = std::clamp(9 * scale, ui.Px(4), ui.Px(11));
  Stroke(ui, from, to, edge.line, colour, ui.Px(pointed ? 3.0f : 1.5f));
  if (edge.arrow_to) Arrow(to, from, arrow, colour);
  if (edge.arrow_from) Arrow(from, to, arrow, colour);
}

void DrawGraphLabel(const Ui& ui, const GraphEdge& edge, ImVec2 at) {
  ImVec2 size = ui.Measure(edge.label, Face::kSmall);
  size.x = std::min(size.x, ui.Px(kWidestLabel));
  const ImVec2 low{at.x - size.x / 2, at.y - size.y / 2};
  ImGui::GetWindowDrawList()->AddRectFilled({low.x - 2, low.y}, {low.x + size.x + 2, low.y + size.y},
                                            ImGui::GetColorU32(ui.theme().panel));
  ui.TextAt(low, edge.label, {Face::kSmall}, size.x + 1);
}

void DrawGraphShape(const Ui& ui, const GraphNode& node, ImVec2 at, float scale, bool pointed) {
  const Theme& theme = ui.theme();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const GraphOutline outline = OutlineOf(node.shape, node.width, node.height);
  const ImU32 paper = ImGui::GetColorU32(pointed ? theme.hover : theme.raised);
  const ImU32 ink = ImGui::GetColorU32(node.hop == 0 ? theme.accent : theme.text);
  const float thick = ui.Px(node.hop == 0 ? 3.0f : 1.2f);
  const float x = static_cast<float>(node.width) / 2 * scale, y = static_cast<float>(node.height) / 2 * scale;
  if (outline.radius > 0) {
    const float radius = static_cast<float>(outline.radius) * scale;
    draw.AddRectFilled({at.x - x, at.y - y}, {at.x + x, at.y + y}, paper, radius);
    draw.AddRect({at.x - x, at.y - y}, {at.x + x, at.y + y}, ink, radius, 0, thick);
    return;
  }
  std::vector<ImVec2> corners;
  for (const GraphOutline::Point& corner : outline.corners) {
    corners.push_back({at.x + static_cast<float>(corner.x) * scale, at.y + static_cast<float>(corner.y) * scale});
  }
  const int count = static_cast<int>(corners.size());
  draw.AddConvexPolyFilled(corners.data(), count, paper);
  draw.AddPolyline(corners.data(), count, ink, ImDrawFlags_Closed, thick);
}

}  // namespace daftar::ui
