#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// A card with a number, leading to a list.
void CountCard(Ui& ui, const KindCount& kind, float width) {
  ImGui::BeginGroup();
  ImVec2 at = ImGui::GetCursorScreenPos();
  float height = ui.Px(78);
  ImGui::PushID(kind.kind.c_str());
  bool chosen = ImGui::InvisibleButton("card", {width, height});
  ImGui::PopID();
  if (chosen) ui.Open(kind.address);
  ImVec2 end{at.x + width, at.y + height};
  ImDrawList* draw = ImGui::GetWindowDrawList();
  bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  draw->AddRectFilled(at, end, ImGui::GetColorU32(hovered ? ui.theme().hover : ui.theme().raised), ui.Px(8));
  draw->AddRect(at, end, ImGui::GetColorU32(ui.theme().line), ui.Px(8));
  ui.FocusRing();
  ui.Record(Role::kLink, kind.label, kind.address);
  ui.TextAt({at.x + ui.Px(16), at.y + ui.Px(12)}, SayNumber(static_cast<double>(kind.count)), {Face::kTitle}, 0);
  ui.TextAt({at.x + ui.Px(16), at.y + ui.Px(47)}, kind.label, {Face::kBody, &ui.theme().muted}, width - ui.Px(24));
  ImGui::EndGroup();
}

}  // namespace

void DrawHome(Ui& ui, const Home& home, Wishes& wishes) {
  ui.Heading("Daftar", Face::kTitle);
  ui.Text(Say("window.about"), {Face::kBody, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(2)});
  ui.Text(home.data_age, {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(10)});

  float gap = ui.Px(12), room = ImGui::GetContentRegionAvail().x;
  size_t across = room > ui.Px(860) ? 6 : 3;
  float width = (room - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
  for (size_t i = 0; i < home.counts.size(); ++i) {
    if (i % across != 0) ImGui::SameLine(0, gap);
    CountCard(ui, home.counts[i], width);
  }

  if (home.own) DrawOwnHome(ui, *home.own, wishes);
  ImGui::Dummy({0, ui.Px(16)});
  ui.Heading(Say("window.latest"));
  if (home.open_disagreements > 0) {
    ui.Text(Say("window.told_differently", {{"count", home.open_disagreements}}), {Face::kSmall, &ui.theme().amber});
  }
  ImGui::Dummy({0, ui.Px(4)});
  if (home.latest.empty()) ui.Text(Say("window.none_yet"), {Face::kBody, &ui.theme().muted});
  DrawRows(ui, home.latest, home.latest.size());
}

}  // namespace daftar::ui
