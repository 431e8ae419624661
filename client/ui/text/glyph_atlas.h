// Pictures of glyphs in one part of a picture, each painted when it is first needed. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "client/ui/text/typeface.h"

namespace daftar::text {

struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
};

// A picture of somebody else's: white pixels of 4 bytes whose last is the ink.
struct Canvas {
  uint32_t* pixels = nullptr;
  int stride = 0;  // pixels from a row to the next
  PixelRect part;  // that may be painted
};

class GlyphAtlas {
 public:
  // The pixels outlive it.
  explicit GlyphAtlas(const Canvas& canvas);

  // Where a glyph is, and where it goes: `left` to the right of the pen, `top` above the base line.
  struct Place {
    PixelRect rect;  // of the canvas' picture; empty: there is nothing to be seen of it
    int left = 0, top = 0;
  };
  // Painted now if it is not there. Nothing to be seen where there is no room for it any more: full() then.
  const Place& Find(int number, const Typeface& typeface, uint32_t glyph);
  bool full() const { return full_; }
  // Forgets all glyphs. Call it between two frames: what was found before is painted over.
  void Clear();

  // What was painted since the last time.
  std::optional<PixelRect> TakePainted();

 private:
  // Room for a picture, with a clear pixel around it; nullopt: there is none.
  std::optional<PixelRect> Reserve(int width, int height);
  void Paint(const GlyphImage& image, const PixelRect& rect);
  void Note(const PixelRect& rect);

  const Canvas canvas_;
  std::unordered_map<uint64_t, Place> places_;
  // Rows that fill from left to right, one below the other.
  int row_top_ = 0, row_height_ = 0, next_x_ = 0;
  bool full_ = false;
  std::optional<PixelRect> painted_;
};

}  // namespace daftar::text
