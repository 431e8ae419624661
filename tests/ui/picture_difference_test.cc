#include "tests/ui/picture_difference.h"

#include <gtest/gtest.h>

namespace daftar {
namespace {

ui::Picture Grey(int width, int height, uint8_t shade) {
  return {width, height, std::vector<uint8_t>(static_cast<size_t>(width) * height * 3, shade)};
}

TEST(PictureDifferenceTest, APictureIsNoOtherThanItself) {
  const ui::Picture picture = Grey(8, 4, 90);
  EXPECT_EQ(Compare(picture, picture).pixels, 0u);
}

TEST(PictureDifferenceTest, AShadeThatNobodySeesIsTheSame) {
  EXPECT_EQ(Compare(Grey(8, 4, 90), Grey(8, 4, 90 + kSameShade)).pixels, 0u);
  EXPECT_EQ(Compare(Grey(8, 4, 90), Grey(8, 4, 91 + kSameShade)).pixels, 32u);
}

TEST(PictureDifferenceTest, OneColourOfAPixelIsEnough) {
  ui::Picture other = Grey(8, 4, 90);
  other.rgb[3 * 9 + 2] = 200;
  const PictureDifference difference = Compare(other, Grey(8, 4, 90));
  EXPECT_EQ(difference.pixels, 1u);
  EXPECT_EQ(difference.shown.rgb[3 * 9], 230);
}

TEST(PictureDifferenceTest, ShrinkingTakesTheMean) {
  ui::Picture picture = Grey(4, 2, 0);
  for (size_t i = 0; i < 3; ++i) picture.rgb[i] = 200;
  const ui::Picture small = Shrunk(picture, 2);
  EXPECT_EQ(small.width, 2);
  EXPECT_EQ(small.height, 1);
  EXPECT_EQ(small.rgb[0], 50);
  EXPECT_EQ(small.rgb[3], 0);
}

TEST(PictureDifferenceTest, ALineThatMovesByAPixelDiffersThoughItIsShrunk) {
  ui::Picture then = Grey(200, 40, 250), now = then;
  for (size_t x = 0; x < 200; ++x) {
    for (size_t i = 0; i < 3; ++i) {
      then.rgb[(20 * 200 + x) * 3 + i] = 200;
      now.rgb[(19 * 200 + x) * 3 + i] = 200;
    }
  }
  EXPECT_EQ(Compare(Shrunk(now, 2), Shrunk(then, 2)).pixels, 200u);
}

}  // namespace
}  // namespace daftar
