// A box of several lines under the mouse: clicks, scrolling, what is in sight; and a monkey.
#include <gmock/gmock.h>

#include <array>

#include "storage/base/random.h"
#include "tests/ui/text_box_stage.h"

namespace daftar::ui {
namespace {

using ::testing::StartsWith;

class TextBoxMouseTest : public TextBoxStage {};

TEST_F(TextBoxMouseTest, AClickElsewhereLeavesIt) {
  Focus();
  ClickAt({700, 500});
  EXPECT_FALSE(focused());
}

TEST_F(TextBoxMouseTest, AClickPutsTheCaretWhereItIs) {
  Open("abc\nبدر");
  ClickAt(At(kPadding + ui_.Measure("ab").x, kFirstLine));
  EXPECT_EQ(caret(), 2u);
  const float right = 400 - kPadding - 6;
  ClickAt(At(right - 1, kFirstLine + pitch()));
  EXPECT_EQ(caret(), 4u) << "the beginning of Persian, at the right";
  ClickAt(At(kPadding, kFirstLine + pitch()));
  EXPECT_EQ(caret(), 10u) << "its end, to the left";
}

TEST_F(TextBoxMouseTest, AClickPutsTheCaretWhereItIsInAWindowFromRightToLeft) {
  right_to_left_ = true;
  Open("abc\nبدر");
  ClickAt(At(kPadding + 6 + ui_.Measure("ab").x, kFirstLine));
  EXPECT_EQ(caret(), 2u) << "Latin is at the left there, too";
  ClickAt(At(400 - kPadding - 1, kFirstLine + pitch()));
  EXPECT_EQ(caret(), 4u);
}

TEST_F(TextBoxMouseTest, TheMouseSelects) {
  Open("one two three");
  const float y = kFirstLine;
  DragFromTo(At(kPadding + ui_.Measure("one ").x, y), At(kPadding + ui_.Measure("one two").x, y));
  EXPECT_EQ(selected(), "two");
  ClickAt(At(kPadding + ui_.Measure("one two").x, y), 1, true);
  EXPECT_EQ(selected(), "two");
}

TEST_F(TextBoxMouseTest, TwoClicksSelectAWordAndThreeAParagraph) {
  Open("one two three\nfour");
  ClickAt(At(kPadding + ui_.Measure("one t").x, kFirstLine), 2);
  EXPECT_EQ(selected(), "two");
  ImGui::GetIO().DeltaTime = 1;
  Frame();
  ImGui::GetIO().DeltaTime = 1.0f / 60;
  ClickAt(At(kPadding + ui_.Measure("one t").x, kFirstLine), 3);
  EXPECT_EQ(selected(), "one two three");
}

TEST_F(TextBoxMouseTest, DrawnOverItsEdgeItScrolls) {
  std::string lines;
  for (int i = 0; i < 60; ++i) lines += "line\n";
  Open(lines);
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = At(kPadding, kFirstLine);
  Frame();
  io.MouseDown[0] = true;
  Frame();
  io.MousePos = {box_.left + kPadding, box_.bottom + 20};
  for (int i = 0; i < 8; ++i) Frame();
  io.MouseDown[0] = false;
  Frame();
  EXPECT_GT(state_.top, 3u);
  EXPECT_THAT(selected(), StartsWith("line\nline\n"));
  EXPECT_GT(selected().size(), 14 * 5u);
}

TEST_F(TextBoxMouseTest, ItGrowsWithItsTextAndThenScrolls) {
  Focus();
  const float least = height();
  for (int i = 0; i < 5; ++i) Press(keys::kEnter);
  EXPECT_FLOAT_EQ(height(), least + 3 * pitch());
  for (int i = 0; i < 40; ++i) Press(keys::kEnter);
  EXPECT_FLOAT_EQ(height(), least + 9 * pitch());
  EXPECT_EQ(state_.top, 45u - 11) << "the last line is at the bottom";
}

TEST_F(TextBoxMouseTest, LongLinesAreWrapped) {
  Focus();
  Type("دهم سنبله در ولسوالی درواز میان افراد مسلح و مرزبانان درگیری شد و سه تن کشته شدند، به گفتهٔ منبع.");
  EXPECT_GE(state_.flow.Count(0), 2);
  for (const text::Line& line : state_.flow.LinesOf(0)) EXPECT_LE(line.width, 400);
}

TEST_F(TextBoxMouseTest, TheCaretIsKeptInSight) {
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += std::to_string(i) + "\n";
  Open(lines);
  EXPECT_EQ(state_.top, 0u);
  Press(keys::kPageDown);
  Press(keys::kPageDown);
  EXPECT_EQ(state_.flow.SpotOf(state_.buffer.caret()).paragraph, 22u);
  EXPECT_EQ(state_.top, 11u);
  Press(keys::kEnd, true);
  EXPECT_EQ(state_.top, 100u - 11);
  Press(keys::kHome, true);
  EXPECT_EQ(state_.top, 0u);
}

TEST_F(TextBoxMouseTest, TheWheelScrollsAndTheCaretStays) {
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += std::to_string(i) + "\n";
  Open(lines);
  ImGui::GetIO().MousePos = At(100, 60);
  Settle();
  Turn(-4);
  EXPECT_EQ(state_.top, 12u);
  EXPECT_EQ(caret(), 0u);
  Turn(100);
  EXPECT_EQ(state_.top, 0u);
  Turn(-1000);
  EXPECT_EQ(state_.top, 100u - 11);
}

TEST_F(TextBoxMouseTest, TheBarScrollsToWhereItIsDrawn) {
  std::string lines;
  for (int i = 0; i < 101; ++i) lines += std::to_string(i) + "\n";
  Open(lines);
  DragFromTo(At(395, kFirstLine), At(395, height() / 2));
  EXPECT_NEAR(static_cast<double>(state_.top), 45, 4);
  DragFromTo(At(395, kFirstLine), At(395, height() - 1));
  EXPECT_EQ(state_.top, 101u - 11);
  EXPECT_EQ(selected(), "");
}

TEST_F(TextBoxMouseTest, OfAHugeTextOnlyWhatIsInSightIsSet) {
  std::string lines;
  while (lines.size() < (64 << 10) - 40) lines += "a paragraph of some words, در درواز\n";
  Open(lines);
  const size_t opened = state_.flow.newly_set();
  EXPECT_LE(opened, 60u);
  Press(keys::kEnd, true);
  for (int i = 0; i < 20; ++i) Type("x");
  Press(keys::kPageUp);
  Press(keys::kHome, true);
  // Each letter sets the paragraph that it is typed in, a jump what comes into sight.
  EXPECT_LE(state_.flow.newly_set() - opened, 80u);
}

TEST_F(TextBoxMouseTest, GoesOnWhateverIsPressed) {
  constexpr std::array kKeys{keys::kLeft,   keys::kRight,    keys::kUp,     keys::kDown,      keys::kHome,  keys::kEnd,
                             keys::kPageUp, keys::kPageDown, keys::kDelete, keys::kBackspace, keys::kEnter, keys::kTab,
                             keys::kEscape, keys::kA,        keys::kC,      keys::kX,         keys::kV,     keys::kZ,
                             keys::kY,      keys::kInsert,   keys::kSpace};
  constexpr const char* kTyped[] = {"a",      "ҷ",      "ب",   "طالبان", " ",     "\u200C",
                                    "\u0301", "\uFFFD", "(1)", "%s##",   "\n\n\n"};
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    SeededRandom random(seed);
    ImGuiIO& io = ImGui::GetIO();
    clipboard_ = "pasted 👩\u200D👧 متن\n";
    for (int i = 0; i < 1500; ++i) {
      const uint64_t what = random.Below(10);
      int key = -1;
      if (what < 2) {
        io.AddInputCharactersUTF8(kTyped[random.Below(std::size(kTyped))]);
      } else if (what < 6) {
        key = kKeys[random.Below(kKeys.size())];
        io.KeyCtrl = random.Below(3) == 0;
        io.KeyShift = random.Below(3) == 0;
        io.KeyAlt = random.Below(12) == 0;
        io.KeysDown[key] = true;
      } else if (what == 6) {
        io.MousePos = {static_cast<float>(random.Below(900)) - 50, static_cast<float>(random.Below(700)) - 50};
      } else if (what == 7) {
        io.MouseDown[0] ^= true;
      } else if (what == 8) {
        io.MouseWheel = static_cast<float>(random.Below(9)) - 4;
      } else if (random.Below(20) == 0) {
        options_.width = 30 + static_cast<float>(random.Below(600));
        right_to_left_ = random.Below(2) == 0;
        options_.focus = true;
        if (random.Below(4) == 0) state_.buffer.set_marks({{{0, random.Below(40)}, "label"}, {{5, 9}, "another"}});
      }
      Frame();
      if (key >= 0) io.KeysDown[key] = false;
      io.KeyCtrl = io.KeyShift = io.KeyAlt = false;
      io.MouseWheel = 0;
      ASSERT_LE(caret(), text().size());
      ASSERT_LT(state_.top, state_.flow.paragraphs());
      ASSERT_EQ(box_.value, text());
    }
  }
}

}  // namespace
}  // namespace daftar::ui
