// What stands on the map's ground. A cluster is a disc with its number; a point is a circle, a square or a diamond by
// its kind, filled where somebody was killed, with a wide circle where only about where is known.
#include <algorithm>
#include <array>
#include <cmath>

#include "client/language/say.h"
#include "client/ui/map_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr double kSpacing = 60, kMargin = 19;  // of clusters, points
constexpr float kSingle = 6, kLeastCluster = 12, kMostCluster = 19;
constexpr float kReach = 5;            // around a mark, where it still is meant
constexpr float kLeastUncertain = 9;   // a circle of uncertainty smaller than this would hide behind its mark
constexpr int kMostUncertain = 40;     // circles at once
constexpr float kWidestUncertain = 3;  // canvases

float RadiusOf(size_t count) {
  return std::min(kLeastCluster + 1.6f * std::log10(static_cast<float>(count)) * 1.6f, kMostCluster);
}

std::string ShortNumber(size_t count) {
  if (count < 10'000) return SayNumber(static_cast<double>(count));
  return SayNumber(static_cast<double>(count / 1000)) + "k";
}

// Dashed, as it is drawn round a circle.
void DrawUncertain(Ui& ui, ImVec2 at, float radius, const MapColours& colours) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  ImVec4 veil = colours.mark;
  veil.w = 0.07f;
  draw.AddCircleFilled(at, radius, ImGui::GetColorU32(veil), 48);
  std::array<ImVec2, 65> ring;
  for (size_t i = 0; i < ring.size(); ++i) {
    const float angle = static_cast<float>(i) * 6.2831853f / 64;
    ring[i] = {at.x + radius * std::cos(angle), at.y + radius * std::sin(angle)};
  }
  DrawDashed(draw, ring, ImGui::GetColorU32(colours.mark), ui.Px(1), ui.Px(3));
}

void DrawShape(ImDrawList& draw, ImVec2 at, MarkShape shape, float radius, ImU32 colour, float line) {
  const auto polygon = [&](const std::array<ImVec2, 4>& corners) {
    if (line > 0) {
      draw.AddPolyline(corners.data(), 4, colour, ImDrawFlags_Closed, line);
    } else {
      draw.AddConvexPolyFilled(corners.data(), 4, colour);
    }
  };
  switch (shape) {
    case MarkShape::kCircle:
      return line > 0 ? draw.AddCircle(at, radius, colour, 16, line) : draw.AddCircleFilled(at, radius, colour, 16);
    case MarkShape::kSquare:
      return polygon({{{at.x - radius, at.y - radius},
                       {at.x + radius, at.y - radius},
                       {at.x + radius, at.y + radius},
                       {at.x - radius, at.y + radius}}});
    case MarkShape::kDiamond:
      radius *= 1.25f;
      return polygon({{{at.x, at.y - radius}, {at.x + radius, at.y}, {at.x, at.y + radius}, {at.x - radius, at.y}}});
  }
}

void DrawCluster(Ui& ui, const MapMark& mark, const MapColours& colours) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImU32 edge = ImGui::GetColorU32(colours.land);
  const std::string number = ShortNumber(mark.cluster.points.size());
  draw.AddCircleFilled(mark.at, mark.radius + ui.Px(1.5f), edge, 24);
  draw.AddCircleFilled(mark.at, mark.radius, ImGui::GetColorU32(colours.mark), 24);
  // One spot has a second ring: zooming in does not take it apart.
  if (mark.cluster.one_place) draw.AddCircle(mark.at, mark.radius - ui.Px(2.5f), edge, 24, ui.Px(1));
  const ImVec2 size = ui.Measure(number, Face::kSmall);
  ui.TextAt({mark.at.x - size.x / 2, mark.at.y - size.y / 2}, number, {Face::kSmall, &colours.mark_words}, 0);
}

// What a mark is called where it cannot be seen: for the registry. Without words, which would take their time in each
// frame.
std::string LabelOf(const MapPage& map, const MapMark& mark) {
  if (mark.record) {
    const auto& shown = map.rows.records;
    const auto at = std::find(shown.begin(), shown.end(), *mark.record);
    if (at != shown.end()) return map.rows.rows[static_cast<size_t>(at - shown.begin())].title;
  }
  return "● " + SayNumber(static_cast<double>(mark.cluster.points.size()));
}

}  // namespace

