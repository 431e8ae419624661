// The page of settings: a row of choices for each, the chosen one with a filled dot.
#include <optional>
#include <string>
#include <utility>

#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// A setting and what was chosen for it.
using Chosen = std::optional<std::pair<std::string, std::string>>;

// Buttons beside each other, in as many lines as they need.
void DrawChoices(Ui& ui, const SettingsPage::Setting& setting, Chosen& chosen) {
  bool first = true;
  for (const SettingsPage::Choice& choice : setting.choices) {
    // A name from the other direction has its dot at the side where it begins here.
    const std::string begin = ui.sides().right_to_left() ? "\u200F" : "";
    const std::string label = begin + (choice.chosen ? "● " : "○ ") + choice.words;
    if (!first) ui.Beside(ui.ButtonWidth(label));
    first = false;
    if (ui.Button(label)) chosen = {setting.name, choice.code};
  }
}

void DrawSetting(Ui& ui, const SettingsPage::Setting& setting, Chosen& chosen) {
  ui.Text(setting.label, {Face::kBold});
  ImGui::PushID(setting.name.c_str());
  DrawChoices(ui, setting, chosen);
  ImGui::PopID();
  ui.Text(setting.help, {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(8)});
}

}  // namespace

void DrawSettings(Ui& ui, const SettingsPage& page, Wishes& wishes) {
  Chosen chosen;
  std::string reset;
  ui.Heading(Say("settings.title"), Face::kTitle);
  ui.Text(Say("settings.intro"), {Face::kBody, &ui.theme().muted});
  for (const SettingsPage::Section& section : page.sections) {
    ImGui::Dummy({0, ui.Px(10)});
    ui.Heading(section.title);
    ImGui::Dummy({0, ui.Px(2)});
    for (const SettingsPage::Setting& setting : section.settings) DrawSetting(ui, setting, chosen);
    if (ui.Button(Say("settings.reset_section", {{"section", section.title}}))) reset = section.name;
  }
  // The page that is drawn here is built anew by either.
  if (chosen) wishes.Set(chosen->first, chosen->second);
  if (!reset.empty()) wishes.ResetSettings(reset);
}

}  // namespace daftar::ui
