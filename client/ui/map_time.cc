// The stretch of time below the map: how many records begin when, and a handle at each end to narrow it, by the mouse
// or, with the keyboard on it, by the arrows.
#include <algorithm>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/ui/keys.h"
#include "client/ui/map_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kStrip = 34, kHandle = 14;
constexpr double kKeySteps = 96;

struct Strip {
  ImVec2 at, size;
  float X(double part) const { return at.x + static_cast<float>(part) * size.x; }
};

void DrawBars(Ui& ui, const MapRecords::Density& density, const Strip& strip, double from, double to) {
  const Theme& theme = ui.theme();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const uint32_t most = *std::max_element(density.counts.begin(), density.counts.end());
  const float foot = strip.at.y + strip.size.y - ui.Px(3);
  const auto steps = static_cast<double>(density.counts.size());
  for (size_t i = 0; i < density.counts.size(); ++i) {
    if (density.counts[i] == 0) continue;
    const double begin = static_cast<double>(i) / steps, end = static_cast<double>(i + 1) / steps;
    const bool within = end > from && begin < to;
    const float tall = std::max(
        ui.Px(2), (strip.size.y - ui.Px(8)) * static_cast<float>(density.counts[i]) / static_cast<float>(most));
    draw.AddRectFilled({strip.X(begin), foot - tall}, {std::max(strip.X(end) - 1, strip.X(begin) + 1), foot},
                       ImGui::GetColorU32(within ? theme.accent : theme.line));
  }
  draw.AddLine({strip.at.x, foot}, {strip.at.x + strip.size.x, foot}, ImGui::GetColorU32(theme.muted));
}

// True when it was moved; `part`: where it stands now.
bool DrawHandle(Ui& ui, const Strip& strip, const char* id, const std::string& label, double& part) {
  const float x = strip.X(part), half = ui.Px(kHandle) / 2;
  ImGui::SetCursorScreenPos({x - half, strip.at.y});
  ImGui::InvisibleButton(id, {2 * half, strip.size.y});
  const bool active = ImGui::IsItemActive(), focused = ImGui::IsItemFocused();
  if (active || ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const double before = part;
  if (active && ImGui::IsMouseDragging(0, 0)) part = (ImGui::GetIO().MousePos.x - strip.at.x) / strip.size.x;
  if (focused && ImGui::IsKeyPressed(keys::kLeft)) part -= 1 / kKeySteps;
  if (focused && ImGui::IsKeyPressed(keys::kRight)) part += 1 / kKeySteps;
  part = std::clamp(part, 0.0, 1.0);
  const bool shown = MapItemHasKeyboard();
  ui.Record(Role::kButton, label, "");
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImU32 ink = ImGui::GetColorU32(ui.theme().text);
  draw.AddLine({x, strip.at.y}, {x, strip.at.y + strip.size.y}, ink, ui.Px(1.5f));
  const float middle = strip.at.y + strip.size.y / 2, grip = ui.Px(4);
  draw.AddRectFilled({x - grip, middle - ui.Px(8)}, {x + grip, middle + ui.Px(8)},
                     ImGui::GetColorU32(ui.theme().raised), ui.Px(3));
  draw.AddRect({x - grip, middle - ui.Px(8)}, {x + grip, middle + ui.Px(8)}, ink, ui.Px(3));
  if (shown) {
    draw.AddRect({x - half, strip.at.y + 1}, {x + half, strip.at.y + strip.size.y - 1},
                 ImGui::GetColorU32(ui.theme().accent), ui.Px(4), 0, ui.Px(2));
  }
  return part != before;
}

}  // namespace

void DrawMapTime(Ui& ui, const MapPage& map, MapScreen& screen, float width) {
  const MapRecords::Density& density = map.records->density();
  if (density.empty()) return;
  ui.Line(Say("map.dates") + ": " + MapSpanWords(screen.span), {Face::kSmall}, 0);
  if (!screen.span.all()) {
    ImGui::SameLine(0, ui.Px(14));
    if (ui.LinkText(Say("map.every_date"), "", {Face::kSmall})) screen.span = {};
  }
  // Arrows move the handles here, and do not lead to the next control.
  ImGui::BeginChild("time", {width, ui.Px(kStrip)}, false,
                    ImGuiWindowFlags_NoNavInputs | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float half = ui.Px(kHandle) / 2;
  const Strip strip{{at.x + half, at.y}, {width - 2 * half, ui.Px(kStrip)}};
  double from = screen.span.from ? density.PartOf(*screen.span.from) : 0;
  double to = screen.span.to ? density.PartOf(*screen.span.to) : 1;
  DrawBars(ui, density, strip, from, to);
  const int32_t first = screen.span.from.value_or(density.first), last = screen.span.to.value_or(density.last);
  if (DrawHandle(ui, strip, "from", Say("map.from_handle", {{"date", SayDay(first)}}), from)) {
    from = std::min(from, to);
    screen.span.from = from <= 0 ? std::nullopt : std::optional<int32_t>(density.DayOf(from));
  }
  if (DrawHandle(ui, strip, "to", Say("map.to_handle", {{"date", SayDay(last)}}), to)) {
    to = std::max(from, to);
    screen.span.to = to >= 1 ? std::nullopt : std::optional<int32_t>(density.DayOf(to));
  }
  ImGui::EndChild();
}

}  // namespace daftar::ui
