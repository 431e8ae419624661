// The page of a timeline: what it shows, the lanes, the strip of the whole time, what has no date.
#include <algorithm>
#include <cmath>

#include "client/ui/keys.h"
#include "client/ui/panels.h"
#include "client/ui/timeline_parts.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

constexpr float kStrip = 46, kLeastLanes = 400, kBelow = 120;
constexpr double kKeyZoom = 1.6, kKeyMove = 0.2;

bool Pressed(int key) { return ImGui::IsKeyPressed(key); }

// What the keys wish for; J and K set `step`.
TimeWindow FollowKeys(const Timeline& timeline, int* step) {
  TimeWindow window = timeline.window;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || io.KeyCtrl || io.KeyAlt) return window;
  if (Pressed(keys::kEqual) || Pressed(keys::kPadPlus)) window = Zoomed(window, 0.5, kKeyZoom, timeline.whole);
  if (Pressed(keys::kMinus) || Pressed(keys::kPadMinus)) window = Zoomed(window, 0.5, 1 / kKeyZoom, timeline.whole);
  if (Pressed(keys::kLeft)) window = Moved(window, -kKeyMove, timeline.whole);
  if (Pressed(keys::kRight)) window = Moved(window, kKeyMove, timeline.whole);
  if (Pressed(keys::kHome)) window = timeline.whole;
  if (Pressed(keys::kJ)) ++*step;
  if (Pressed(keys::kK)) --*step;
  // These keys move time, not the keyboard's place on the page.
  if (!(window == timeline.window)) ImGui::NavMoveRequestCancel();
  return window;
}

TimeWindow DrawControls(Ui& ui, const Timeline& timeline, TimeWindow window) {
  const TimeWindow& whole = timeline.whole;
  const float gap = ui.Px(8);
  if (ui.Button(Say("timeline.earlier_button"), window.from > whole.from)) window = Moved(window, -kKeyMove, whole);
  ImGui::SameLine(0, gap);
  if (ui.Button(Say("timeline.later_button"), window.to < whole.to)) window = Moved(window, kKeyMove, whole);
  ImGui::SameLine(0, gap);
  if (ui.Button(Say("timeline.closer"), window.span() > kShortestWindow)) window = Zoomed(window, 0.5, kKeyZoom, whole);
  ImGui::SameLine(0, gap);
  if (ui.Button(Say("timeline.further"), window.span() < whole.span()))
    window = Zoomed(window, 0.5, 1 / kKeyZoom, whole);
  ImGui::SameLine(0, gap);
  if (ui.Button(Say("timeline.everything"), !(window == whole))) window = whole;
  ImGui::SameLine(0, ui.Px(18));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.Px(6));
  ui.Line(timeline.view.window_words(), {Face::kBold}, 0);
  ImGui::SameLine(0, ui.Px(18));
  const std::string list = ListAddressOf(timeline, timeline.window);
  if (ui.LinkText(Say("timeline.as_list"), list)) ui.Open(list);
  ImGui::Dummy({0, ui.Px(4)});
  return window;
}

// Bars of how many begin when, as roots: a single one is still seen beside a thousand.
TimeWindow DrawStrip(Ui& ui, const Timeline& timeline, TimeWindow window) {
  const Theme& theme = ui.theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{ImGui::GetContentRegionAvail().x, ui.Px(kStrip)}, end{at.x + size.x, at.y + size.y};
  ImGui::InvisibleButton("strip", size);
  if (ImGui::IsItemActive()) {
    const double where = static_cast<double>((ImGui::GetIO().MousePos.x - at.x) / size.x);
    const double middle = timeline.whole.from + where * timeline.whole.span();
    window = Bounded({middle - window.span() / 2, middle + window.span() / 2}, timeline.whole);
  }
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddRectFilled(at, end, ImGui::GetColorU32(theme.panel));
  const std::vector<uint32_t>& density = timeline.view.density();
  const uint32_t most = density.empty() ? 1 : std::max(1u, *std::max_element(density.begin(), density.end()));
  const float part = size.x / static_cast<float>(std::max<size_t>(1, density.size()));
  for (size_t i = 0; i < density.size(); ++i) {
    if (density[i] == 0) continue;
    const float share = std::sqrt(static_cast<float>(density[i]) / static_cast<float>(most));
    const float left = at.x + part * static_cast<float>(i), high = std::max(ui.Px(2), share * (size.y - ui.Px(6)));
    draw->AddRectFilled({left, end.y - high}, {left + std::max(1.0f, part - 1), end.y},
                        ImGui::GetColorU32(theme.accent));
  }
  const auto x = [&](double time) {
    return at.x + static_cast<float>((time - timeline.whole.from) / timeline.whole.span()) * size.x;
  };
  const float from = x(timeline.window.from), to = std::max(x(timeline.window.to), from + ui.Px(3));
  draw->AddRect({from, at.y}, {to, end.y}, ImGui::GetColorU32(theme.text), 0, 0, ui.Px(2));
  ui.Help(Say("timeline.density"));
  ui.Record(Role::kText, Say("timeline.density"), "");
  return window;
}

