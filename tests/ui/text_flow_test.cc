// A caret in lines as they are seen, in all directions, with the fonts that tools/setup installs.
#include "client/ui/text/text_flow.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "client/ui/text/clean_text.h"
#include "client/ui/text/edit_buffer.h"
#include "storage/base/random.h"

namespace daftar::text {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

constexpr float kWide = 100'000;

class TextFlowTest : public ::testing::Test {
 protected:
  void Show(std::string_view text, float width = kWide) {
    buffer.Reset(text);
    width_ = width;
    Update();
    buffer.MoveTo({}, false);
  }
  void Update() {
    flow.Update(buffer.text(), buffer.revision(), {width_, 16, 3, right_to_left_},
                [this](std::string_view paragraph) -> const std::vector<Line>& {
                  ++asked;
                  auto& kept = lines_[{std::string(paragraph), width_}];
                  if (kept.empty()) kept = setter.Wrap(paragraph, Face::kBody, width_, SpacesAtEnd::kKept);
                  return kept;
                });
  }
  size_t Caret() const { return buffer.caret().byte; }
  size_t After(Motion motion, bool select = false) {
    buffer.Move(motion, select, flow);
    return Caret();
  }
  // The places that the caret comes to when a key is pressed so often.
  std::vector<size_t> Way(Motion motion, int times) {
    std::vector<size_t> way;
    for (int i = 0; i < times; ++i) way.push_back(After(motion));
    return way;
  }
  void BeginAtTheRight() {
    right_to_left_ = true;
    Update();
  }
  float X() { return flow.SpotOf(buffer.caret()).x; }
  float WidthOf(std::string_view text) { return setter.Set(text, Face::kBody).width; }

  FontSet fonts = *FontSet::Open(kFontFolder, 1);
  Typesetter setter{fonts};
  EditBuffer buffer;
  TextFlow flow;
  int asked = 0;

