// Text set in lines, with the fonts that tools/setup installs.
#include "client/ui/text/typesetter.h"

#include <gmock/gmock.h>

#include <set>

#include "client/ui/text/caret.h"

namespace daftar::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr float kWide = 100'000;

class TypesetterTest : public ::testing::Test {
 protected:
  std::vector<uint32_t> GlyphsOf(std::string_view text) {
    std::vector<uint32_t> glyphs;
    for (const PlacedGlyph& glyph : setter.Set(text, Face::kBody).glyphs) glyphs.push_back(glyph.glyph);
    return glyphs;
  }
  // The byte that each glyph stands for, from left to right.
  std::vector<size_t> BytesSeen(std::string_view text) {
    std::vector<size_t> bytes;
    for (const PlacedGlyph& glyph : setter.Set(text, Face::kBody).glyphs) bytes.push_back(glyph.byte);
    return bytes;
  }
  std::vector<std::string> Wrapped(std::string_view text, float width) {
    std::vector<std::string> lines;
    for (const Line& line : setter.Wrap(text, Face::kBody, width)) {
      EXPECT_LE(line.width, width);
      lines.emplace_back(text.substr(line.begin, line.end - line.begin));
    }
    return lines;
  }
  float WidthOf(std::string_view text) { return setter.Set(text, Face::kBody).width; }

  FontSet fonts = *FontSet::Open(kFontFolder, 1);
  Typesetter setter{fonts};
};

TEST_F(TypesetterTest, LatinAndCyrillicRunFromLeftToRight) {
  EXPECT_THAT(BytesSeen("ab"), ElementsAre(0u, 1u));
  EXPECT_THAT(BytesSeen("Ҷӣ"), ElementsAre(0u, 2u));
  EXPECT_FALSE(setter.Set("Ансоруллоҳ", Face::kBody).right_to_left);
}

TEST_F(TypesetterTest, PersianRunsFromRightToLeftAndItsLettersJoin) {
  EXPECT_THAT(BytesSeen("بد"), ElementsAre(2u, 0u));
  EXPECT_TRUE(setter.Set("بد", Face::kBody).right_to_left);
  const std::vector<uint32_t> alone = GlyphsOf("ب"), doubled = GlyphsOf("بب");
  ASSERT_THAT(doubled, SizeIs(2));
  EXPECT_NE(doubled[0], alone[0]);
  EXPECT_NE(doubled[1], alone[0]);
  EXPECT_NE(doubled[0], doubled[1]) << "the last letter looks like the first";
}

TEST_F(TypesetterTest, ALatinNameInPersianTextStaysInOrder) {
  const std::string text = "بد M16 بد";
  EXPECT_THAT(BytesSeen(text), ElementsAre(11u, 9u, 8u, 5u, 6u, 7u, 4u, 2u, 0u));
}

TEST_F(TypesetterTest, ANumberInLatinTextWithPersianStaysWhereItIsRead) {
  const Line line = setter.Set("see بد 12", Face::kBody);
  EXPECT_FALSE(line.right_to_left);
  EXPECT_EQ(line.glyphs.front().byte, 0u);
}

TEST_F(TypesetterTest, BracketsTurnRoundWithTheirText) {
  const std::vector<uint32_t> brackets = GlyphsOf("(a)"), turned = GlyphsOf("(بد)");
  ASSERT_THAT(turned, SizeIs(4));
  EXPECT_EQ(turned.front(), brackets.front());
  EXPECT_EQ(turned.back(), brackets.back());
}

TEST_F(TypesetterTest, EveryLetterOfTheBordersLanguagesHasAGlyph) {
  for (const char* text : {"Ғ ғ Ӣ ӣ Қ қ Ӯ ӯ Ҳ ҳ Ҷ ҷ Ё ё Ъ ъ", "پ چ ژ ک گ ی می‌شود",
                           "ټ ځ څ ډ ړ ږ ښ ګ ڼ ې ۍ ئ", "ٹ ڈ ڑ ں ہ ے", "O‘zbekiston", "Ḩājjī Ṣāleḥ"}) {
    for (const PlacedGlyph& glyph : setter.Set(text, Face::kBody).glyphs) EXPECT_NE(glyph.glyph, 0u) << text;
    EXPECT_THAT(fonts.TakeMissing(), IsEmpty()) << text;
  }
}

