// A box of several lines from the keyboard: typing, clipboard, history, marks.
#include "tests/ui/text_box_stage.h"

namespace daftar::ui {
namespace {

class TextBoxTest : public TextBoxStage {};

TEST_F(TextBoxTest, WhatIsTypedIsItsText) {
  Focus();
  Type("شنبه");
  Press(keys::kEnter);
  Type("Ҷанг q");
  EXPECT_EQ(text(), "شنبه\nҶанг q");
  EXPECT_EQ(box_.value, text());
  EXPECT_EQ(changes_, 3);
}

TEST_F(TextBoxTest, WithoutTheKeyboardNothingIsTyped) {
  Type("abc");
  EXPECT_EQ(text(), "");
}

TEST_F(TextBoxTest, EscLeavesItAndLosesNothing) {
  Focus();
  Type("abc");
  Press(keys::kEscape);
  EXPECT_FALSE(focused());
  Type("d");
  EXPECT_EQ(text(), "abc");
}

TEST_F(TextBoxTest, TabComesToItAndLeavesIt) {
  Press(keys::kTab);
  Press(keys::kTab);
  Settle();
  ASSERT_TRUE(focused());
  Type("a");
  Press(keys::kTab);
  EXPECT_FALSE(focused());
  EXPECT_TRUE(registry_.Find(Role::kButton, "behind")->focused);
  EXPECT_EQ(text(), "a");
}

TEST_F(TextBoxTest, EnterOpensItWithoutALineEnd) {
  Press(keys::kTab);
  Press(keys::kTab);
  Press(keys::kEscape);
  ASSERT_FALSE(focused());
  Press(keys::kEnter);
  EXPECT_TRUE(focused());
  EXPECT_EQ(text(), "");
}

TEST_F(TextBoxTest, CopyCutPasteUndoAndRedoByTheirKeys) {
  Open("one دو");
  Press(keys::kA, true);
  Press(keys::kC, true);
  EXPECT_EQ(clipboard_, "one دو");
  Press(keys::kEnd, true);
  Press(keys::kV, true);
  EXPECT_EQ(text(), "one دوone دو");
  Press(keys::kZ, true);
  EXPECT_EQ(text(), "one دو");
  Press(keys::kZ, true, true);
  EXPECT_EQ(text(), "one دوone دو");
  Press(keys::kA, true);
  Press(keys::kX, true);
  EXPECT_EQ(text(), "");
  EXPECT_EQ(clipboard_, "one دوone دو");
  Press(keys::kZ, true);
  Press(keys::kZ, true);
  Press(keys::kY, true);
  EXPECT_EQ(text(), "one دوone دو");
}

TEST_F(TextBoxTest, ArrowsGoWhereTheyPoint) {
  Open("بدر");
  PressOften(keys::kLeft, 2);
  EXPECT_EQ(caret(), 4u);
  Press(keys::kRight);
  EXPECT_EQ(caret(), 2u);
}

TEST_F(TextBoxTest, ArrowsGoWhereTheyPointInAWindowFromRightToLeft) {
  right_to_left_ = true;
  Open("بدر");
  PressOften(keys::kLeft, 2);
  EXPECT_EQ(caret(), 4u);
  Open("abc");
  PressOften(keys::kRight, 2);
  EXPECT_EQ(caret(), 2u);
}

TEST_F(TextBoxTest, WhatHasNoRoomIsTold) {
  Focus();
  clipboard_ = std::string(65 << 10, 'a');
  Press(keys::kV, true);
  EXPECT_EQ(text(), "");
  EXPECT_NE(registry_.FindContaining(Role::kMark, "no room"), nullptr);
  Type("a");
  EXPECT_EQ(registry_.FindContaining(Role::kMark, "no room"), nullptr);
}

TEST_F(TextBoxTest, WhatIsNotTextIsTold) {
  Focus();
  clipboard_ = "a\xFF";
  Press(keys::kV, true);
  EXPECT_EQ(text(), "");
  EXPECT_NE(registry_.FindContaining(Role::kMark, "is not text"), nullptr);
}

TEST_F(TextBoxTest, MarkedWordsAreShownWithTheirLabels) {
  state_.buffer.Reset("three men crossed the river");
  const float plain = (Settle(), height());
  state_.buffer.set_marks({{{0, 5}, "killed"}, {{10, 17}, "type"}});
  Settle();
  ASSERT_NE(registry_.Find(Role::kMark, "killed"), nullptr);
  EXPECT_EQ(registry_.Find(Role::kMark, "killed")->value, "three");
  EXPECT_EQ(registry_.Find(Role::kMark, "type")->value, "crossed");
  EXPECT_GT(height(), plain) << "the labels have room";
}

TEST_F(TextBoxTest, TheSelectionIsToldToWhoeverMarks) {
  Open("three men crossed");
  Press(keys::kRight, true, true);
  EXPECT_EQ(state_.buffer.selection(), (text::ByteRange{0, 6}));
}

TEST_F(TextBoxTest, TheHintIsSeenWhileItIsEmpty) {
  options_.hint = "words of your own";
  Settle();
  const auto letters = [] {
    int vertices = 0;
    for (int i = 0; i < ImGui::GetDrawData()->CmdListsCount; ++i)
      vertices += ImGui::GetDrawData()->CmdLists[i]->VtxBuffer.Size;
    return vertices;
  };
  const int with_hint = letters();
  state_.buffer.Reset(" ");
  Frame();
  EXPECT_LT(letters(), with_hint);
}

// Whatever is pressed, typed, clicked and turned: it goes on, and its text is what it should be.

}  // namespace
}  // namespace daftar::ui
