// The typefaces behind each face of the screen, and which of them shows a character. DejaVu is required; Noto, where it
// is installed, joins the letters that DejaVu cannot, those of Pashto and Urdu among them. One thread.
#pragma once

#include <unicode/uscript.h>

#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "client/ui/text/face.h"
#include "client/ui/text/typeface.h"

namespace daftar::text {

using ui::Face;

// Where Debian's fonts-dejavu-core and fonts-noto-core put them.
inline constexpr char kFontFolder[] = "/usr/share/fonts/truetype";

class FontSet {
 public:
  // NotFound, with the package to install, if a font that is required is not in `folder`.
  static StatusOr<FontSet> Open(const std::string& folder, float scale);

  // The number of the typeface that shows the character in text of that script: the best one that has it. If none has,
  // the first, which shows an empty box, and the character is among TakeMissing.
  int Choose(Face face, char32_t character, UScriptCode script);
  const Typeface& typeface(int number) const { return *typefaces_[static_cast<size_t>(number)].open; }

  // From the top of a line to its base line, and to the top of the next where lines are set close. Pixels.
  float ascent(Face face) const { return height(face) * kAscent; }
  float height(Face face) const { return heights_[static_cast<size_t>(face)]; }

  // The characters that no typeface has, each told once; after kMostTold of them no more are.
  static constexpr size_t kMostTold = 200;
  std::vector<char32_t> TakeMissing() { return std::exchange(missing_, {}); }

 private:
  // Of DejaVu Sans: from its ascender to its descender, of which the ascender is so much.
  static constexpr float kLinePerEm = 2384.0f / 2048, kAscent = 1901.0f / 2384;

  struct Source {
    std::string file;
    float em = 0;
    bool arabic = false;             // made for that script
    std::unique_ptr<Typeface> open;  // null: not needed so far, or it cannot be opened
    bool failed = false;
  };
  // Opens it, if need be. False if it cannot be opened.
  bool Ready(Source& source);

  std::vector<Source> typefaces_;
  std::array<std::vector<int>, ui::kFaces> chains_;
  std::array<float, ui::kFaces> heights_{};
  std::set<char32_t> told_;
  std::vector<char32_t> missing_;
};

}  // namespace daftar::text
