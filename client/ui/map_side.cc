// Beside the map: the same records as a list, what was clicked, and what the marks mean.
#include <algorithm>

#include "client/language/say.h"
#include "client/ui/map_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kRow = 52, kSign = 26;

std::string SecondLine(const ListRow& row) {
  std::string words;
  for (const std::string& part : {row.date, row.place, row.kind_words}) {
    if (part.empty()) continue;
    if (!words.empty()) words += " · ";
    words += part;
  }
  return words;
}

void DrawTwinRow(Ui& ui, const ListRow& row) {
  const Theme& theme = ui.theme();
  const auto place = ui.Row(row.address, row.title, ui.Px(kRow), false);
  if (place.chosen) ui.Open(row.address);
  const float left = place.top_left.x + ui.Px(8), room = place.size.x - ui.Px(16);
  const std::string sign = row.marks.open ? "≠ " : "";
  ui.TextAt({left, place.top_left.y + ui.Px(6)}, sign + row.title, {Face::kBold}, room);
  ui.TextAt({left, place.top_left.y + ui.Px(28)}, SecondLine(row), {Face::kSmall, &theme.muted}, room);
  const float foot = place.top_left.y + place.size.y;
  ImGui::GetWindowDrawList()->AddLine({place.top_left.x, foot}, {place.top_left.x + place.size.x, foot},
                                      ImGui::GetColorU32(theme.line));
}

// Which province was clicked, and the way to a search in it.
void DrawArea(Ui& ui, const MapPage& map, const MapScreen& screen) {
  if (!screen.area) return;
  const uint32_t area = *screen.area;
  const std::string name = MapAreaName(map.records->ground(), area);
  ui.Text(Say("map.area_count", {{"area", name}, {"count", map.scene->area_counts[area]}}), {Face::kBold});
  const std::string address = MapAreaAddress(map, screen.span, area);
  if (ui.LinkText(Say("map.search_area", {{"area", name}}), address, {Face::kSmall})) ui.Open(address);
  ImGui::Dummy({0, ui.Px(6)});
}

void DrawTwinHead(Ui& ui, const MapPage& map, MapScreen& screen) {
  const size_t total = map.rows.total;
  ui.Heading(Say(screen.spot ? "map.on_spot" : "map.in_view", {{"count", total}}));
  const bool cut = map.rows.rows.size() < total;
  if (cut) ui.Line(Say("map.newest", {{"count", map.rows.rows.size()}}), {Face::kSmall, &ui.theme().muted}, 0);
  if (!screen.spot) return;
  if (cut) ImGui::SameLine(0, ui.Px(14));
  if (ui.LinkText(Say("map.all_in_view"), "", {Face::kSmall})) screen.spot.reset();
}

// A sign at the left, what it means at its right.
class Legend {
 public:
  Legend(Ui& ui, const MapColours& colours) : ui_(ui), colours_(colours) {}

  // `draw` is given the middle of the sign.
  void Line(const std::string& words, auto draw) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw(ImVec2{at.x + ui_.Px(kSign) / 2 - ui_.Px(2), at.y + ui_.Measure("", Face::kSmall).y / 2});
    ImGui::Indent(ui_.Px(kSign));
    ui_.Text(words, {Face::kSmall});
    ImGui::Unindent(ui_.Px(kSign));
  }
  void Shape(const std::string& words, MarkShape shape, bool filled) {
    Line(words, [&](ImVec2 middle) { DrawMapSign(ui_, middle, shape, filled, colours_); });
  }

 private:
  Ui& ui_;
  const MapColours& colours_;
};

void DrawShades(Ui& ui, const MapScene& scene, const MapColours& colours) {
  for (int shade = 0; shade < MapColours::kShades; ++shade) {
    const uint32_t least = LeastOf(shade, scene.most_in_area);
    if (shade > 0) ImGui::SameLine(0, ui.Px(10));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float side = ui.Measure("", Face::kSmall).y;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(at, {at.x + side, at.y + side}, ImGui::GetColorU32(colours.shades[shade]));
    draw.AddRect(at, {at.x + side, at.y + side}, ImGui::GetColorU32(colours.border));
    ImGui::Dummy({side, side});
    ImGui::SameLine(0, ui.Px(4));
    ui.Line(SayNumber(least) + "+", {Face::kSmall}, 0);
    if (least >= scene.most_in_area) break;
  }
}

void DrawLegend(Ui& ui, const MapPage& map, const MapColours& colours) {
  Legend legend(ui, colours);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  legend.Line(Say("map.legend.cluster"), [&](ImVec2 middle) {
    draw.AddCircleFilled(middle, ui.Px(9), ImGui::GetColorU32(colours.mark), 20);
    const ImVec2 size = ui.Measure("7", Face::kSmall);
    ui.TextAt({middle.x - size.x / 2, middle.y - size.y / 2}, "7", {Face::kSmall, &colours.mark_words}, 0);
  });
  legend.Shape(Say("map.legend.circle"), MarkShape::kCircle, false);
  legend.Shape(Say("map.legend.square"), MarkShape::kSquare, false);
  legend.Shape(Say("map.legend.diamond"), MarkShape::kDiamond, false);
  legend.Shape(Say("map.legend.deadly"), MarkShape::kCircle, true);
  legend.Shape(Say("map.legend.plain"), MarkShape::kCircle, false);
  ui.Text(Say("map.legend.doubt"), {Face::kSmall});
  legend.Line(Say("map.legend.radius"),
              [&](ImVec2 middle) { draw.AddCircle(middle, ui.Px(9), ImGui::GetColorU32(colours.mark), 24, ui.Px(1)); });
  legend.Line(Say("map.legend.disputed"), [&](ImVec2 middle) {
    const ImVec2 line[] = {{middle.x - ui.Px(10), middle.y}, {middle.x + ui.Px(10), middle.y}};
    DrawDashed(draw, line, ImGui::GetColorU32(colours.disputed), ui.Px(2), ui.Px(4));
  });
  if (!map.records->ground().rivers().empty()) {
    legend.Line(Say("map.legend.river"), [&](ImVec2 middle) {
      const ImVec2 line[] = {{middle.x - ui.Px(10), middle.y + ui.Px(3)},
                             {middle.x - ui.Px(3), middle.y - ui.Px(2)},
                             {middle.x + ui.Px(3), middle.y + ui.Px(2)},
                             {middle.x + ui.Px(10), middle.y - ui.Px(3)}};
      draw.AddPolyline(line, 4, ImGui::GetColorU32(colours.river), 0, ui.Px(2));
    });
  }
  if (map.scene->most_in_area > 0) {
    ui.Text(Say("map.legend.shade"), {Face::kSmall});
    DrawShades(ui, *map.scene, colours);
  }
  ImGui::Dummy({0, ui.Px(4)});
  ui.Text(Say("map.keys"), {Face::kSmall, &ui.theme().muted});
}

}  // namespace

void DrawMapSide(Ui& ui, const MapPage& map, MapScreen& screen, const MapColours& colours, ImVec2 room) {
  ImGui::BeginChild("side", room, false, ImGuiWindowFlags_None);
  if (ui.LinkText((screen.legend ? "▾ " : "▸ ") + Say("map.legend"), "", {Face::kSmall}))
    screen.legend = !screen.legend;
  if (screen.legend) DrawLegend(ui, map, colours);
  ImGui::Dummy({0, ui.Px(6)});
  DrawArea(ui, map, screen);
  DrawTwinHead(ui, map, screen);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 1});
  for (const ListRow& row : map.rows.rows) DrawTwinRow(ui, row);
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace daftar::ui
