// The page of settings: what can be chosen, and what is. The window keeps the choices (client/app/preferences); here
// they are words. Plain values; any thread.
#pragma once

#include <string>
#include <vector>

#include "client/language/language.h"

namespace daftar {

// How the reader has it. `theme`: "light", "dark", "high contrast"; `battery`: "automatic", "always", "never".
struct Settings {
  Language language = Language::kEnglish;
  Calendar calendar = Calendar::kGregorian;
  Digits digits = Digits::kOwn;
  std::string theme = "light";
  float scale = 1;
  bool reduced_motion = true;
  std::string battery = "automatic";
  bool saving = false;  // the battery is being saved now
};

struct SettingsPage {
  struct Choice {
    std::string code, words;
    bool chosen = false;
  };
  struct Setting {
    std::string name;  // "language": for Wishes::Set
    std::string label, help;
    std::vector<Choice> choices;
  };
  struct Section {
    std::string name;  // "language", "look", "power": for Wishes::ResetSettings
    std::string title;
    std::vector<Setting> settings;
  };
  std::vector<Section> sections;
};

// The scales that can be chosen, from the smallest to the largest; in between, Ctrl+Plus and Ctrl+Minus lead.
inline constexpr int kScales[] = {75, 90, 100, 110, 125, 150, 175, 200, 250, 300};

// nullptr: nobody knows how they are set, as on the command line; nothing is chosen then.
SettingsPage BuildSettings(const Settings* settings);
// "● English  ○ Русский", a line for each setting.
std::string SettingsAsText(const SettingsPage& page);

}  // namespace daftar
