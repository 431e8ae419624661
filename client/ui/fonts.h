// What text is set and drawn with, at one scale: the text layer (client/ui/text), and the part of ImGui's font atlas
// that its glyphs are painted into, so that text and everything else are drawn with one texture. The UI thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/text/face.h"
#include "client/ui/text/glyph_atlas.h"
#include "client/ui/text/line_cache.h"
#include "imgui.h"
#include "storage/base/status.h"

namespace daftar::ui {

class Fonts {
 public:
  // Makes the atlas of the current ImGui context anew: with a font for what is typed, and room for the glyphs of all
  // other text. NotFound, with the package to install, if a font that is required is not in `folder`.
  static StatusOr<std::unique_ptr<Fonts>> Load(const std::string& folder, float scale);

  float scale() const { return scale_; }
  // Of a line, from the top of its letters to the bottom. Pixels.
  float height(Face face) const { return set_.height(face); }

  // See text::Typesetter. What they return stays for this frame and the next.
  const text::Line& Set(std::string_view text, Face face) { return lines_.Set(text, face); }
  const text::Line& SetWithin(std::string_view text, Face face, float width) {
    return lines_.SetWithin(text, face, width);
  }
  const std::vector<text::Line>& Wrap(std::string_view text, Face face, float width,
                                      text::SpacesAtEnd spaces = text::SpacesAtEnd::kDropped) {
    return lines_.Wrap(text, face, width, spaces);
  }
  // Draws a line whose upper left corner is there.
  void Draw(ImDrawList& list, ImVec2 at, const text::Line& line, Face face, ImU32 colour) {
    DrawPart(list, at, line, line.glyphs, face, colour);
  }
  // Some of its glyphs alone.
  void DrawPart(ImDrawList& list, ImVec2 at, const text::Line& line, std::span<const text::PlacedGlyph> glyphs,
                Face face, ImU32 colour);
  // From now on lines are drawn turned over, because the picture will be (sides.h).
  void set_turned(bool turned) { turned_ = turned; }

  // Before a frame draws any text.
  void BeginFrame();
  // Of the atlas: what was painted since the last time, and the texture does not show yet.
  std::optional<text::PixelRect> TakePainted() { return atlas_->TakePainted(); }
  // Some glyphs found no room in this frame, and will in the next.
  bool wants_another_frame() const { return atlas_->full(); }
  std::vector<char32_t> TakeMissing() { return set_.TakeMissing(); }

 private:
  Fonts(text::FontSet set, float scale) : set_(std::move(set)), scale_(scale), lines_(set_) {}
  Status BuildAtlas(const std::string& folder);

  text::FontSet set_;
  const float scale_;
  text::LineCache lines_;
  std::optional<text::GlyphAtlas> atlas_;
  ImVec2 pixel_{};  // in parts of the texture
  bool turned_ = false;
};

}  // namespace daftar::ui
