// One font file at one size: which characters it has, how they join, what they look like. FreeType and HarfBuzz are
// seen by this file alone. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/status.h"

namespace daftar::text {

// A glyph among others of its run. Pixels, to the right and upwards.
struct ShapedGlyph {
  uint32_t glyph = 0;
  int at = 0;  // UTF-16 index of the first unit that it stands for
  float advance = 0, dx = 0, dy = 0;
};

// What a glyph looks like: so much ink in each pixel, row by row from the top.
struct GlyphImage {
  int width = 0, height = 0;
  int left = 0, top = 0;  // from the pen to the picture's left edge, and up from the base line to its upper edge
  std::vector<uint8_t> ink;
};

class Typeface {
 public:
  // `em`: the size in pixels. DataLoss if the file is there and is no font.
  static StatusOr<std::unique_ptr<Typeface>> Open(const std::string& file, float em);
  virtual ~Typeface() = default;

  virtual bool Has(char32_t character) const = 0;
  // Joins the units [begin, end) of a paragraph, which are of one script and direction, and appends them from left to
  // right. What stands around them is looked at, so that letters join across.
  virtual void Shape(std::u16string_view paragraph, int begin, int end, bool right_to_left,
                     std::vector<ShapedGlyph>& out) const = 0;
  virtual GlyphImage Draw(uint32_t glyph) const = 0;
};

}  // namespace daftar::text
