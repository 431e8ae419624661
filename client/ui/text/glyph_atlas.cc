#include "client/ui/text/glyph_atlas.h"

#include <algorithm>

namespace daftar::text {
namespace {

constexpr uint32_t kWhite = 0x00FFFFFF;

uint32_t Pixel(uint8_t ink) { return kWhite | uint32_t{ink} << 24; }

}  // namespace

GlyphAtlas::GlyphAtlas(const Canvas& canvas) : canvas_(canvas) { Clear(); }

void GlyphAtlas::Clear() {
  places_.clear();
  row_top_ = row_height_ = next_x_ = 0;
  full_ = false;
  const PixelRect& part = canvas_.part;
  for (int y = part.y; y < part.y + part.height; ++y)
    std::fill_n(canvas_.pixels + static_cast<ptrdiff_t>(y) * canvas_.stride + part.x, part.width, Pixel(0));
  painted_ = part;
}

std::optional<PixelRect> GlyphAtlas::Reserve(int width, int height) {
  const int wide = width + 1, high = height + 1;
  if (next_x_ + wide > canvas_.part.width) {
    row_top_ += row_height_;
    next_x_ = row_height_ = 0;
  }
  if (wide > canvas_.part.width || row_top_ + high > canvas_.part.height) return std::nullopt;
  const PixelRect rect{canvas_.part.x + next_x_, canvas_.part.y + row_top_, width, height};
  next_x_ += wide;
  row_height_ = std::max(row_height_, high);
  return rect;
}

void GlyphAtlas::Paint(const GlyphImage& image, const PixelRect& rect) {
  for (int y = 0; y < image.height; ++y) {
    uint32_t* row = canvas_.pixels + static_cast<ptrdiff_t>(rect.y + y) * canvas_.stride + rect.x;
    const uint8_t* ink = image.ink.data() + static_cast<ptrdiff_t>(y) * image.width;
    std::transform(ink, ink + image.width, row, Pixel);
  }
  Note(rect);
}

void GlyphAtlas::Note(const PixelRect& rect) {
  if (!painted_) {
    painted_ = rect;
    return;
  }
  const int left = std::min(painted_->x, rect.x), top = std::min(painted_->y, rect.y);
  const int right = std::max(painted_->x + painted_->width, rect.x + rect.width);
  const int bottom = std::max(painted_->y + painted_->height, rect.y + rect.height);
  painted_ = PixelRect{left, top, right - left, bottom - top};
}

const GlyphAtlas::Place& GlyphAtlas::Find(int number, const Typeface& typeface, uint32_t glyph) {
  static constexpr Place kNothing;
  const uint64_t key = uint64_t{static_cast<uint32_t>(number)} << 32 | glyph;
  const auto at = places_.find(key);
  if (at != places_.end()) return at->second;
  const GlyphImage image = typeface.Draw(glyph);
  Place place{{}, image.left, image.top};
  if (!image.ink.empty()) {
    const std::optional<PixelRect> rect = Reserve(image.width, image.height);
    full_ = full_ || !rect;
    if (!rect) return kNothing;
    place.rect = *rect;
    Paint(image, *rect);
  }
  return places_.emplace(key, place).first->second;
}

std::optional<PixelRect> GlyphAtlas::TakePainted() { return std::exchange(painted_, std::nullopt); }

}  // namespace daftar::text
