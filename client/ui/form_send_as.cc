// A form is sent as an edit, or as a proposal.
#include <array>
#include <string>

#include "client/language/say.h"
#include "client/ui/form_parts.h"
#include "imgui.h"

namespace daftar::ui {

void DrawFormSendAs(FormParts& parts) {
  Ui& ui = parts.ui;
  const std::string label = Say("form.send_as");
  const std::array options = {Ui::Option{"edit", Say("form.as_edit")}, Ui::Option{"proposal", Say("form.as_proposal")}};
  std::string code = parts.editor.open.proposal ? "proposal" : "edit";
  const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
  ImGui::SetCursorPosY(top + ui.Px(6));
  ui.Text(label, {}, parts.label - ui.Px(12));
  ImGui::SetCursorPos({left + parts.label, top});
  if (!ui.Choice(label, code, options)) return;
  parts.editor.open.proposal = code == "proposal";
  parts.wishes.FormTyped(0);
}

}  // namespace daftar::ui
