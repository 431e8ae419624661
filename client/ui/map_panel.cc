// The map of a search: what leads away from it, the canvas, the stretch of time, the list twin.
#include <algorithm>
#include <cmath>

#include "client/language/say.h"
#include "client/ui/map_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kSide = 316, kGap = 20, kWideEnough = 720, kLeastHeight = 240, kListHeight = 320;
constexpr float kBelow = 62 + 50;  // the stretch of time, and what follows the page
constexpr double kButtonStep = 1, kFitMargin = 60;
constexpr ImGuiWindowFlags kStill =
    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNavInputs;

void DrawHead(Ui& ui, const MapPage& map, const MapScreen& screen) {
  ui.Heading(map.query.empty() ? Say("map.title") : Say("map.title_of", {{"query", map.query}}), Face::kTitle);
  ui.Line(MapCountWords(*map.records, *map.scene), {Face::kSmall, &ui.theme().muted}, 0);
  ImGui::SameLine(0, ui.Px(14));
  const std::string list = MapListAddress(map, screen.span);
  if (ui.LinkText(Say("map.as_list"), list, {Face::kSmall})) ui.Open(list);
  ImGui::SameLine(0, ui.Px(14));
  const std::string view = MapBoxAddress(map, screen.span, screen.view.Box());
  if (ui.LinkText(Say("map.search_view"), view, {Face::kSmall})) ui.Open(view);
}

// What is being chosen, over the map.
void DrawPicking(Ui& ui, const MapScreen& screen, Wishes& wishes) {
  if (screen.picking.empty()) return;
  ui.Mark(Say("map.picking", {{"what", screen.picking}}), ui.theme().text, ui.theme().selected);
  const std::string give_up = Say("map.give_up");
  ui.Beside(ui.ButtonWidth(give_up));
  if (ui.Button(give_up, true, false, "Esc")) wishes.GiveUpPicking();
}

// The middle of the map, which Enter takes.
void DrawCross(Ui& ui, ImVec2 middle, const MapColours& colours) {
  const float arm = ui.Px(12);
  const ImU32 ink = ImGui::GetColorU32(colours.chosen);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddLine({middle.x - arm, middle.y}, {middle.x + arm, middle.y}, ink, ui.Px(2));
  draw.AddLine({middle.x, middle.y - arm}, {middle.x, middle.y + arm}, ink, ui.Px(2));
}

void DrawButtons(Ui& ui, const MapPage& map, MapScreen& screen) {
  const CanvasPoint middle{screen.view.width / 2, screen.view.height / 2};
  if (ui.Button(Say("map.zoom_in"), true, false, "+")) screen.view.ZoomAt(middle, kButtonStep);
  ImGui::SameLine(0, ui.Px(8));
  if (ui.Button(Say("map.zoom_out"), true, false, "−")) screen.view.ZoomAt(middle, -kButtonStep);
  ImGui::SameLine(0, ui.Px(8));
  if (ui.Button(Say("map.show_all"), true, false, "Home")) {
    screen.view.Fit(map.records->box(), ui.Px(kFitMargin), MapView::kMostZoom - 5);
  }
}

