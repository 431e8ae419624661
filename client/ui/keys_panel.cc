#include "client/language/say.h"
#include "client/model/address.h"
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
  ui.Heading(Say("window.keys"), Face::kTitle);
  const PageLink guide{.text = Say("guide.title"), .address = GuideAddress()};
  ui.Rich(guide.text, std::span(&guide, 1));
  ImGui::Dummy({0, ui.Px(8)});
  DrawLines(ui, "keys", page.keys);
  ImGui::Dummy({0, ui.Px(14)});
  DrawLines(ui, "marks", page.marks);
}

}  // namespace daftar::ui
