// Dates and figures in running text.
#include "storage/authoring/find_spoken.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Words(std::string_view text, std::optional<WordRange> range) {
  return range ? std::string(text.substr(range->begin, range->end - range->begin)) : "";
}

std::vector<std::string> All(std::string_view text, const std::vector<WordRange>& ranges) {
  std::vector<std::string> words;
  for (const WordRange& range : ranges) words.push_back(Words(text, range));
  return words;
}

std::string Date(std::string_view text) { return Words(text, FindDate(text)); }
std::string Figure(std::string_view text) { return Words(text, FindFigure(text)); }

TEST(FindSpoken, TheLongestRunOfWordsThatIsADateIsFound) {
  EXPECT_EQ(Date("on the night of 30 August 2023, in Darvoz"), "night of 30 August 2023");
  EXPECT_EQ(Date("(it was 2023-09-04)."), "2023-09-04");
  EXPECT_EQ(Date("ба шаби 30 августи 2023 рӯй дод"), "шаби 30 августи 2023");
}

TEST(FindSpoken, WordsWithoutAYearAreNoDate) { EXPECT_EQ(Date("on Friday, 30 August, at night"), ""); }

TEST(FindSpoken, AFigureIsFoundAmongOtherWords) {
  EXPECT_EQ(Figure("four armed men were killed"), "four");
  EXPECT_EQ(Figure("at least 20 people"), "at least 20");
  EXPECT_EQ(Figure("убиты трое боевиков"), "трое");
  EXPECT_EQ(Figure("سه تن کشته شدند"), "سه");
}

TEST(FindSpoken, AMeasureHasAUnitAndAFigureHasNone) {
  constexpr std::string_view kText = "some 5 kg of opium";
  EXPECT_EQ(Words(kText, FindMeasure(kText)), "some 5 kg");
  EXPECT_EQ(Figure(kText), "some 5");
}

TEST(FindSpoken, WordsWithoutANumberAreNoFigure) {
  EXPECT_EQ(Figure("several dozens, about"), "");
  EXPECT_EQ(Figure(""), "");
}

TEST(FindSpoken, AllDatesAndFiguresOfATextStandInTheirOrder) {
  constexpr std::string_view kText =
      "On 4 Sep 2023 three men and two women were held; by 7 September 2023, 12 rifles were found.";
  EXPECT_THAT(All(kText, DatesIn(kText)), ElementsAre("4 Sep 2023", "by 7 September 2023"));
  EXPECT_THAT(All(kText, FiguresIn(kText)), ElementsAre("three", "two", "12"));
}

TEST(FindSpoken, TheYearOfADateIsNoFigure) { EXPECT_THAT(FiguresIn("since 30 August 2023"), IsEmpty()); }

TEST(FindSpoken, WordsLoseThePunctuationAtTheirEnds) {
  constexpr std::string_view kText = "«Kevron», 38.4; (well-known)  ‹…›";
  EXPECT_THAT(All(kText, WordsIn(kText)), ElementsAre("Kevron", "38.4", "well-known"));
}

TEST(FindSpoken, TextThatIsNoUtf8IsSearchedAllTheSame) { EXPECT_EQ(Figure("\xFF\xFE seven \xC3"), "seven"); }

}  // namespace
}  // namespace daftar
