#include "client/ui/fonts.h"

#include <cmath>

#include "imgui_freetype.h"
#include "storage/base/files.h"

namespace daftar::ui {
namespace {

// Pairs of first and last character. ImGui keeps the pointer until the atlas is built.
constexpr ImWchar kRanges[] = {
    0x0020, 0x024F,  // Latin
    0x0250, 0x036F,  // phonetic letters, modifiers, combining accents
    0x0400, 0x052F,  // Cyrillic, with ғ ӣ қ ӯ ҳ ҷ
    0x0600, 0x06FF,  // Arabic
    0x1E00, 0x1EFF,  // Latin of romanisations: ḩ ḵ ṯ
    0x2000, 0x206F,  // punctuation
    0x20A0, 0x20BF,  // currencies
    0x2150, 0x215F,  // fractions
    0x2190, 0x21FF,  // arrows
    0x2200, 0x22FF,  // ≠ ≤ ≥ ⊂
    0x25A0, 0x25FF,  // ● ○ ▲ ▼
    0x2605, 0x2606,  // stars
    0x26A0, 0x26A0,  // warning sign
    0x2713, 0x2718,  // ✓ ✗
    0xFB50, 0xFDFF,  // joined forms of Persian
    0xFE70, 0xFEFF,  // joined forms of Arabic
    0xFFFD, 0xFFFD,  // what cannot be shown
    0,
};

constexpr float kBodyPixels = 15;

}  // namespace

ImFont* Fonts::of(Face face) const {
  switch (face) {
    case Face::kBold:
      return bold;
    case Face::kSmall:
      return small;
    case Face::kHeading:
      return heading;
    case Face::kTitle:
      return title;
    case Face::kBody:
      break;
  }
  return body;
}

StatusOr<Fonts> LoadFonts(const std::string& folder, float scale) {
  const std::string regular = folder + "/DejaVuSans.ttf", bold = folder + "/DejaVuSans-Bold.ttf";
  for (const std::string& file : {regular, bold}) {
    if (!Exists(file)) return NotFound("no font " + file + ": install the package fonts-dejavu-core");
  }
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  atlas->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas->FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  // Old graphics chips stop at 2048 pixels a side.
  atlas->TexDesiredWidth = 2048;
  auto add = [&](const std::string& file, float pixels) {
    return atlas->AddFontFromFileTTF(file.c_str(), std::round(pixels * scale), nullptr, kRanges);
  };
  Fonts fonts;
  fonts.scale = scale;
  fonts.body = add(regular, kBodyPixels);
  fonts.bold = add(bold, kBodyPixels);
  fonts.small = add(regular, kBodyPixels * 0.85f);
  fonts.heading = add(bold, kBodyPixels * 1.15f);
  fonts.title = add(bold, kBodyPixels * 1.65f);
  if (!atlas->Build()) return Internal("the fonts in " + folder + " could not be rasterised");
  return fonts;
}

}  // namespace daftar::ui
