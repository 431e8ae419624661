#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kSigns = 280;

void DrawLines(Ui& ui, const char* id, const std::vector<KeysPage::Line>& lines) {
  if (!ImGui::BeginTable(id, 2, ImGuiTableFlags_BordersInnerH)) return;
  ImGui::TableSetupColumn("sign", ImGuiTableColumnFlags_WidthFixed, ui.Px(kSigns));
  ImGui::TableSetupColumn("means");
  for (const KeysPage::Line& line : lines) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ui.Text(line.sign, {Face::kBold});
    ImGui::TableNextColumn();
    ui.Text(line.means);
  }
  ImGui::EndTable();
}

}  // namespace

void DrawKeys(Ui& ui, const KeysPage& page) {
  ui.Heading("Keys and marks", Face::kTitle);
  ImGui::Dummy({0, ui.Px(8)});
  DrawLines(ui, "keys", page.keys);
  ImGui::Dummy({0, ui.Px(14)});
  DrawLines(ui, "marks", page.marks);
}

}  // namespace daftar::ui