 private:
  float width_ = kWide;
  bool right_to_left_ = false;
  std::map<std::pair<std::string, float>, std::vector<Line>> lines_;
};

TEST_F(TextFlowTest, RightGoesOnInLatin) {
  Show("abc");
  EXPECT_THAT(Way(Motion::kRight, 4), ElementsAre(1u, 2u, 3u, 3u));
  EXPECT_THAT(Way(Motion::kLeft, 4), ElementsAre(2u, 1u, 0u, 0u));
}

TEST_F(TextFlowTest, LeftGoesOnInPersian) {
  Show("بدر");
  EXPECT_THAT(Way(Motion::kLeft, 4), ElementsAre(2u, 4u, 6u, 6u));
  EXPECT_THAT(Way(Motion::kRight, 4), ElementsAre(4u, 2u, 0u, 0u));
}

TEST_F(TextFlowTest, EachPressGoesFurtherToItsSideThroughBothDirections) {
  for (const char* text : {"ab بد cd", "بد ab 12 در", "Ҷанги 2023 در درواز (Darvoz)، بود."}) {
    Show(text);
    const bool right_to_left = flow.RightToLeft(0);
    const Motion on = right_to_left ? Motion::kLeft : Motion::kRight,
                 back = right_to_left ? Motion::kRight : Motion::kLeft;
    const float way = right_to_left ? -1 : 1;
    std::set<float> seen{X()};
    const size_t letters = flow.Clusters(0, flow.LinesOf(0).front()).size();
    for (size_t i = 0; i < letters; ++i) {
      const float before = X();
      After(on);
      ASSERT_GT((X() - before) * way, 0) << text << ", press " << i;
      seen.insert(X());
    }
    EXPECT_EQ(seen.size(), letters + 1) << text;
    for (size_t i = 0; i < letters; ++i) {
      const float before = X();
      After(back);
      ASSERT_LT((X() - before) * way, 0) << text << ", press back " << i;
    }
  }
}

TEST_F(TextFlowTest, TypedPersianIsFollowedByTheCaretToItsLeft) {
  Show("ab ");
  buffer.Move(Motion::kTextEnd, false, flow);
  buffer.Insert("ب", true, 1);
  Update();
  const float one = X();
  buffer.Insert("د", true, 2);
  Update();
  EXPECT_FLOAT_EQ(X(), one) << "it stands at the left of what was typed, where the next letter pushes the others";
  EXPECT_FLOAT_EQ(X(), WidthOf("ab "));
}

TEST_F(TextFlowTest, InTheMiddleOfLatinTheCaretStaysWithTheLetterThatWasTyped) {
  Show("ab cd");
  buffer.MoveTo({3, false}, false);
  buffer.Insert("بد", true, 1);
  Update();
  EXPECT_FLOAT_EQ(X(), WidthOf("ab "));
  EXPECT_EQ(Caret(), 7u);
}

TEST_F(TextFlowTest, AtTheRightEdgeOfPersianStandsItsBeginning) {
  Show("بد", 300);
  EXPECT_FLOAT_EQ(X(), 300);
  After(Motion::kTextEnd);
  EXPECT_FLOAT_EQ(X(), 300 - WidthOf("بد"));
}

TEST_F(TextFlowTest, WhereNothingStandsTheCaretIsWhereTheReaderBegins) {
  Show("\nab", 300);
  EXPECT_FLOAT_EQ(X(), 0);
  BeginAtTheRight();
  EXPECT_FLOAT_EQ(X(), 300);
  EXPECT_EQ(After(Motion::kLeft), 1u);
  EXPECT_FLOAT_EQ(X(), 0) << "Latin begins at the left all the same";
}

TEST_F(TextFlowTest, LettersThatShareAGlyphHaveEachItsPlace) {
  Show("لا");
  After(Motion::kLeft);
  EXPECT_EQ(Caret(), 2u);
  const float width = WidthOf("لا");
  EXPECT_GT(X(), kWide - width);
  EXPECT_LT(X(), kWide);
}

TEST_F(TextFlowTest, ACharacterOfSeveralIsPassedAtOnce) {
  const std::string family = "👩\u200D👧", text = "a" + family + "q\u0323\u0307می\u200Cش";
  Show(text);
  const size_t q = 1 + family.size();
  EXPECT_THAT(Way(Motion::kRight, 3), ElementsAre(1u, q, q + 5));
  After(Motion::kTextEnd);
  buffer.Erase(EditBuffer::Erasing::kCharacterBefore, 1);
  Update();
  EXPECT_EQ(Caret(), text.size() - 2);
}

TEST_F(TextFlowTest, WordsAreFollowedInTheDirectionOfTheParagraph) {
  Show("one two, سه");
  EXPECT_THAT(Way(Motion::kWordRight, 4), ElementsAre(4u, 7u, 9u, 13u));
  EXPECT_THAT(Way(Motion::kWordLeft, 4), ElementsAre(9u, 7u, 4u, 0u));
  Show("یک دو می\u200Cشود");
  EXPECT_THAT(Way(Motion::kWordLeft, 3), ElementsAre(5u, 10u, 23u));
  EXPECT_THAT(Way(Motion::kWordRight, 3), ElementsAre(10u, 5u, 0u));
}

TEST_F(TextFlowTest, TheWayLeadsFromParagraphToParagraph) {
  Show("ab\n\ncd");
  EXPECT_THAT(Way(Motion::kRight, 6), ElementsAre(1u, 2u, 3u, 4u, 5u, 6u));
  EXPECT_THAT(Way(Motion::kLeft, 6), ElementsAre(5u, 4u, 3u, 2u, 1u, 0u));
}

TEST_F(TextFlowTest, ThroughAWrappedLineEachPressPassesALetter) {
  Show("ab cd ef", WidthOf("ab cd"));
  ASSERT_EQ(flow.Count(0), 2);
  EXPECT_THAT(Way(Motion::kRight, 8), ElementsAre(1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u));
  EXPECT_THAT(Way(Motion::kLeft, 8), ElementsAre(7u, 6u, 5u, 4u, 3u, 2u, 1u, 0u));
}

TEST_F(TextFlowTest, ASpaceAtTheEndOfALineIsPassedByTheCaret) {
  Show("ab ");
  After(Motion::kTextEnd);
  EXPECT_FLOAT_EQ(X(), WidthOf("ab "));
}

TEST_F(TextFlowTest, HomeAndEndAreThoseOfTheLineThatIsSeen) {
  Show("ab cd ef", WidthOf("ab cd"));
  After(Motion::kRight);
  EXPECT_EQ(After(Motion::kLineEnd), 6u);
  EXPECT_EQ(flow.SpotOf(buffer.caret()).line, 0u);
  EXPECT_EQ(After(Motion::kLineBegin), 0u);
  EXPECT_EQ(After(Motion::kTextEnd), 8u);
  EXPECT_EQ(After(Motion::kLineBegin), 6u);
  EXPECT_EQ(flow.SpotOf(buffer.caret()).line, 1u);
}

TEST_F(TextFlowTest, UpAndDownRememberWhereTheyBegan) {
  Show("abcdef\na\nabcdef");
  for (int i = 0; i < 4; ++i) After(Motion::kRight);
  EXPECT_THAT(Way(Motion::kDown, 2), ElementsAre(8u, 13u));
  EXPECT_THAT(Way(Motion::kUp, 2), ElementsAre(8u, 4u));
  After(Motion::kDown);
  After(Motion::kLeft);
  EXPECT_EQ(After(Motion::kDown), 9u) << "from where it went to the left";
}

TEST_F(TextFlowTest, AboveTheFirstLineIsTheBeginningAndBelowTheLastTheEnd) {
  Show("abc\ndef");
  After(Motion::kRight);
  EXPECT_EQ(After(Motion::kUp), 0u);
  EXPECT_THAT(Way(Motion::kDown, 2), ElementsAre(5u, 7u));
}

TEST_F(TextFlowTest, APageIsAsManyLinesAsAreSeen) {
  Show("1\n2\n3\n4\n5\n6");
  EXPECT_THAT(Way(Motion::kPageDown, 3), ElementsAre(6u, 10u, 11u));
  EXPECT_EQ(After(Motion::kPageUp), 4u) << "below where it began";
}

TEST_F(TextFlowTest, BetweenDirectionsDownGoesStraightDown) {
  Show("سلام دنیا\nabcdefghijk", 200);
  const float x = X();
  After(Motion::kDown);
  EXPECT_EQ(Caret(), buffer.text().size()) << "the right end";
  EXPECT_LT(X(), x);
}

TEST_F(TextFlowTest, WithShiftTheWayIsSelected) {
  Show("ab بد cd");
  for (int i = 0; i < 3; ++i) After(Motion::kRight);
  EXPECT_EQ(After(Motion::kWordRight, true), 8u);
  EXPECT_EQ(buffer.selected(), "بد ");
}

TEST_F(TextFlowTest, BeforeAWordOfTheOtherDirectionTheCaretStandsAtTheEndOfTheSelection) {
  Show("بد AKI در", 300);
  After(Motion::kWordLeft, true);
  EXPECT_EQ(buffer.selected(), "بد ");
  EXPECT_FLOAT_EQ(X(), 300 - WidthOf("بد "));
}

TEST_F(TextFlowTest, WhatWasSelectedIsLeftAtTheSideOfTheKey) {
  Show("ab cd");
  buffer.Select({1, 4});
  EXPECT_EQ(After(Motion::kLeft), 1u);
  buffer.Select({1, 4});
  EXPECT_EQ(After(Motion::kRight), 4u);
  Show("بدر");
  buffer.Select({2, 4});
  EXPECT_EQ(After(Motion::kLeft), 4u);
  buffer.Select({2, 4});
  EXPECT_EQ(After(Motion::kRight), 2u);
}

TEST_F(TextFlowTest, TheHalfOfALetterThatIsClickedOnSaysAtWhichSide) {
  Show("ab");
  const float a = WidthOf("a");
  EXPECT_EQ(flow.CaretIn(0, 0, a * 0.4f).byte, 0u);
  EXPECT_EQ(flow.CaretIn(0, 0, a * 0.6f).byte, 1u);
  EXPECT_EQ(flow.CaretIn(0, 0, 5000).byte, 2u);
  Show("بد", 300);
  EXPECT_EQ(flow.CaretIn(0, 0, 299).byte, 0u);
  EXPECT_EQ(flow.CaretIn(0, 0, 0).byte, 4u);
}

TEST_F(TextFlowTest, OnlyWhatIsAskedForIsSet) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "one more paragraph of the text\n";
  Show(text, 200);
  EXPECT_EQ(flow.paragraphs(), 5001u);
  flow.SpotOf({text.size() / 2, false});
  EXPECT_LE(flow.newly_set(), 2u);
}

