// The map's ground: land filled, provinces shaded, rivers and lines on it. Only what can be seen is drawn, and of lines
// only what the zoom shows, so that a frame stays within the 65,536 corners that one list of ImGui can hold.
#include <algorithm>
#include <cmath>
#include <optional>

#include "client/ui/map_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr int kMostCorners = 58'000;
constexpr double kWidestRiverFrom = 5.5;  // zoom
constexpr float kProvinceFrom = 3.5f;     // zoom from which provinces are told apart

bool Room(const ImDrawList& draw, size_t corners) {
  return draw.VtxBuffer.Size + static_cast<int>(corners) < kMostCorners;
}

void Fill(ImDrawList& draw, const Ground::Fill& fill, int step, const MapCanvas& canvas, ImU32 colour) {
  const std::vector<Ground::Fill::Triangle>& all = fill.triangles[static_cast<size_t>(step)];
  const size_t count = all.empty() ? 0 : fill.corners.CountOf(step);
  if (count == 0 || !Room(draw, count)) return;
  draw.PrimReserve(static_cast<int>(all.size()) * 3, static_cast<int>(count));
  const auto first = draw._VtxCurrentIdx;
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  for (const Ground::Fill::Triangle& triangle : all) {
    for (const uint16_t corner : triangle) draw.PrimWriteIdx(static_cast<ImDrawIdx>(first + corner));
  }
  for (size_t i = 0; i < fill.corners.points.size(); ++i) {
    if (fill.corners.Shows(i, step)) draw.PrimWriteVtx(canvas.To(FromGrid(fill.corners.points[i])), white, colour);
  }
}

// Runs of a line that come near the canvas.
class Pen {
 public:
  Pen(ImDrawList& draw, const MapCanvas& canvas, ImU32 colour, float thickness, float dash)
      : draw_(draw), canvas_(canvas), colour_(colour), thickness_(thickness), dash_(dash) {}

  void Draw(const Ground::Outline& line, int step) {
    std::optional<ImVec2> from;
    for (size_t i = 0; i < line.points.size(); ++i) {
      if (!line.Shows(i, step)) continue;
      const ImVec2 to = canvas_.To(FromGrid(line.points[i]));
      if (from) DrawTo(*from, to);
      from = to;
    }
    Flush();
  }

 private:
  void DrawTo(ImVec2 from, ImVec2 to) {
    if (!Near(from, to)) return Flush();
    // ImGui draws a sharp turn as a spike: the line begins anew there.
    if (run_.size() >= 2 && Sharp(run_[run_.size() - 2], from, to)) Flush();
    if (run_.empty()) run_.push_back(from);
    run_.push_back(to);
  }
  // A turn by more than about 80 degrees.
  static bool Sharp(ImVec2 before, ImVec2 at, ImVec2 after) {
    const ImVec2 one{at.x - before.x, at.y - before.y}, other{after.x - at.x, after.y - at.y};
    const float along = one.x * other.x + one.y * other.y;
    return along < 0.17f * std::hypot(one.x, one.y) * std::hypot(other.x, other.y);
  }
  bool Near(ImVec2 from, ImVec2 to) const {
    const ImVec2 end{canvas_.at.x + canvas_.size.x, canvas_.at.y + canvas_.size.y};
    return std::max(from.x, to.x) >= canvas_.at.x && std::min(from.x, to.x) <= end.x &&
           std::max(from.y, to.y) >= canvas_.at.y && std::min(from.y, to.y) <= end.y;
  }
  void Flush() {
    if (run_.size() >= 2 && Room(draw_, run_.size() * 4)) {
      if (dash_ > 0) {
        DrawDashed(draw_, run_, colour_, thickness_, dash_);
      } else {
        draw_.AddPolyline(run_.data(), static_cast<int>(run_.size()), colour_, 0, thickness_);
      }
    }
    run_.clear();
  }

  ImDrawList& draw_;
  const MapCanvas& canvas_;
  const ImU32 colour_;
  const float thickness_, dash_;
  std::vector<ImVec2> run_;
};

void DrawLines(Ui& ui, ImDrawList& draw, const Ground& ground, LineKind kind, const MapCanvas& canvas, int step,
               const ImVec4& colour, float thickness) {
  Pen pen(draw, canvas, ImGui::GetColorU32(colour), ui.Px(thickness), kind == LineKind::kDisputed ? ui.Px(5) : 0);
  const WorldBox box = canvas.view.Box();
  const double pixel = 1 / canvas.view.Scale();
  for (const Ground::Line& line : ground.lines()) {
    if (line.kind != kind || !line.box.Meets(box)) continue;
    // An island that would be a dot.
    if (line.box.right - line.box.left < pixel && line.box.bottom - line.box.top < pixel) continue;
    pen.Draw(line.outline, step);
  }
}

