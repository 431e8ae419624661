#include "client/ui/text/caret.h"

#include <algorithm>
#include <cmath>

namespace daftar::text {
namespace {

float Front(const PlacedGlyph& glyph) { return glyph.right_to_left ? glyph.right : glyph.left; }
float Back(const PlacedGlyph& glyph) { return glyph.right_to_left ? glyph.left : glyph.right; }

}  // namespace

float CaretAt(const Line& line, size_t byte) {
  // Marks have the byte of their letter, and no width: the widest of them is the letter.
  const PlacedGlyph* next = nullptr;
  const PlacedGlyph* last = nullptr;
  const auto better = [](const PlacedGlyph& glyph, const PlacedGlyph* than, bool nearer) {
    return than == nullptr || nearer ||
           (glyph.byte == than->byte && glyph.right - glyph.left > than->right - than->left);
  };
  for (const PlacedGlyph& glyph : line.glyphs) {
    if (glyph.byte >= byte && better(glyph, next, next != nullptr && glyph.byte < next->byte)) next = &glyph;
    if (better(glyph, last, last != nullptr && glyph.byte > last->byte)) last = &glyph;
  }
  if (next != nullptr) return Front(*next);
  return last == nullptr ? 0 : Back(*last);
}

size_t ByteNear(const Line& line, float x) {
  size_t nearest = line.end;
  float distance = std::abs(CaretAt(line, line.end) - x);
  for (const PlacedGlyph& glyph : line.glyphs) {
    const float own = std::abs(CaretAt(line, glyph.byte) - x);
    if (own < distance) nearest = glyph.byte, distance = own;
  }
  return nearest;
}

}  // namespace daftar::text
