
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// An entry of the rail.
void RailRow(Ui& ui, const Screen& screen, const std::string& label, const std::string& count,
             const std::string& address) {
  auto row = ui.Row(address, label, ui.Px(36), screen.address == address);
  if (row.chosen) ui.Open(address);
  float line = row.top_left.y + (row.size.y - ui.Measure(label).y) / 2, gap = ui.Px(12);
  float width = ui.Measure(count, Face::kSmall).x;
  bool here = screen.address == address;
  ui.TextAt({row.top_left.x + gap, line}, label, {here ? Face::kBold : Face::kBody}, row.size.x - width - 2.5f * gap);
  ui.TextAt({row.top_left.x + row.size.x - gap - width, line + ui.Px(1.5f)}, count, {Face::kSmall, &ui.theme().muted},
            0);
}

// "12 345": figures in threes.
std::string InThrees(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, "\u2009");
  return digits;
}

}  // namespace

void DrawRail(Ui& ui, const Screen& screen) {
  ImGui::SetCursorPos({ui.Px(10), ui.Px(14)});
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.Px(3)});
  ImGui::BeginChild("entries", {ImGui::GetWindowWidth() - ui.Px(20), 0});
  RailRow(ui, screen, "Home", "", HomeAddress());
  RailRow(ui, screen, Say("map.title"), "", "daftar:map");
  for (const KindCount& kind : screen.counts) RailRow(ui, screen, kind.label, InThrees(kind.count), kind.address);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

}  // namespace daftar::ui
