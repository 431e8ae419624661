// The faces of the screen, from one font family, rasterised at the size that the screen needs.
#pragma once

#include <string>

#include "imgui.h"
#include "storage/base/status.h"

namespace daftar::ui {

enum class Face { kBody, kBold, kSmall, kHeading, kTitle };

struct Fonts {
  ImFont* body = nullptr;
  ImFont* bold = nullptr;
  ImFont* small = nullptr;
  ImFont* heading = nullptr;
  ImFont* title = nullptr;
  float scale = 1;  // that they were made for

  ImFont* of(Face face) const;
};

// Where Debian's fonts-dejavu-core puts them.
inline constexpr char kFontFolder[] = "/usr/share/fonts/truetype/dejavu";

// Makes the atlas of the current ImGui context anew: Latin, Cyrillic with the Tajik letters, Arabic with its joined
// forms, punctuation, arrows and marks. NotFound, with the package to install, if the font files are not in `folder`.
StatusOr<Fonts> LoadFonts(const std::string& folder, float scale);

}  // namespace daftar::ui
