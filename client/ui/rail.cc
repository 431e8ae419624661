#include "client/language/say.h"
#include "client/model/address.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kRow = 36, kGap = 3;

// The page of the entry is shown, whatever part of it: where a map stands, which day a list is of.
bool IsHere(std::string_view shown, std::string_view address) { return shown.substr(0, shown.find('?')) == address; }

// An entry of the rail. It is marked while its page is open.
void RailRow(Ui& ui, const Screen& screen, const std::string& label, const std::string& count,
             const std::string& address) {
  const bool here = IsHere(screen.address, address);
  auto row = ui.Row(address, label, ui.Px(kRow), here);
  if (row.chosen) ui.Open(address);
  float line = row.top_left.y + (row.size.y - ui.Measure(label).y) / 2, gap = ui.Px(12);
  float width = ui.Measure(count, Face::kSmall).x;
  ui.TextAt({row.top_left.x + gap, line}, label, {here ? Face::kBold : Face::kBody}, row.size.x - width - 2.5f * gap);
  ui.TextAt({row.top_left.x + row.size.x - gap - width, line + ui.Px(1.5f)}, count, {Face::kSmall, &ui.theme().muted},
            0);
}

// What is about the window itself stands at the foot, where there is room.
void DrawFoot(Ui& ui, const Screen& screen) {
  const float height = 4 * ui.Px(kRow + kGap), foot = ImGui::GetWindowHeight() - height - ui.Px(8);
  if (foot > ImGui::GetCursorPosY()) ImGui::SetCursorPosY(foot);
  RailRow(ui, screen, Say("work.title"), "", WorkAddress());
  RailRow(ui, screen, Say("window.guide"), "", GuideAddress());
  RailRow(ui, screen, Say("window.sync"), "", SyncAddress());
  RailRow(ui, screen, Say("window.settings"), "", SettingsAddress());
}

}  // namespace

void DrawRail(Ui& ui, const Screen& screen) {
  ImGui::SetCursorPos({ui.Px(10), ui.Px(14)});
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.Px(kGap)});
  ImGui::BeginChild("entries", {ImGui::GetWindowWidth() - ui.Px(20), 0});
  RailRow(ui, screen, Say("window.home"), "", HomeAddress());
  RailRow(ui, screen, Say("map.title"), "", "daftar:map");
  RailRow(ui, screen, Say("timeline.title"), "", "daftar:timeline");
  for (const KindCount& kind : screen.counts) {
    RailRow(ui, screen, kind.label, SayNumber(static_cast<double>(kind.count)), kind.address);
  }
  DrawFoot(ui, screen);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

}  // namespace daftar::ui