void DrawCanvas(Ui& ui, const MapPage& map, MapScreen& screen, const MapColours& colours, ImVec2 size, Wishes& wishes) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  screen.view.width = size.x;
  screen.view.height = size.y;
  screen.view.pixels_of_point = ui.Px(1);
  if (screen.fresh) {
    screen.view = ViewOf(*map.records, map.place, size.x, size.y, ui.Px(1));
    screen.span = map.place.span;
    screen.fresh = false;
  }
  // What the hand changes is seen in the next frame, so that all parts of one frame agree.
  const MapView view = screen.view;
  const MapCanvas canvas{at, size, view};
  const std::vector<MapMark> marks = MarksOf(ui, map, canvas);
  // Ground, lines and marks have a list of corners each: ImGui's holds 65,536 of them.
  ImGui::BeginChild("ground", size, false, kStill | ImGuiWindowFlags_NoInputs);
  // West is at the left in every language.
  const ImVec2 end{at.x + size.x, at.y + size.y};
  ui.BeginAsIs(at, end);
  DrawMapGround(ui, map, canvas, colours);
  ui.EndAsIs();
  ImGui::EndChild();
  ImGui::SetCursorScreenPos(at);
  ImGui::BeginChild("lines", size, false, kStill | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoBackground);
  ui.BeginAsIs(at, end);
  DrawMapLines(ui, map, canvas, colours);
  ui.EndAsIs();
  ImGui::EndChild();
  ImGui::SetCursorScreenPos(at);
  ImGui::BeginChild("marks", size, false, kStill | ImGuiWindowFlags_NoBackground);
  ui.BeginAsIs(at, end);
  ImGui::InvisibleButton("canvas", size);
  ui.Record(Role::kButton, Say("map.marks"), "");
  const bool focused = MapItemHasKeyboard();
  HandleMap(ui, map, screen, canvas, marks, wishes);
  DrawMapLabels(ui, map, canvas, marks, colours);
  DrawMapMarks(ui, map, screen, canvas, marks, colours);
  if (!screen.picking.empty()) DrawCross(ui, {at.x + size.x / 2, at.y + size.y / 2}, colours);
  ImGui::GetWindowDrawList()->AddRect({at.x + 1, at.y + 1}, {at.x + size.x - 1, at.y + size.y - 1},
                                      ImGui::GetColorU32(focused ? ui.theme().accent : ui.theme().line), 0, 0,
                                      ui.Px(focused ? 2.0f : 1.0f));
  ui.EndAsIs();
  ImGui::EndChild();
}

// Asks for the rows of what is seen now, once the hand is off.
void Tell(MapScreen& screen, Wishes& wishes) {
  if (screen.press) return;
  const MapPlace place{Unproject(screen.view.centre), screen.view.zoom, screen.span};
  const WorldBox box = screen.spot.value_or(screen.view.Box());
  if (screen.told == place && screen.told_box == box) return;
  screen.told = place;
  screen.told_box = box;
  wishes.MoveMap(place, box);
}

}  // namespace

void DrawMap(Ui& ui, const MapPage& map, MapScreen& screen, Wishes& wishes) {
  const MapColours colours = MapColoursOf(ui.theme());
  DrawHead(ui, map, screen);
  DrawPicking(ui, screen, wishes);
  DrawButtons(ui, map, screen);
  ImGui::Dummy({0, ui.Px(2)});
  if (map.records->box().empty()) ui.Text(Say("map.none"));
  const ImVec2 top = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const std::string source = MapSourceWords(map.records->ground());
  const bool wide = room >= ui.Px(kWideEnough);
  const float width = wide ? room - ui.Px(kSide + kGap) : room;
  const float below = ui.Px(kBelow) + 2 * ui.Measure("", Face::kSmall).y + 3 * ImGui::GetStyle().ItemSpacing.y;
  const float visible = ImGui::GetWindowHeight() - (top.y - ImGui::GetScrollY()) - below;
  const float height = std::floor(std::max(wide ? visible : visible * 0.7f, ui.Px(kLeastHeight)));
  ImGui::BeginGroup();
  DrawCanvas(ui, map, screen, colours, {std::floor(width), height}, wishes);
  DrawMapTime(ui, map, screen, std::floor(width));
  ui.Text(source, {Face::kSmall, &ui.theme().muted}, width);
  ImGui::EndGroup();
  if (wide) {
    ImGui::SameLine(0, ui.Px(kGap));
    DrawMapSide(ui, map, screen, colours, {ui.Px(kSide), height + ui.Px(60)});
  } else {
    DrawMapSide(ui, map, screen, colours, {room, ui.Px(kListHeight)});
  }
  Tell(screen, wishes);
}

}  // namespace daftar::ui
