// What is marked in text: found and selected.
#include "client/ui/text_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daftar::ui {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using What = TextMark::What;

class TextMarksTest : public ::testing::Test {
 protected:
  std::vector<TextMark> Paragraph(std::string_view text) { return marks_.NextParagraph(text, paragraph_); }

  TextMarks marks_;
  std::string paragraph_;
};

TEST_F(TextMarksTest, CountsWhatIsFoundInAllTextsOfAFrame) {
  marks_.BeginFrame();
  marks_.BeginSeeking("a", 1);
  EXPECT_THAT(marks_.Next("a cat"), SizeIs(2));
  EXPECT_THAT(marks_.Next("dog"), IsEmpty());
  EXPECT_THAT(Paragraph("rat"), SizeIs(1));
  EXPECT_EQ(marks_.found(), 3u);
}

TEST_F(TextMarksTest, TheCurrentOneIsMarkedMost) {
  marks_.BeginFrame();
  marks_.BeginSeeking("a", 1);
  const std::vector<TextMark> marks = marks_.Next("a cat");
  ASSERT_THAT(marks, SizeIs(2));
  EXPECT_EQ(marks[0].what, What::kFound);
  EXPECT_EQ(marks[1].what, What::kCurrent);
}

TEST_F(TextMarksTest, OutsideOfThePageNothingIsSought) {
  marks_.BeginFrame();
  marks_.BeginSeeking("a", 0);
  marks_.EndSeeking();
  EXPECT_THAT(marks_.Next("a cat"), IsEmpty());
}

TEST_F(TextMarksTest, OfTwoEqualTextsOneIsSelected) {
  marks_.BeginFrame();
  Paragraph("the same");
  marks_.Press(paragraph_, "the same", 0, 1);
  marks_.Drag(paragraph_, 3);
  marks_.BeginFrame();
  EXPECT_THAT(Paragraph("the same"), SizeIs(1));
  EXPECT_THAT(Paragraph("the same"), IsEmpty());
  EXPECT_EQ(marks_.selected(), "the");
}

TEST_F(TextMarksTest, DrawnBackwardsItIsTheSame) {
  Paragraph("one two");
  marks_.Press(paragraph_, "one two", 7, 1);
  marks_.Drag(paragraph_, 4);
  EXPECT_EQ(marks_.selected(), "two");
}

TEST_F(TextMarksTest, FromAWordOnWholeWordsAreSelected) {
  Paragraph("one two three");
  marks_.Press(paragraph_, "one two three", 5, 2);
  EXPECT_EQ(marks_.selected(), "two");
  marks_.Drag(paragraph_, 9);
  EXPECT_EQ(marks_.selected(), "two three");
  marks_.Drag(paragraph_, 1);
  EXPECT_EQ(marks_.selected(), "one two");
}

TEST_F(TextMarksTest, WhatWasReleasedIsDrawnNoFurther) {
  Paragraph("one two");
  marks_.Press(paragraph_, "one two", 0, 1);
  marks_.Drag(paragraph_, 3);
  marks_.Release();
  marks_.Drag(paragraph_, 7);
  EXPECT_EQ(marks_.selected(), "one");
}

TEST_F(TextMarksTest, APlaceAloneIsNothing) {
  Paragraph("one two");
  marks_.Press(paragraph_, "one two", 3, 1);
  EXPECT_EQ(marks_.selected(), "");
}

}  // namespace
}  // namespace daftar::ui