void DrawTray(Ui& ui, const Timeline& timeline) {
  if (timeline.undated.empty()) return;
  ImGui::Dummy({0, ui.Px(8)});
  ui.Heading(Say("timeline.without_date"));
  for (const Timeline::Tray& tray : timeline.undated) {
    ui.Line(TrayWords(tray), {Face::kSmall, &ui.theme().muted}, 0);
    for (const uint32_t item : tray.shown) {
      const auto row = timeline.rows.find(item);
      if (row == timeline.rows.end()) continue;
      const float room = ui.Measure(row->second.title, Face::kSmall).x + ui.Px(14);
      ImGui::SameLine(0, ui.Px(14));
      // What does not fit begins a line of its own.
      if (ImGui::GetContentRegionAvail().x < room) ImGui::NewLine();
      if (ui.LinkText(row->second.title, row->second.address, {Face::kSmall})) ui.Open(row->second.address);
    }
    if (tray.address.empty() || tray.count <= tray.shown.size()) continue;
    ImGui::SameLine(0, ui.Px(14));
    if (ui.LinkText(Say("timeline.all_of_them"), tray.address, {Face::kSmall})) ui.Open(tray.address);
  }
}

void DrawFindings(Ui& ui, const Timeline& timeline) {
  const Theme& theme = ui.theme();
  if (timeline.problem) {
    ui.Text(timeline.problem->words, {Face::kBody, &theme.amber});
    if (timeline.problem->suggestion.empty()) return;
    ui.Line(Say("timeline.did_you_mean"), {Face::kBody, &theme.muted}, 0);
    ImGui::SameLine(0, ui.Px(6));
    if (ui.LinkText(timeline.problem->suggestion, timeline.problem->address)) ui.Open(timeline.problem->address);
    return;
  }
  ui.Line(timeline.words, {Face::kSmall, &theme.muted}, 0);
  if (!timeline.respelt_words.empty()) ui.Text(timeline.respelt_words, {Face::kSmall, &theme.text});
  if (!timeline.behind_words.empty()) ui.Text(timeline.behind_words, {Face::kSmall, &theme.amber});
}

}  // namespace

void DrawTimeline(Ui& ui, Timeline& timeline, Wishes& wishes) {
  ui.Heading(timeline.query.empty() ? Say("timeline.title") : Say("timeline.of", {{"query", timeline.query}}),
             Face::kTitle);
  DrawFindings(ui, timeline);
  if (timeline.data->dated == 0) {
    if (!timeline.problem) ui.Text(Say("timeline.nothing"));
    return DrawTray(ui, timeline);
  }
  int step = 0;
  TimeWindow window = FollowKeys(timeline, &step);
  window = DrawControls(ui, timeline, window);

  // What has no date comes below, and is scrolled to.
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  TimelineMetrics metrics;
  metrics.width = room.x;
  metrics.rows = RowsOfLanes(ui, timeline, std::max(ui.Px(kLeastLanes), room.y - ui.Px(kBelow)));
  const ImVec2 size{room.x, HeightOfLanes(ui, metrics.rows)};
  for (float* length : {&metrics.bar, &metrics.block, &metrics.words, &metrics.gap, &metrics.tick})
    *length = ui.Px(*length);
  timeline.view.Look(timeline, metrics);
  LanesDrawing lanes(ui, timeline, at, size);
  lanes.set_rows(metrics.rows);
  const TimeWindow by_mouse = lanes.Draw(step);
  if (!(by_mouse == timeline.window)) window = by_mouse;
  ImGui::SetCursorScreenPos({at.x, at.y + size.y + ui.Px(6)});

  window = DrawStrip(ui, timeline, window);
  ui.Text(lanes.focus_words().empty() ? Say("timeline.uncertain") + " · " + Say("timeline.help") : lanes.focus_words(),
          {Face::kSmall, &ui.theme().muted});
  DrawTray(ui, timeline);
  if (std::vector<uint32_t> unnamed = timeline.view.TakeUnnamed(timeline); !unnamed.empty())
    wishes.Describe(std::move(unnamed));
  if (window == timeline.window) return;
  timeline.window = window;
  wishes.StandAt(AddressOf(timeline));
}

}  // namespace daftar::ui
