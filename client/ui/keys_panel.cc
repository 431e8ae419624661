#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

struct KeyLine {
  const char* keys;
  const char* does;
};
constexpr KeyLine kLines[] = {
    {"Ctrl+K, Ctrl+L", "search"},
    {"Up, Down, Enter", "while searching: choose a hit and open it"},
    {"Alt+Left, Alt+Right", "back and forward; also the thumb buttons of a mouse"},
    {"Ctrl+T, Ctrl+W, Ctrl+Shift+T", "a new tab; close it; bring it back"},
    {"Ctrl+PageUp, Ctrl+PageDown, Ctrl+1 … 9", "from tab to tab"},
    {"Ctrl and Enter or a click, the middle button", "open in a tab of its own"},
    {"Ctrl+N", "on the page of a record: add an account"},
    {"F5", "sync now"},
    {"Ctrl+Plus, Ctrl+Minus, Ctrl+0", "larger, smaller, as at first"},
    {"F8", "the page as plain text, to be read aloud or copied; and back"},
    {"F9", "light, dark, high contrast"},
    {"Tab, Space, Enter", "to the next thing, with Shift to the one before; and press it"},
    {"F6", "to the next part of the window, with Shift to the one before"},
    {"Esc", "closes one level; what is typed stays"},
    {"F1", "this list"},
};

struct MarkLine {
  const char* mark;
  const char* means;
};
constexpr MarkLine kMarks[] = {
    {"✓", "the value that the page shows"},
    {"≠", "contradicts another account"},
    {"⊂", "more precise than the shown value, and agrees with it"},
    {"✗", "denied, or retired"},
    {"?", "alleged, or expected only"},
    {"↑", "waiting to be sent"},
    {"*", "after a date: its year was inferred by an editor"},
    {"⚠", "odd as printed; the words beside it say how"},
};

void DrawLine(Ui& ui, const char* left, const char* right) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ui.Text(left, {Face::kBold});
  ImGui::TableNextColumn();
  ui.Text(right);
}

}  // namespace

std::string KeysAsText() {
  std::string text = "Keys and marks\n\n";
  for (const KeyLine& line : kLines) text += std::string(line.keys) + ": " + line.does + "\n";
  text += "\n";
  for (const MarkLine& line : kMarks) text += std::string(line.mark) + "  " + line.means + "\n";
  return text;
}

void DrawKeys(Ui& ui) {
  ui.Heading("Keys and marks", Face::kTitle);
  ImGui::Dummy({0, ui.Px(8)});
  if (ImGui::BeginTable("keys", 2, ImGuiTableFlags_BordersInnerH)) {
    ImGui::TableSetupColumn("keys", ImGuiTableColumnFlags_WidthFixed, ui.Px(280));
    ImGui::TableSetupColumn("does");
    for (const KeyLine& line : kLines) DrawLine(ui, line.keys, line.does);
    ImGui::EndTable();
  }
  ImGui::Dummy({0, ui.Px(14)});
  if (ImGui::BeginTable("marks", 2, ImGuiTableFlags_BordersInnerH)) {
    ImGui::TableSetupColumn("mark", ImGuiTableColumnFlags_WidthFixed, ui.Px(280));
    ImGui::TableSetupColumn("means");
    for (const MarkLine& line : kMarks) DrawLine(ui, line.mark, line.means);
    ImGui::EndTable();
  }
}

}  // namespace daftar::ui