TEST_F(TypesetterTest, WordsOfPashtoAreOfOneTypeface) {
  std::set<int> typefaces;
  for (const PlacedGlyph& glyph : setter.Set("پښتونخوا", Face::kBody).glyphs) typefaces.insert(glyph.typeface);
  EXPECT_THAT(typefaces, SizeIs(1));
}

TEST_F(TypesetterTest, ACharacterThatNoFontHasIsABoxAndIsToldOnce) {
  EXPECT_THAT(GlyphsOf("\U00012000"), ElementsAre(0u));
  EXPECT_THAT(fonts.TakeMissing(), ElementsAre(U'\U00012000'));
  GlyphsOf("\U00012000");
  EXPECT_THAT(fonts.TakeMissing(), IsEmpty());
}

TEST_F(TypesetterTest, NotMoreIsToldThanAnybodyReads) {
  std::string cuneiform;
  for (int last = 0x80; last < 0xC0; ++last) {
    for (int middle = 0x80; middle < 0x8C; ++middle)
      cuneiform += {'\xF0', '\x92', static_cast<char>(middle), static_cast<char>(last)};
  }
  setter.Set(cuneiform, Face::kBody);
  EXPECT_THAT(fonts.TakeMissing(), SizeIs(FontSet::kMostTold));
}

TEST_F(TypesetterTest, WhatIsNotUtf8IsShownAsReplacement) {
  EXPECT_EQ(GlyphsOf("a\xFF"), GlyphsOf("a\uFFFD"));
  EXPECT_EQ(GlyphsOf("\xD8"), GlyphsOf("\uFFFD"));
}

TEST_F(TypesetterTest, WhereTextIsEditedSpacesStayAtTheEndOfTheirLine) {
  const std::string text = "ab  cd ";
  std::vector<std::string> lines;
  for (const Line& line : setter.Wrap(text, Face::kBody, WidthOf("ab"), SpacesAtEnd::kKept))
    lines.push_back(text.substr(line.begin, line.end - line.begin));
  EXPECT_THAT(lines, ElementsAre("ab  ", "cd "));
}

TEST_F(TypesetterTest, LinesBreakBetweenWords) {
  const float width = WidthOf("the Border Guards of");
  EXPECT_THAT(Wrapped("the Border Guards of Tajikistan", width), ElementsAre("the Border Guards of", "Tajikistan"));
  EXPECT_THAT(Wrapped("the Border Guards of Tajikistan", kWide), ElementsAre("the Border Guards of Tajikistan"));
}

TEST_F(TypesetterTest, LinesDoNotBreakAtASpaceThatHoldsWordsTogether) {
  const std::string text = "at 30\u00A0Aug", before = "at 30";
  EXPECT_THAT(Wrapped(text, WidthOf("at 30\u00A0A")), ElementsAre("at", "30\u00A0Aug"));
}

TEST_F(TypesetterTest, AWordThatIsTooLongIsBrokenBetweenCharacters) {
  const std::string word = "Гузаштанасарҳад";
  const std::vector<std::string> parts = Wrapped(word, WidthOf("Гузашт") + 1);
  EXPECT_GT(parts.size(), 1u);
  std::string all;
  for (const std::string& part : parts) all += part;
  EXPECT_EQ(all, word);
}

TEST_F(TypesetterTest, AJoinedWordThatIsTooLongIsBrokenIntoLinesThatFit) {
  const std::string word = "نیروهایمرزبانیتاجیکستان";
  for (float width = 20; width < 120; width += 3) {
    std::string all;
    for (const std::string& part : Wrapped(word, width)) all += part;
    EXPECT_EQ(all, word) << width;
  }
}

TEST_F(TypesetterTest, LineEndsOfTheTextEndLines) {
  EXPECT_THAT(Wrapped("one\n\ntwo\n", kWide), ElementsAre("one", "", "two", ""));
  EXPECT_THAT(Wrapped("", kWide), ElementsAre(""));
}

TEST_F(TypesetterTest, TheFirstLineOfPersianTextHoldsItsBeginning) {
  const std::string text = "نیروهای مرزبانی تاجیکستان";
  const std::vector<Line> lines = setter.Wrap(text, Face::kBody, WidthOf("نیروهای مرزبانی"));
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(text.substr(lines[0].begin, lines[0].end), "نیروهای مرزبانی");
  EXPECT_TRUE(lines[0].right_to_left);
  EXPECT_EQ(lines[0].glyphs.back().byte, 0u) << "the first letter is not the rightmost";
}

