#include "client/ui/text/glyph_atlas.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "client/ui/text/line_cache.h"

namespace daftar::text {
namespace {

constexpr int kStride = 40, kRows = 30;
constexpr PixelRect kPart{4, 5, 32, 20};

// Every glyph is a square of ink, as large as its number.
class Squares final : public Typeface {
 public:
  bool Has(char32_t) const override { return true; }
  void Shape(std::u16string_view, int, int, bool, std::vector<ShapedGlyph>&) const override {}
  GlyphImage Draw(uint32_t glyph) const override {
    ++drawn;
    const int side = static_cast<int>(glyph);
    return {side, side, 1, side, std::vector<uint8_t>(glyph * glyph, 200)};
  }
  mutable int drawn = 0;
};

class GlyphAtlasTest : public ::testing::Test {
 protected:
  uint32_t PixelAt(int x, int y) const { return pixels[static_cast<size_t>(y * kStride + x)]; }

  std::vector<uint32_t> pixels = std::vector<uint32_t>(size_t{kStride} * kRows, 0x12345678);
  GlyphAtlas atlas{Canvas{pixels.data(), kStride, kPart}};
  Squares squares;
};

TEST_F(GlyphAtlasTest, AGlyphIsPaintedOnceInsideItsPart) {
  const PixelRect rect = atlas.Find(0, squares, 6).rect;
  EXPECT_EQ(atlas.Find(0, squares, 6).rect.x, rect.x);
  EXPECT_EQ(squares.drawn, 1);
  EXPECT_GE(rect.x, kPart.x);
  EXPECT_GE(rect.y, kPart.y);
  EXPECT_EQ(PixelAt(rect.x, rect.y), 0xC8FFFFFFu);
  EXPECT_EQ(PixelAt(rect.x + 5, rect.y + 5), 0xC8FFFFFFu);
  EXPECT_EQ(PixelAt(rect.x + 6, rect.y), 0x00FFFFFFu) << "its neighbour would shine through";
}

TEST_F(GlyphAtlasTest, NothingOutsideOfThePartIsTouched) {
  for (uint32_t glyph = 1; glyph < 12; ++glyph) atlas.Find(0, squares, glyph);
  for (int y = 0; y < kRows; ++y) {
    for (int x = 0; x < kStride; ++x) {
      const bool inside = x >= kPart.x && x < kPart.x + kPart.width && y >= kPart.y && y < kPart.y + kPart.height;
      EXPECT_TRUE(inside || PixelAt(x, y) == 0x12345678u) << x << ", " << y;
    }
  }
}

TEST_F(GlyphAtlasTest, GlyphsOfTwoTypefacesAreTwo) {
  EXPECT_NE(atlas.Find(0, squares, 6).rect.x, atlas.Find(1, squares, 6).rect.x);
}

TEST_F(GlyphAtlasTest, WhatWasPaintedIsToldOnce) {
  EXPECT_TRUE(atlas.TakePainted()) << "the part was cleared";
  const PixelRect first = atlas.Find(0, squares, 3).rect, second = atlas.Find(0, squares, 5).rect;
  const PixelRect painted = *atlas.TakePainted();
  EXPECT_EQ(painted.x, first.x);
  EXPECT_EQ(painted.x + painted.width, second.x + second.width);
  EXPECT_EQ(painted.height, 5);
  EXPECT_FALSE(atlas.TakePainted());
}

TEST_F(GlyphAtlasTest, WithoutRoomNothingIsShownUntilItIsCleared) {
  for (uint32_t glyph = 6; glyph < 16; ++glyph) atlas.Find(0, squares, glyph);
  EXPECT_TRUE(atlas.full());
  EXPECT_EQ(atlas.Find(0, squares, 15).rect.width, 0);
  atlas.Clear();
  EXPECT_FALSE(atlas.full());
  EXPECT_EQ(atlas.Find(0, squares, 15).rect.width, 15);
}

TEST(LineCacheTest, ALineIsSetOnceWhileItIsOnTheScreen) {
  FontSet fonts = *FontSet::Open(kFontFolder, 1);
  LineCache lines(fonts);
  const Line* line = &lines.Set("Ansarullah", Face::kBody);
  lines.BeginFrame();
  EXPECT_EQ(&lines.Set("Ansarullah", Face::kBody), line);
  EXPECT_NE(&lines.Set("Ansarullah", Face::kBold), line);
  EXPECT_NE(&lines.SetWithin("Ansarullah", Face::kBody, 100), line);
}

TEST(LineCacheTest, WhatIsNoLongerOnTheScreenIsForgottenOnceThereIsMuchOfIt) {
  FontSet fonts = *FontSet::Open(kFontFolder, 1);
  LineCache lines(fonts);
  size_t set = 0;
  while (lines.bytes() <= LineCache::kMany) lines.Set(std::to_string(set++), Face::kBody);
  lines.BeginFrame();
  lines.Set("0", Face::kBody);
  EXPECT_EQ(lines.size(), set);
  lines.BeginFrame();
  EXPECT_EQ(lines.size(), 1u);
  EXPECT_LT(lines.bytes(), 1000u);
}

TEST(LineCacheTest, LongTextsAreMuchSooner) {
  FontSet fonts = *FontSet::Open(kFontFolder, 1);
  LineCache lines(fonts);
  const std::string text(2000, 'a');
  size_t set = 0;
  while (lines.bytes() <= LineCache::kMany) lines.Set(text + std::to_string(set++), Face::kBody);
  EXPECT_LT(set, 40u);
}

}  // namespace
}  // namespace daftar::text
