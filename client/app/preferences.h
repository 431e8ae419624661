// How the reader likes the window, and what is open in it, kept between its runs in a small file:
//   {"theme": "dark", "scale": 1.1, "tabs": ["daftar:home", "daftar:incident/sample:I01"], "tab": 1}
#pragma once

#include <string>

#include "client/ui/tabs.h"
#include "client/ui/theme.h"
#include "storage/base/status.h"

namespace daftar::app {

inline constexpr float kSmallestScale = 0.75f, kLargestScale = 3.0f;

struct Preferences {
  ui::ThemeKind theme = ui::ThemeKind::kLight;
  ui::OpenTabs tabs;  // empty: none were open
  float scale = 1;    // times what the display wants; kSmallestScale … kLargestScale

  friend bool operator==(const Preferences&, const Preferences&) = default;
};

// The usual ones if there is no such file, or it says nothing of them. InvalidArgument, naming the file and what is
// wrong in it.
StatusOr<Preferences> LoadPreferences(const std::string& file);
// Makes the folder, too.
Status SavePreferences(const std::string& file, const Preferences& preferences);

}  // namespace daftar::app
