#include <algorithm>

#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

const ImVec4& ColourOf(const Theme& theme, SyncLevel level) {
  switch (level) {
    case SyncLevel::kFresh:
      return theme.green;
    case SyncLevel::kStale:
      return theme.amber;
    case SyncLevel::kOld:
    case SyncLevel::kFailing:
      return theme.red;
    case SyncLevel::kNever:
      break;
  }
  return theme.muted;
}

std::string PillWords(const Screen& screen) { return screen.syncing ? Say("window.syncing") : screen.pill.words; }

// A filled dot when the data is fresh, a hollow one when it is not: the words beside it say the rest.
void DrawPill(Ui& ui, const Screen& screen, Wishes& wishes) {
  const std::string words = PillWords(screen);
  const ImVec4& colour = ColourOf(ui.theme(), screen.pill.age);
  const char* dot = screen.pill.level == SyncLevel::kFresh ? "●" : screen.pill.level == SyncLevel::kFailing ? "▲" : "○";
  ImVec2 inner = ui.Measure(words);
  ImVec2 size{inner.x + ui.Px(46), inner.y + ui.Px(13)}, at = ImGui::GetCursorScreenPos();
  if (ImGui::InvisibleButton("pill", size)) wishes.SyncNow();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  ImVec2 end{at.x + size.x, at.y + size.y};
  draw->AddRectFilled(at, end, ImGui::GetColorU32(ImGui::IsItemHovered() ? ui.theme().hover : ui.theme().raised),
                      size.y / 2);
  draw->AddRect(at, end, ImGui::GetColorU32(ui.theme().line), size.y / 2);
  ui.TextAt({at.x + ui.Px(13), at.y + ui.Px(6.5f)}, dot, {Face::kBody, &colour}, 0);
  ui.TextAt({at.x + ui.Px(31), at.y + ui.Px(6.5f)}, words, {}, 0);
  ui.FocusRing();
  ui.Record(Role::kButton, Say("window.sync"), words);
  ui.Help(screen.pill.detail + "\n\n" + Say("window.sync_help"));
}

float PillWidth(Ui& ui, const Screen& screen) { return ui.Measure(PillWords(screen)).x + ui.Px(46); }

}  // namespace

void DrawTopBar(Ui& ui, Screen& screen, Wishes& wishes) {
  float margin = ui.Px(12);
  ImGui::SetCursorPos({margin, ui.Px(11)});
  // Back is towards the side where reading begins.
  const bool turned = ui.sides().right_to_left();
  if (ui.Button(turned ? "→" : "←", screen.can_go_back, false, Say("window.back_help"))) wishes.Back();
  ImGui::SameLine(0, ui.Px(6));
  if (ui.Button(turned ? "←" : "→", screen.can_go_forward, false, Say("window.forward_help"))) wishes.Forward();
  ImGui::SameLine(0, ui.Px(18));

  float pill = PillWidth(ui, screen);
  float room = ImGui::GetWindowWidth() - ImGui::GetCursorPosX() - pill - margin - ui.Px(18);
  float width = std::min(room, ui.Px(640));
  FieldOptions options{.hint = Say("window.search_hint"),
                       .focus = screen.focus_search,
                       .keep_arrows = true,
                       .generation = screen.search_turns,
                       .width = width};
  screen.focus_search = false;
  if (ui.Field(Say("window.search"), screen.search_text, options)) wishes.Search(screen.search_text);

  ImGui::SetCursorPos({ImGui::GetWindowWidth() - pill - margin, ui.Px(11)});
  DrawPill(ui, screen, wishes);
}

}  // namespace daftar::ui
