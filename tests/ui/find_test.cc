// Words sought in a text, and the word at a place.
#include "client/ui/text/find.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace daftar::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Found(std::string_view text, std::string_view sought) {
  std::string all;
  for (const ByteRange& range : FindAll(text, sought))
    all += "[" + std::string(text.substr(range.begin, range.end - range.begin)) + "]";
  return all;
}
std::string Word(std::string_view text, size_t byte) {
  const ByteRange range = WordAt(text, byte);
  return std::string(text.substr(range.begin, range.end - range.begin));
}

TEST(FindTest, CaseMakesNoDifferenceInAnyScript) {
  EXPECT_EQ(Found("Clash, a clash", "CLASH"), "[Clash][clash]");
  EXPECT_EQ(Found("Ансоруллоҳ", "ансор"), "[Ансор]");
}
TEST(FindTest, AccentsThatStandApartAreTakenWithTheirLetter) { EXPECT_EQ(Found("И\u0304 и", "и"), "[И\u0304][и]"); }
TEST(FindTest, ArabicLettersOfOneSoundAreOne) {
  EXPECT_EQ(Found("علي", "علی"), "[علي]");
  EXPECT_EQ(Found("می\u200Cشود", "میشود"), "[می\u200Cشود]");
}
TEST(FindTest, ALineEndIsASpace) { EXPECT_EQ(Found("border\nguard", "border guard"), "[border\nguard]"); }
TEST(FindTest, WhatOverlapsIsFoundOnce) { EXPECT_EQ(Found("aaa", "aa"), "[aa]"); }
TEST(FindTest, NothingIsFoundForNothing) {
  EXPECT_THAT(FindAll("abc", ""), IsEmpty());
  EXPECT_THAT(FindAll("abc", "\u200C"), IsEmpty());
  EXPECT_THAT(FindAll("", "a"), IsEmpty());
}
TEST(FindTest, NotMoreIsFoundThanAnybodyReads) {
  EXPECT_THAT(FindAll(std::string(10'000, 'a'), "a"), SizeIs(kMostFound));
}
TEST(FindTest, WhatIsNotUtf8IsNoHarm) { EXPECT_EQ(Found("a\xFF\x62", "b"), "[b]"); }

TEST(WordAtTest, IsTheWordRoundThePlace) {
  EXPECT_EQ(Word("the Border Guard", 6), "Border");
  EXPECT_EQ(Word("the Border Guard", 4), "Border");
  EXPECT_EQ(Word("مرز تاجیکستان", 8), "تاجیکستان");
  EXPECT_EQ(Word("Гузаштан", 16), "Гузаштан");
}
TEST(WordAtTest, OfNoTextIsNothing) { EXPECT_EQ(WordAt("", 0), (ByteRange{0, 0})); }

}  // namespace
}  // namespace daftar::text
