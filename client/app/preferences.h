// How the reader likes the window, and what is open in it, kept between its runs in a small file:
//   {"theme": "dark", "scale": 1.1, "language": "fa", "calendar": "solar_hijri", "digits": "own", "motion": "reduced",
//    "battery": "automatic", "tabs": ["daftar:home", "daftar:incident/sample:I01"], "tab": 1, "side": 380}
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/language/language.h"
#include "client/model/settings_page.h"
#include "client/ui/screen.h"
#include "client/ui/tabs.h"
#include "client/ui/theme.h"
#include "storage/base/status.h"

namespace daftar::app {

inline constexpr float kSmallestScale = 0.75f, kLargestScale = 3.0f;

enum class BatterySaver { kAutomatic, kAlways, kNever };

struct Preferences {
  ui::ThemeKind theme = ui::ThemeKind::kLight;
  ui::OpenTabs tabs;                 // empty: none were open
  float scale = 1;                   // times what the display wants; kSmallestScale … kLargestScale
  std::optional<Language> language;  // nullopt: that of the desktop
  Calendar calendar = Calendar::kGregorian;
  Digits digits = Digits::kOwn;
  bool reduced_motion = true;
  float side_width = ui::SideScreen::kUsual;  // of the panel at the side, at scale 1
  BatterySaver battery = BatterySaver::kAutomatic;

  friend bool operator==(const Preferences&, const Preferences&) = default;
};

// The usual ones if there is no such file, or it says nothing of them. InvalidArgument, naming the file and what is
// wrong in it.
StatusOr<Preferences> LoadPreferences(const std::string& file);
// Makes the folder, too.
Status SavePreferences(const std::string& file, const Preferences& preferences);

// The desktop's: of LC_ALL, LC_MESSAGES or LANG, the first that is set; English if it is none of the four.
Language LanguageOfDesktop();
// Speaks as they say from now on: language, calendar, digits.
void Speak(const Preferences& preferences);

// A choice of the page of settings (client/model/settings_page.h). False, and nothing is changed, for one that there is
// not.
bool Choose(Preferences& preferences, std::string_view setting, std::string_view code);
// A section of that page as at first.
void ResetSection(Preferences& preferences, std::string_view section);
// For that page; `saving`: the battery is being saved now.
Settings SettingsOf(const Preferences& preferences, bool saving);

}  // namespace daftar::app
