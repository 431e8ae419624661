#include "client/ui/find_bar.h"

#include <algorithm>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kField = 320;

}  // namespace

void FindBar::GoOn(bool back) {
  if (found_ == 0) return;
  current_ = (current_ + (back ? found_ - 1 : 1)) % found_;
  bring_ = true;
}

void FindBar::Close() {
  open_ = false;
  current_ = found_ = 0;
}

void FindBar::HandleKeys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl && ImGui::IsKeyPressed(keys::kF, false)) open_ = focus_ = true;
  if (!open_) return;
  if (ImGui::IsKeyPressed(keys::kF3)) GoOn(io.KeyShift);
  if (ImGui::IsKeyPressed(keys::kEscape, false)) Close();
}

void FindBar::Draw(Ui& ui) {
  ImGui::SetCursorPos({ui.Px(32), ui.Px(8)});
  FieldOptions options{.hint = Say("find.hint"), .focus = focus_};
  focus_ = false;
  options.width = std::min(ui.Px(kField), ImGui::GetContentRegionAvail().x * 0.4f);
  if (ui.Field(Say("find.label"), sought_, options)) {
    current_ = 0;
    bring_ = true;
  }
  if (ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(keys::kEnter)) {
    GoOn(ImGui::GetIO().KeyShift);
    focus_ = true;
  }
  ImGui::SameLine(0, ui.Px(8));
  const bool some = found_ > 0;
  if (ui.Button(ui.sides().right_to_left() ? "→" : "←", some, false, Say("find.back"))) GoOn(true);
  ImGui::SameLine(0, ui.Px(4));
  if (ui.Button(ui.sides().right_to_left() ? "←" : "→", some, false, Say("find.on"))) GoOn(false);
  ImGui::SameLine(0, ui.Px(8));
  const std::string close = Say("find.close");
  const float room = ImGui::GetContentRegionAvail().x - ui.ButtonWidth(close) - ui.Px(24);
  const float left = ImGui::GetCursorPosX();
  if (!sought_.empty() && room > ui.Px(30)) {
    const std::string count =
        some ? Say("find.count", {{"number", current_ + 1}, {"count", found_}}) : Say("find.none");
    ImGui::SetCursorPosY(ui.Px(15));
    ui.Line(count, {Face::kSmall, some ? &ui.theme().text : &ui.theme().amber}, room);
  }
  ImGui::SetCursorPos({left + std::max(room, 0.0f), ui.Px(8)});
  if (ui.Button(close, true, false, "Esc")) Close();
}

void FindBar::BeginPage(Ui& ui) {
  if (!open_ || sought_.empty()) return;
  if (bring_) ui.BringCurrentMark();
  bring_ = false;
  ui.marks().BeginSeeking(sought_, current_);
}

void FindBar::EndPage(Ui& ui) {
  if (!open_) return;
  found_ = sought_.empty() ? 0 : ui.marks().found();
  if (current_ >= found_) current_ = 0;
  ui.marks().EndSeeking();
}

}  // namespace daftar::ui