TEST_F(TypesetterTest, WhatFitsIsNotCut) {
  const Line whole = setter.Set("Ansarullah", Face::kBody), fitted = setter.SetWithin("Ansarullah", Face::kBody, kWide);
  EXPECT_EQ(fitted.glyphs.size(), whole.glyphs.size());
}

TEST_F(TypesetterTest, WhatIsTooLongEndsWithAnEllipsisWhereItsReaderArrivesLast) {
  const uint32_t ellipsis = GlyphsOf("…").front();
  const Line latin = setter.SetWithin("Jamaat Ansarullah", Face::kBody, 80);
  EXPECT_LE(latin.width, 80);
  EXPECT_EQ(latin.glyphs.back().glyph, ellipsis);
  EXPECT_EQ(latin.glyphs.front().byte, 0u);
  const Line persian = setter.SetWithin("نیروهای مرزبانی تاجیکستان", Face::kBody, 80);
  EXPECT_LE(persian.width, 80);
  EXPECT_NE(persian.glyphs.front().byte, 0u);
  EXPECT_EQ(persian.glyphs.back().byte, 0u);
}

TEST_F(TypesetterTest, WhereNothingFitsOnlyTheEllipsisStands) {
  EXPECT_THAT(setter.SetWithin("Ansarullah", Face::kBody, 1).glyphs, SizeIs(1));
}

TEST_F(TypesetterTest, ALetterIsNotCutFromItsMark) {
  const std::string text = "и\u0304и\u0304и\u0304и\u0304";  // ӣ in two parts
  for (float width = 1; width < WidthOf(text); width += 1) {
    for (const Line& line : setter.Wrap(text, Face::kBody, width)) EXPECT_EQ((line.end - line.begin) % 4, 0u) << width;
  }
}

TEST_F(TypesetterTest, GlyphsStandBesideEachOtherAndFillTheLine) {
  const Line line = setter.Set("Гузаштан аз сарҳад, (بد) AVA", Face::kBody);
  float at = 0;
  for (const PlacedGlyph& glyph : line.glyphs) {
    EXPECT_FLOAT_EQ(glyph.left, at);
    at = glyph.right;
  }
  EXPECT_FLOAT_EQ(at, line.width);
}

TEST_F(TypesetterTest, ACaretStandsWhereTheNextLetterIsMetFirst) {
  const Line latin = setter.Set("ab", Face::kBody);
  EXPECT_FLOAT_EQ(CaretAt(latin, 0), 0);
  EXPECT_FLOAT_EQ(CaretAt(latin, 1), latin.glyphs[0].right);
  EXPECT_FLOAT_EQ(CaretAt(latin, 2), latin.width);
  const Line persian = setter.Set("بد", Face::kBody);
  EXPECT_FLOAT_EQ(CaretAt(persian, 0), persian.width);
  EXPECT_FLOAT_EQ(CaretAt(persian, 2), persian.glyphs[0].right);
  EXPECT_FLOAT_EQ(CaretAt(persian, 4), 0);
  EXPECT_FLOAT_EQ(CaretAt(setter.Set("", Face::kBody), 0), 0);
}

TEST_F(TypesetterTest, AClickPutsTheCaretAtTheNearerSideOfALetter) {
  const Line latin = setter.Set("ab", Face::kBody), persian = setter.Set("بد", Face::kBody);
  EXPECT_EQ(ByteNear(latin, -10), 0u);
  EXPECT_EQ(ByteNear(latin, latin.glyphs[0].right + 1), 1u);
  EXPECT_EQ(ByteNear(latin, latin.width + 10), 2u);
  EXPECT_EQ(ByteNear(persian, -10), 4u);
  EXPECT_EQ(ByteNear(persian, persian.width + 10), 0u);
}

TEST(FontSetTest, WithoutAFontThatIsRequiredThePackageIsNamed) {
  const Status status = FontSet::Open("/nonexistent", 1).status();
  EXPECT_EQ(status.code(), StatusCode::kNotFound);
  EXPECT_NE(std::string(status.message()).find("fonts-dejavu-core"), std::string::npos);
}

}  // namespace
}  // namespace daftar::text
