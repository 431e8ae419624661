// A box of several lines, in a window of its own: keys, mouse, scrolling, both directions.
#include "client/ui/text_box.h"

#include <gmock/gmock.h>

#include <array>

#include "client/ui/keys.h"
#include "storage/base/random.h"

namespace daftar::ui {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// One box in an empty window, and a script at the keys.
class TextBoxTest : public ::testing::Test {
 protected:
  TextBoxTest() : context_(ImGui::CreateContext()), ui_(registry_, ThemeOf(ThemeKind::kLight)) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {800, 600};
    io.DeltaTime = 1.0f / 60;
    io.ConfigInputTextCursorBlink = false;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.KeyMap[ImGuiKey_Tab] = keys::kNoTab;
    io.KeyMap[ImGuiKey_LeftArrow] = keys::kLeft;
    io.KeyMap[ImGuiKey_RightArrow] = keys::kRight;
    io.KeyMap[ImGuiKey_UpArrow] = keys::kUp;
    io.KeyMap[ImGuiKey_DownArrow] = keys::kDown;
    io.KeyMap[ImGuiKey_Enter] = keys::kEnter;
    io.KeyMap[ImGuiKey_Space] = keys::kSpace;
    io.KeyMap[ImGuiKey_Escape] = keys::kEscape;
    io.GetClipboardTextFn = [](void* held) { return static_cast<std::string*>(held)->c_str(); };
    io.SetClipboardTextFn = [](void* held, const char* text) { *static_cast<std::string*>(held) = text; };
    io.ClipboardUserData = &clipboard_;
    fonts_ = *Fonts::Load(text::kFontFolder, 1);
    ui_.set_fonts(fonts_.get());
    ApplyTheme(ui_.theme(), 1);
    Frame();
  }
  ~TextBoxTest() override { ImGui::DestroyContext(context_); }

  void Frame() {
    ImGuiIO& io = ImGui::GetIO();
    const ImVec2 mouse = io.MousePos;
    ui_.sides().BeginFrame(right_to_left_);
    ImGui::NewFrame();
    fonts_->BeginFrame();
    ui_.BeginFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    ui_.Button("before");
    if (ui_.TextBox("Text", state_, options_)) ++changes_;
    box_ = *registry_.Find(Role::kField, "Text");
    ui_.Button("behind");
    options_.focus = false;
    ImGui::End();
    ImGui::Render();
    ui_.sides().EndFrame();
    io.MousePos = mouse;
  }
  void Settle() {
    for (int i = 0; i < 3; ++i) Frame();
  }
  void Focus() {
    options_.focus = true;
    Settle();
  }
  void Open(std::string_view text) {
    state_.buffer.Reset(text);
    Focus();
    Press(keys::kHome, true);
  }
  void Type(std::string_view text) {
    ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
    Settle();
  }
  void Press(int key, bool ctrl = false, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
    io.KeyCtrl = ctrl;
    io.KeyShift = shift;
    io.KeysDown[key] = true;
    Frame();
    io.KeysDown[key] = false;
    Frame();
    io.KeyCtrl = io.KeyShift = false;
    Frame();
  }
  void PressOften(int key, int times) {
    for (int i = 0; i < times; ++i) Press(key);
  }
  // On the screen, from the box's upper left corner.
  ImVec2 At(float x, float y) const { return {box_.left + x, box_.top + y}; }
  void ClickAt(ImVec2 at, int times = 1, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = at;
    io.KeyShift = shift;
    Frame();
    for (int i = 0; i < times; ++i) {
      io.MouseDown[0] = true;
      Frame();
      io.MouseDown[0] = false;
      Frame();
    }
    io.KeyShift = false;
    Frame();
  }
  void DragFromTo(ImVec2 from, ImVec2 to) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = from;
    Frame();
    io.MouseDown[0] = true;
    Frame();
    io.MousePos = to;
    Frame();
    Frame();
    io.MouseDown[0] = false;
    Frame();
  }
  void Turn(float lines) {
    ImGui::GetIO().MouseWheel = lines;
    Frame();
    ImGui::GetIO().MouseWheel = 0;
    Frame();
  }
  const std::string& text() const { return state_.buffer.text(); }
  std::string selected() const { return state_.buffer.selected(); }
  size_t caret() const { return state_.buffer.caret().byte; }
  bool focused() const { return box_.focused && ImGui::GetIO().WantTextInput; }
  float height() const { return box_.bottom - box_.top; }
  float pitch() const { return std::floor(fonts_->height(Face::kBody) * 1.32f); }
  // Of the letters of a line, from the box's left edge.
  static constexpr float kPadding = 10, kFirstLine = 12;

  ImGuiContext* const context_;
  std::string clipboard_;
  std::unique_ptr<Fonts> fonts_;
  Registry registry_;
  Ui ui_;
  TextBoxState state_;
  TextBoxOptions options_{.width = 400};
  Widget box_{Role::kField, "", ""};
  bool right_to_left_ = false;
  int changes_ = 0;
};

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

