// The tabs, below the top bar.
#include <algorithm>
#include <optional>

#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kWidest = 230, kCross = 26, kGap = 3;

// What is wished of a tab. It is done when all are drawn: it changes the list of them.
struct TabWish {
  std::optional<size_t> go, close;
};

void DrawTab(Ui& ui, const Screen& screen, size_t number, ImVec2 size, TabWish& wish) {
  const Theme& theme = ui.theme();
  const bool here = number == screen.tab;
  const std::string& title = screen.tabs[number];
  const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + size.x, at.y + size.y};
  ImGui::PushID(static_cast<int>(number));
  const float cross = ui.Px(kCross);
  if (ImGui::InvisibleButton("tab", {size.x - cross, size.y})) wish.go = number;
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && ImGui::IsMouseClicked(2)) wish.close = number;
  ImGui::GetWindowDrawList()->AddRectFilled(at, end,
                                            ImGui::GetColorU32(here      ? theme.paper
                                                               : hovered ? theme.hover
                                                                         : theme.panel),
                                            ui.Px(6), ImDrawFlags_RoundCornersTop);
  const float below = at.y + (size.y - ui.Measure(title).y) / 2;
  ui.TextAt({at.x + ui.Px(12), below}, title, {here ? Face::kBold : Face::kBody, here ? &theme.text : &theme.muted},
            size.x - cross - ui.Px(14));
  ui.FocusRing();
  ui.Record(Role::kTab, title, here ? "shown" : "");
  ImGui::SetCursorScreenPos({end.x - cross, at.y});
  if (ImGui::InvisibleButton("close", {cross, size.y})) wish.close = number;
  const ImVec4& ink = ImGui::IsItemHovered() ? theme.text : theme.muted;
  ui.TextAt({end.x - cross + ui.Px(7), below}, "×", {Face::kBody, &ink}, 0);
  ui.FocusRing();
  ui.Record(Role::kButton, screen.close_labels[number], "");
  ImGui::PopID();
}

}  // namespace

void DrawTabs(Ui& ui, const Screen& screen, Wishes& wishes) {
  const float margin = ui.Px(10), gap = ui.Px(kGap), height = ImGui::GetWindowHeight() - ui.Px(4);
  const float room = ImGui::GetWindowWidth() - 2 * margin;
  const float width = std::min(ui.Px(kWidest), room / static_cast<float>(screen.tabs.size()) - gap);
  TabWish wish;
  for (size_t i = 0; i < screen.tabs.size(); ++i) {
    ImGui::SetCursorPos({margin + static_cast<float>(i) * (width + gap), ui.Px(4)});
    DrawTab(ui, screen, i, {width, height}, wish);
  }
  if (wish.go) wishes.GoToTab(*wish.go);
  if (wish.close) wishes.CloseTab(*wish.close);
}

}  // namespace daftar::ui