// The largest are wider than a border, which then has water on both sides where a river is the border.
float RiverWidth(int rank, double zoom) {
  constexpr float kWidths[Ground::River::kRanks] = {4, 1.8f, 1.3f, 1};
  const float part = zoom >= kWidestRiverFrom ? 1 : 0.6f;
  return std::max(kWidths[rank] * part, 1.0f);
}

void DrawRivers(Ui& ui, ImDrawList& draw, const Ground& ground, const MapCanvas& canvas, int step,
                const MapColours& colours) {
  const WorldBox box = canvas.view.Box();
  const double zoom = canvas.view.zoom;
  for (const Ground::River& river : ground.rivers()) {
    if (zoom < Ground::RiverZoom(river.rank)) continue;
    Pen pen(draw, canvas, ImGui::GetColorU32(colours.river), ui.Px(RiverWidth(river.rank, zoom)), 0);
    for (const Ground::River::Reach& reach : river.reaches) {
      if (reach.box.Meets(box)) pen.Draw(reach.outline, step);
    }
  }
}

// The step of detail of a view.
int StepOf(const MapCanvas& canvas) {
  return Ground::StepOf(canvas.view.zoom + std::log2(canvas.view.pixels_of_point));
}

}  // namespace

void DrawDashed(ImDrawList& draw, std::span<const ImVec2> line, ImU32 colour, float thickness, float dash) {
  float along = 0;  // since the last dash began
  const ImVec4 clip = draw._ClipRectStack.back();
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    const ImVec2 from = line[i], to = line[i + 1];
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const auto at = [&](float part) {
      return ImVec2(from.x + (to.x - from.x) * part / length, from.y + (to.y - from.y) * part / length);
    };
    if (length > 100 * (clip.z - clip.x + clip.w - clip.y)) continue;  // dashes without number
    for (float begin = 0; begin < length;) {
      const float left = dash - std::fmod(along, dash);
      const float end = std::min(begin + std::max(left, 0.1f), length);
      const bool drawn = std::fmod(along, 2 * dash) < dash;
      const ImVec2 one = at(begin), other = at(end);
      const bool seen = std::max(one.x, other.x) >= clip.x && std::min(one.x, other.x) <= clip.z &&
                        std::max(one.y, other.y) >= clip.y && std::min(one.y, other.y) <= clip.w;
      if (drawn && seen && Room(draw, 4)) draw.AddLine(one, other, colour, thickness);
      along += end - begin;
      begin = end;
    }
  }
}

void DrawMapGround(Ui& ui, const MapPage& map, const MapCanvas& canvas, const MapColours& colours) {
  const Ground& ground = map.records->ground();
  const MapScene& scene = *map.scene;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 end{canvas.at.x + canvas.size.x, canvas.at.y + canvas.size.y};
  draw.AddRectFilled(canvas.at, end, ImGui::GetColorU32(ground.empty() ? colours.land : colours.sea));
  const WorldBox box = canvas.view.Box();
  const int step = StepOf(canvas);
  // Without smoothed edges, which would show as seams between neighbours.
  const ImDrawListFlags flags = draw.Flags;
  draw.Flags &= ~ImDrawListFlags_AntiAliasedFill;
  for (size_t i = 0; i < ground.areas().size(); ++i) {
    const Ground::Area& area = ground.areas()[i];
    if (!area.box.Meets(box)) continue;
    const bool province = !area.names.texts[0].empty();
    const int shade = province ? ShadeOf(scene.area_counts[i], scene.most_in_area) : -1;
    Fill(draw, area.fill, step, canvas, ImGui::GetColorU32(shade < 0 ? colours.land : colours.shades[shade]));
  }
  draw.Flags = flags;
  DrawRivers(ui, draw, ground, canvas, step, colours);
}

void DrawMapLines(Ui& ui, const MapPage& map, const MapCanvas& canvas, const MapColours& colours) {
  const Ground& ground = map.records->ground();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int step = StepOf(canvas);
  if (canvas.view.zoom >= kProvinceFrom) {
    DrawLines(ui, draw, ground, LineKind::kProvince, canvas, step, colours.province, 1);
  }
  DrawLines(ui, draw, ground, LineKind::kCoast, canvas, step, colours.coast, 1);
  DrawLines(ui, draw, ground, LineKind::kBorder, canvas, step, colours.border, 1.8f);
  DrawLines(ui, draw, ground, LineKind::kDisputed, canvas, step, colours.disputed, 1.8f);
}

}  // namespace daftar::ui