TEST_F(TextBoxTest, AClickElsewhereLeavesIt) {
  Focus();
  ClickAt({700, 500});
  EXPECT_FALSE(focused());
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

TEST_F(TextBoxTest, AClickPutsTheCaretWhereItIs) {
  Open("abc\nبدر");
  ClickAt(At(kPadding + ui_.Measure("ab").x, kFirstLine));
  EXPECT_EQ(caret(), 2u);
  const float right = 400 - kPadding - 6;
  ClickAt(At(right - 1, kFirstLine + pitch()));
  EXPECT_EQ(caret(), 4u) << "the beginning of Persian, at the right";
  ClickAt(At(kPadding, kFirstLine + pitch()));
  EXPECT_EQ(caret(), 10u) << "its end, to the left";
}

TEST_F(TextBoxTest, AClickPutsTheCaretWhereItIsInAWindowFromRightToLeft) {
  right_to_left_ = true;
  Open("abc\nبدر");
  ClickAt(At(kPadding + 6 + ui_.Measure("ab").x, kFirstLine));
  EXPECT_EQ(caret(), 2u) << "Latin is at the left there, too";
  ClickAt(At(400 - kPadding - 1, kFirstLine + pitch()));
  EXPECT_EQ(caret(), 4u);
}

TEST_F(TextBoxTest, TheMouseSelects) {
  Open("one two three");
  const float y = kFirstLine;
  DragFromTo(At(kPadding + ui_.Measure("one ").x, y), At(kPadding + ui_.Measure("one two").x, y));
  EXPECT_EQ(selected(), "two");
  ClickAt(At(kPadding + ui_.Measure("one two").x, y), 1, true);
  EXPECT_EQ(selected(), "two");
}

TEST_F(TextBoxTest, TwoClicksSelectAWordAndThreeAParagraph) {
  Open("one two three\nfour");
  ClickAt(At(kPadding + ui_.Measure("one t").x, kFirstLine), 2);
  EXPECT_EQ(selected(), "two");
  ImGui::GetIO().DeltaTime = 1;
  Frame();
  ImGui::GetIO().DeltaTime = 1.0f / 60;
  ClickAt(At(kPadding + ui_.Measure("one t").x, kFirstLine), 3);
  EXPECT_EQ(selected(), "one two three");
}

TEST_F(TextBoxTest, DrawnOverItsEdgeItScrolls) {
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

TEST_F(TextBoxTest, ItGrowsWithItsTextAndThenScrolls) {
  Focus();
  const float least = height();
  for (int i = 0; i < 5; ++i) Press(keys::kEnter);
  EXPECT_FLOAT_EQ(height(), least + 3 * pitch());
  for (int i = 0; i < 40; ++i) Press(keys::kEnter);
  EXPECT_FLOAT_EQ(height(), least + 9 * pitch());
  EXPECT_EQ(state_.top, 45u - 11) << "the last line is at the bottom";
}

TEST_F(TextBoxTest, LongLinesAreWrapped) {
  Focus();
  Type("دهم سنبله در ولسوالی درواز میان افراد مسلح و مرزبانان درگیری شد و سه تن کشته شدند، به گفتهٔ منبع.");
  EXPECT_GE(state_.flow.Count(0), 2);
  for (const text::Line& line : state_.flow.LinesOf(0)) EXPECT_LE(line.width, 400);
}

TEST_F(TextBoxTest, TheCaretIsKeptInSight) {
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

TEST_F(TextBoxTest, TheWheelScrollsAndTheCaretStays) {
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

TEST_F(TextBoxTest, TheBarScrollsToWhereItIsDrawn) {
  std::string lines;
  for (int i = 0; i < 101; ++i) lines += std::to_string(i) + "\n";
  Open(lines);
  DragFromTo(At(395, kFirstLine), At(395, height() / 2));
  EXPECT_NEAR(static_cast<double>(state_.top), 45, 4);
  DragFromTo(At(395, kFirstLine), At(395, height() - 1));
  EXPECT_EQ(state_.top, 101u - 11);
  EXPECT_EQ(selected(), "");
}

TEST_F(TextBoxTest, OfAHugeTextOnlyWhatIsInSightIsSet) {
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
TEST_F(TextBoxTest, GoesOnWhateverIsPressed) {
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