TEST_F(TextFlowTest, AfterAChangeTheOtherParagraphsAreStillKnown) {
  Show("one\ntwo\nthree\nfour");
  for (size_t i = 0; i < 4; ++i) flow.Count(i);
  const size_t before = flow.newly_set();
  buffer.MoveTo({5, false}, false);
  buffer.Insert("x\ny", false, 1);
  Update();
  for (size_t i = 0; i < flow.paragraphs(); ++i) flow.Count(i);
  EXPECT_EQ(flow.newly_set() - before, 2u);
  EXPECT_EQ(flow.TextOf(1), "tx");
  EXPECT_EQ(flow.TextOf(2), "ywo");
  EXPECT_EQ(flow.TextOf(3), "three");
}

// What is kept of a text that is edited at random is what a new one would say.
TEST_F(TextFlowTest, EditedAtRandomItIsAsIfSetAnew) {
  SeededRandom random(7);
  constexpr const char* kPieces[] = {"\n", "\n\n", "a", "بد", "one two three four", "\u0301"};
  Show("one\ntwo", 60);
  for (int i = 0; i < 300; ++i) {
    buffer.MoveTo({random.Below(buffer.text().size() + 1), false}, false);
    buffer.MoveTo({random.Below(buffer.text().size() + 1), false}, random.Below(4) == 0);
    buffer.Insert(kPieces[random.Below(std::size(kPieces))], false, i);
    Update();
    std::vector<std::string_view> paragraphs;
    for (size_t at = 0; at <= buffer.text().size();) {
      const size_t end = std::min(buffer.text().find('\n', at), buffer.text().size());
      paragraphs.push_back(std::string_view(buffer.text()).substr(at, end - at));
      at = end + 1;
    }
    ASSERT_EQ(flow.paragraphs(), paragraphs.size());
    for (size_t p = 0; p < paragraphs.size(); ++p) {
      ASSERT_EQ(flow.TextOf(p), paragraphs[p]);
      const int count = flow.Count(p);
      ASSERT_EQ(count, static_cast<int>(flow.LinesOf(p).size()));
    }
  }
}

// Wherever the caret comes to, it can be shown there, and a click there brings it back.
TEST_F(TextFlowTest, EveryPlaceIsSeenWhereAClickFindsIt) {
  for (const float width : {kWide, 90.0f}) {
    Show("Ҷанг: در درواز، Darvoz 12–13 (می\u200Cشود)!\nشنبه 30 Aug\n\nq\u0323\u0307 👩\u200D👧 🇹🇯 لا x", width);
    for (size_t step = 0; step < 400; ++step) {
      const size_t before = Caret();
      const Spot spot = flow.SpotOf(buffer.caret());
      const Spot clicked = flow.SpotOf(flow.CaretIn(spot.paragraph, spot.line, spot.x));
      ASSERT_NEAR(clicked.x, spot.x, 0.01) << "byte " << before << " at width " << width;
      After(flow.RightToLeft(before) ? Motion::kLeft : Motion::kRight);
    }
    EXPECT_EQ(Caret(), buffer.text().size()) << "at width " << width;
  }
}

}  // namespace
}  // namespace daftar::text
