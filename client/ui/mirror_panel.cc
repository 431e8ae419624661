// The text mirror: the page as the command line would print it.
#include <algorithm>
#include <string>

#include "client/forms/labels.h"
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr size_t kMostColumns = 110;

}  // namespace

void DrawMirror(Ui& ui, const Screen& screen, Wishes& wishes) {
  const float column = ui.Measure("0", Face::kMono).x;
  const auto columns = static_cast<size_t>(std::max(ImGui::GetContentRegionAvail().x / column - 1, 1.0f));
  std::string text = ContentAsText(screen.content, {.width = std::min(columns, kMostColumns), .columns = false});
  if (screen.editor && std::holds_alternative<FormPage>(screen.content))
    text += forms::FormAsText(screen.editor->open.form);
  if (ui.Button(Say("window.copy"), true, true)) ImGui::SetClipboardText(text.c_str());
  ui.Beside(ui.ButtonWidth(Say("window.back_to_page")));
  if (ui.Button(Say("window.back_to_page"), true, false, "F8")) wishes.ToggleMirror();
  ImGui::Dummy({0, ui.Px(8)});
  ui.Text(text, {Face::kMono});
}

}  // namespace daftar::ui
