#include "client/ui/text/font_set.h"

#include <cmath>
#include <utility>

#include "storage/base/files.h"

namespace daftar::text {
namespace {

enum class Style { kRegular, kBold, kMono };
struct FaceLook {
  Face face;
  Style style;
  float pixels;  // the height of a line at scale 1
};
constexpr float kBodyPixels = 15;
constexpr FaceLook kLooks[] = {
    {Face::kBody, Style::kRegular, kBodyPixels},          {Face::kBold, Style::kBold, kBodyPixels},
    {Face::kSmall, Style::kRegular, kBodyPixels * 0.85f}, {Face::kHeading, Style::kBold, kBodyPixels * 1.15f},
    {Face::kTitle, Style::kBold, kBodyPixels * 1.65f},    {Face::kMono, Style::kMono, kBodyPixels}};
static_assert(std::size(kLooks) == ui::kFaces);

struct FontFile {
  const char* regular;
  const char* bold;
  const char* mono;
  bool arabic;
  const char* package;  // that must be there; null: it need not
};
const char* FileOf(const FontFile& font, Style style) {
  return style == Style::kBold ? font.bold : style == Style::kMono ? font.mono : font.regular;
}
// The first that has a character shows it; in Arabic text those that were made for it come first.
constexpr FontFile kFiles[] = {
    {"dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf", "dejavu/DejaVuSansMono.ttf", false, "fonts-dejavu-core"},
    {"noto/NotoSansArabic-Regular.ttf", "noto/NotoSansArabic-Bold.ttf", "noto/NotoSansArabic-Regular.ttf", true,
     nullptr},
    {"noto/NotoSans-Regular.ttf", "noto/NotoSans-Bold.ttf", "dejavu/DejaVuSans.ttf", false, nullptr},
};

}  // namespace

StatusOr<FontSet> FontSet::Open(const std::string& folder, float scale) {
  FontSet set;
  for (const FaceLook& look : kLooks) {
    const auto face = static_cast<size_t>(look.face);
    set.heights_[face] = std::round(look.pixels * scale);
    for (const FontFile& font : kFiles) {
      const std::string file = folder + "/" + FileOf(font, look.style);
      if (!Exists(file)) {
        if (font.package == nullptr) continue;
        return NotFound("no font " + file + ": install the package " + font.package);
      }
      set.chains_[face].push_back(static_cast<int>(set.typefaces_.size()));
      set.typefaces_.push_back({file, set.heights_[face] / kLinePerEm, font.arabic, nullptr});
    }
    Source& first = set.typefaces_[static_cast<size_t>(set.chains_[face].front())];
    DAFTAR_ASSIGN_OR_RETURN(first.open, Typeface::Open(first.file, first.em));
  }
  return set;
}

bool FontSet::Ready(Source& source) {
  if (source.open != nullptr) return true;
  if (source.failed) return false;
  StatusOr<std::unique_ptr<Typeface>> opened = Typeface::Open(source.file, source.em);
  source.failed = !opened.ok();
  if (opened.ok()) source.open = *std::move(opened);
  return !source.failed;
}

int FontSet::Choose(Face face, char32_t character, UScriptCode script) {
  const std::vector<int>& chain = chains_[static_cast<size_t>(face)];
  const auto shows = [&](int number) {
    Source& source = typefaces_[static_cast<size_t>(number)];
    return Ready(source) && source.open->Has(character);
  };
  if (script == USCRIPT_ARABIC) {
    for (const int number : chain) {
      if (typefaces_[static_cast<size_t>(number)].arabic && shows(number)) return number;
    }
  }
  for (const int number : chain) {
    if (shows(number)) return number;
  }
  if (told_.size() < kMostTold && told_.insert(character).second) missing_.push_back(character);
  return chain.front();
}

}  // namespace daftar::text