std::vector<MapMark> MarksOf(Ui& ui, const MapPage& map, const MapCanvas& canvas) {
  std::vector<MapMark> marks;
  for (const Cluster& cluster : ClustersIn(map.scene->index, canvas.view, kSpacing, kMargin)) {
    MapMark mark{.cluster = cluster, .at = canvas.To(cluster.at), .radius = 0, .record = {}};
    if (cluster.points.size() == 1) {
      mark.record = FirstAt(*map.records, *map.scene, cluster.points.begin);
      mark.radius = ui.Px(kSingle);
    } else {
      mark.radius = ui.Px(RadiusOf(cluster.points.size()));
    }
    const float reach = mark.radius;
    const bool seen = mark.at.x + reach > canvas.at.x && mark.at.x - reach < canvas.at.x + canvas.size.x &&
                      mark.at.y + reach > canvas.at.y && mark.at.y - reach < canvas.at.y + canvas.size.y;
    if (seen) marks.push_back(mark);
  }
  return marks;
}

void DrawMapSign(Ui& ui, ImVec2 middle, MarkShape shape, bool filled, const MapColours& colours) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float radius = ui.Px(kSingle);
  DrawShape(draw, middle, shape, radius + ui.Px(1.5f), ImGui::GetColorU32(colours.land), 0);
  if (filled) {
    DrawShape(draw, middle, shape, radius, ImGui::GetColorU32(colours.mark), 0);
  } else {
    DrawShape(draw, middle, shape, radius - ui.Px(1), ImGui::GetColorU32(colours.mark), ui.Px(2));
  }
}

void DrawMapMarks(Ui& ui, const MapPage& map, const MapScreen& screen, const MapCanvas& canvas,
                  const std::vector<MapMark>& marks, const MapColours& colours) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const MapRecords& records = *map.records;
  int circles = 0;
  for (const MapMark& mark : marks) {
    if (mark.cluster.points.size() > 1 && !mark.cluster.one_place) continue;
    const double metres = records.radius_m(mark.cluster.points.begin);
    const double latitude = Unproject(mark.cluster.at).latitude;
    const auto radius = static_cast<float>(metres * UnitsOfMetre(latitude) * canvas.view.Scale());
    if (radius < ui.Px(kLeastUncertain) || radius > canvas.size.x * kWidestUncertain) continue;
    if (++circles > kMostUncertain) break;
    DrawUncertain(ui, mark.at, radius, colours);
  }
  for (const MapMark& mark : marks) {
    if (!mark.record) {
      DrawCluster(ui, mark, colours);
    } else {
      const MarkLook look = records.records().look[*mark.record];
      DrawMapSign(ui, mark.at, look.shape, look.deadly, colours);
      if (look.in_doubt) {
        ui.TextAt({mark.at.x + mark.radius + ui.Px(2), mark.at.y - ui.Px(9)}, "≠", {Face::kBold, &colours.words}, 0);
      }
    }
    const bool chosen = screen.chosen && *screen.chosen == mark.cluster.cell;
    if (chosen) draw.AddCircle(mark.at, mark.radius + ui.Px(4), ImGui::GetColorU32(colours.chosen), 32, ui.Px(2));
    ui.registry().Add({Role::kMark, LabelOf(map, mark), "", mark.at.x - mark.radius, mark.at.y - mark.radius,
                       mark.at.x + mark.radius, mark.at.y + mark.radius, true, chosen});
  }
}

const MapMark* MarkAt(Ui& ui, const std::vector<MapMark>& marks, ImVec2 at) {
  const MapMark* best = nullptr;
  float nearest = 0;
  for (const MapMark& mark : marks) {
    const float distance = std::hypot(mark.at.x - at.x, mark.at.y - at.y);
    if (distance > mark.radius + ui.Px(kReach) || (best != nullptr && distance >= nearest)) continue;
    best = &mark;
    nearest = distance;
  }
  return best;
}

}  // namespace daftar::ui
