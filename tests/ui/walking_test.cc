// From row to row with the keyboard, a look at a record at the side, more of what was found, words sought in the page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/ui/keys.h"
#include "tests/ui/stage.h"
#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using ui::Role;
namespace keys = ui::keys;

// The row of a record that has the keyboard.
const ui::Widget* FocusedRow(const Stage& stage) {
  for (const ui::Widget& widget : stage.widgets()) {
    if (widget.focused && widget.role == Role::kRow && IsRecordAddress(widget.value)) return &widget;
  }
  return nullptr;
}
std::string FocusedLabel(const Stage& stage) {
  const ui::Widget* row = FocusedRow(stage);
  return row == nullptr ? "" : row->label;
}

class WalkingTest : public testing::Test {
 protected:
  const List& Incidents() { return std::get<List>(stage_.screen().content); }
  Stage stage_{"daftar:list/incident"};
};

TEST_F(WalkingTest, JGoesToTheFirstRowAndOnAndKBack) {
  const std::string first = Incidents().rows[0].title, second = Incidents().rows[1].title;
  stage_.Press(keys::kJ);
  EXPECT_EQ(FocusedLabel(stage_), first);
  stage_.Press(keys::kJ);
  EXPECT_EQ(FocusedLabel(stage_), second);
  stage_.Press(keys::kK);
  EXPECT_EQ(FocusedLabel(stage_), first);
  stage_.Press(keys::kK);
  EXPECT_EQ(FocusedLabel(stage_), first);
}

TEST_F(WalkingTest, TheArrowsDoTheSame) {
  stage_.Press(keys::kDown);
  stage_.Press(keys::kDown);
  EXPECT_EQ(FocusedLabel(stage_), Incidents().rows[1].title);
  stage_.Press(keys::kUp);
  EXPECT_EQ(FocusedLabel(stage_), Incidents().rows[0].title);
}

TEST_F(WalkingTest, WhatIsMarkedIsSeenHoweverFarDownItIs) {
  const size_t last = Incidents().rows.size() - 1;
  for (size_t i = 0; i <= last; ++i) stage_.Press(keys::kJ);
  ASSERT_NE(FocusedRow(stage_), nullptr);
  EXPECT_EQ(FocusedRow(stage_)->label, Incidents().rows[last].title);
  EXPECT_GT(FocusedRow(stage_)->bottom, FocusedRow(stage_)->top);
}

TEST_F(WalkingTest, EnterOpensTheMarkedRow) {
  stage_.Press(keys::kJ);
  const std::string title = FocusedLabel(stage_);
  stage_.Press(keys::kEnter);
  EXPECT_EQ(stage_.title(), title);
}

TEST_F(WalkingTest, LettersThatAreTypedWalkNowhere) {
  stage_.Press(keys::kK, true);
  stage_.Press(keys::kJ);
  EXPECT_EQ(FocusedRow(stage_), nullptr);
}

// --- the panel at the side ------------------------------------------------------------------------------------------

TEST_F(WalkingTest, SpaceShowsTheMarkedRecordAtTheSideAndThePageStays) {
  stage_.Press(keys::kJ);
  const std::string title = FocusedLabel(stage_);
  stage_.Press(keys::kSpace);
  EXPECT_EQ(stage_.title(), "Incidents");
  EXPECT_TRUE(stage_.screen().side.open);
  EXPECT_GT(stage_.Seen(Role::kHeading, title).left, 1280 / 2);
}

TEST_F(WalkingTest, SpaceOnceMoreClosesIt) {
  stage_.Press(keys::kJ);
  stage_.Press(keys::kSpace);
  stage_.Press(keys::kSpace);
  EXPECT_FALSE(stage_.screen().side.open);
}

TEST_F(WalkingTest, WhileItIsOpenItFollowsTheMarkedRow) {
  stage_.Press(keys::kJ);
  stage_.Press(keys::kSpace);
  stage_.Press(keys::kJ);
  EXPECT_EQ(stage_.screen().side.address, Incidents().rows[1].address);
  EXPECT_EQ(std::get<Page>(stage_.screen().side.content).title, Incidents().rows[1].title);
}

TEST_F(WalkingTest, EscClosesItAndF7BringsItBack) {
  stage_.Press(keys::kJ);
  stage_.Press(keys::kSpace);
  const std::string address = stage_.screen().side.address;
  stage_.Press(keys::kEscape);
  EXPECT_FALSE(stage_.screen().side.open);
  stage_.Press(keys::kF7);
  EXPECT_TRUE(stage_.screen().side.open);
  EXPECT_EQ(stage_.screen().side.address, address);
}

TEST_F(WalkingTest, SpaceShowsWhatTheMouseIsOver) {
  stage_.Hover(Role::kRow, Incidents().rows[2].title);
  stage_.Press(keys::kSpace);
  EXPECT_EQ(stage_.screen().side.address, Incidents().rows[2].address);
}

TEST_F(WalkingTest, WithNothingChosenItSaysHowToChoose) {
  stage_.Press(keys::kF7);
  EXPECT_TRUE(stage_.Sees(Role::kText, "Press Space on a row"));
}

TEST_F(WalkingTest, ANarrowWindowHasNoRoomForIt) {
  stage_.Press(keys::kF7);
  stage_.Resize(900, 700);
  EXPECT_FALSE(stage_.Sees(Role::kText, "Press Space on a row"));
}

TEST_F(WalkingTest, ItsTitleOpensTheRecord) {
  stage_.Press(keys::kJ);
  stage_.Press(keys::kSpace);
  const std::string title = FocusedLabel(stage_), address = stage_.screen().side.address;
  // A link that goes on in the next line is there twice.
  std::string first;
  for (const ui::Widget& widget : stage_.widgets()) {
    if (widget.role == Role::kLink && widget.value == address && first.empty()) first = widget.label;
  }
  stage_.Click(Role::kLink, first);
  EXPECT_EQ(stage_.title(), title);
}

TEST_F(WalkingTest, ItsWidthIsDrawnWithTheMouse) {
  stage_.Press(keys::kF7);
  const float before = stage_.screen().side.width;
  stage_.Hover(Role::kButton, "Width of the panel at the side");
  ImGuiIO& io = ImGui::GetIO();
  io.MouseDown[0] = true;
  stage_.Frame();
  io.MousePos.x -= 60;
  stage_.Frame();
  io.MouseDown[0] = false;
  stage_.Settle();
  EXPECT_NEAR(stage_.screen().side.width, before + 60, 1);
}

// --- more of what was found -----------------------------------------------------------------------------------------

class MoreHitsTest : public testing::Test {
 protected:
  const SearchPage& Found() { return std::get<SearchPage>(stage_.screen().content); }
  // In a window so high that nothing is scrolled: at the end of a page that is, more come by themselves.
  void Press() {
    stage_.Resize(1280, 4400);
    ASSERT_EQ(Found().rows.size(), 60u);
    EXPECT_THAT(Found().more_words, HasSubstr("60 of " + std::to_string(Found().total)));
    last_ = Found().rows[58].title;
    before_ = stage_.Seen(Role::kRow, last_).top;
    stage_.Click(Role::kButton, Found().more_words);
  }

  std::string last_;
  float before_ = 0;
  Stage stage_{"daftar:search?q=-zzzzzz"};
};

TEST_F(MoreHitsTest, AButtonShowsTwiceAsManyAndThePlaceStays) {
  Press();
  EXPECT_EQ(Found().rows.size(), 120u);
  EXPECT_NEAR(stage_.Seen(Role::kRow, last_).top, before_, 2);
}

TEST_F(MoreHitsTest, ScrollingToTheEndGetsThemAll) {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {500, 500};
  const uint64_t total = Found().total;
  for (int i = 0; i < 400 && Found().rows.size() < total; ++i) {
    io.MouseWheel = -5;
    stage_.Frame();
    io.MouseWheel = 0;
    stage_.Frame();
  }
  EXPECT_EQ(Found().rows.size(), total);
  EXPECT_TRUE(Found().more_words.empty());
}

TEST_F(MoreHitsTest, OnTheWayBackAsManyAreThere) {
  Press();
  ASSERT_EQ(Found().rows.size(), 120u);
  stage_.Press(keys::kF1);
  stage_.Press(keys::kLeft, false, true);
  EXPECT_EQ(Found().rows.size(), 120u);
}

TEST_F(MoreHitsTest, ANewQueryBeginsWithTheFirst) {
  Press();
  stage_.Press(keys::kK, true);
  stage_.Type("-yyyyyy ");
  EXPECT_EQ(Found().rows.size(), 60u);
}

// --- words in the page ----------------------------------------------------------------------------------------------

class FindTest : public testing::Test {
 protected:
  void Find(std::string_view words) {
    stage_.Press(keys::kF, true);
    stage_.Type(words);
  }
  std::string Count() {
    for (const ui::Widget& widget : stage_.widgets()) {
      if (widget.role == Role::kText && widget.label.find(" of ") != std::string::npos && widget.label.size() < 12)
        return widget.label;
    }
    return "";
  }
  Stage stage_{"daftar:incident/sample:I01"};
};

TEST_F(FindTest, CtrlFPutsTheKeyboardIntoAField) {
  stage_.Press(keys::kF, true);
  EXPECT_TRUE(stage_.Seen(Role::kField, "Find in the page").focused);
}

TEST_F(FindTest, CountsWhatIsFoundWhateverTheCase) {
  Find("DARVOZ");
  EXPECT_THAT(Count(), StartsWith("1 of "));
}

TEST_F(FindTest, F3GoesOnAndRound) {
  Find("darvoz");
  const int total = std::stoi(Count().substr(5));
  ASSERT_GT(total, 1);
  stage_.Press(keys::kF3);
  EXPECT_EQ(Count(), "2 of " + std::to_string(total));
  for (int i = 1; i < total; ++i) stage_.Press(keys::kF3);
  EXPECT_EQ(Count(), "1 of " + std::to_string(total));
}

TEST_F(FindTest, SaysThatNothingIsFound) {
  Find("zebracrossing");
  EXPECT_TRUE(stage_.Sees(Role::kText, "not found"));
}

TEST_F(FindTest, EscClosesItAndNothingElse) {
  stage_.Press(keys::kF7);
  Find("darvoz");
  stage_.Press(keys::kEscape);
  EXPECT_FALSE(stage_.Sees(Role::kField, "Find in the page"));
  EXPECT_TRUE(stage_.screen().side.open);
}

TEST_F(FindTest, WhatIsFoundFarDownIsScrolledTo) {
  stage_.Resize(1100, 500);
  Find("codes and keys");
  stage_.Settle();
  const ui::Widget& heading = stage_.Seen(Role::kHeading, "Codes and keys");
  EXPECT_GT(heading.bottom, heading.top);
}

// --- text that is selected ------------------------------------------------------------------------------------------

class SelectingTest : public testing::Test {
 protected:
  // A text that stands in one line and is no link.
  const ui::Widget& Line(Stage& stage, const std::string& label) { return stage.Seen(Role::kText, label); }
  std::string Copied(Stage& stage) {
    ImGui::SetClipboardText("nothing");
    stage.Press(keys::kC, true);
    return ImGui::GetClipboardText();
  }
  static void Click(Stage& stage, float x, float y, int times) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {x, y};
    stage.Frame();
    for (int i = 0; i < times; ++i) {
      io.MouseDown[0] = true;
      stage.Frame();
      io.MouseDown[0] = false;
      stage.Frame();
    }
  }
};

TEST_F(SelectingTest, DrawingOverATextSelectsIt) {
  Stage stage("daftar:home");
  const std::string text = "Incidents and the actors behind them, with the source of every statement.";
  const ui::Widget line = stage.Seen(Role::kText, text);
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {line.left + 1, (line.top + line.bottom) / 2};
  stage.Frame();
  io.MouseDown[0] = true;
  stage.Frame();
  io.MousePos.x = line.left + ImGui::GetIO().DisplaySize.x;
  stage.Frame();
  io.MouseDown[0] = false;
  stage.Frame();
  EXPECT_EQ(Copied(stage), text);
}

TEST_F(SelectingTest, TwoClicksSelectAWordAndThreeTheWhole) {
  Stage stage("daftar:home");
  const std::string text = "Incidents and the actors behind them, with the source of every statement.";
  const ui::Widget line = stage.Seen(Role::kText, text);
  Click(stage, line.left + 20, (line.top + line.bottom) / 2, 2);
  EXPECT_EQ(Copied(stage), "Incidents");
  stage.Pass(2000);
  for (int i = 0; i < 60; ++i) stage.Frame();
  Click(stage, line.left + 20, (line.top + line.bottom) / 2, 3);
  EXPECT_EQ(Copied(stage), text);
}

TEST_F(SelectingTest, InDariTheFirstWordIsAtTheRight) {
  const InLanguage speaking(Language::kDari);
  Stage stage("daftar:home");
  const std::string text = "رویدادها و بازیگران آن‌ها، با منبع هر گفته.";
  const ui::Widget line = stage.Seen(Role::kText, text);
  Click(stage, line.right - 12, (line.top + line.bottom) / 2, 2);
  EXPECT_EQ(Copied(stage), "رویدادها");
}

TEST_F(SelectingTest, AClickElsewhereEndsIt) {
  Stage stage("daftar:home");
  const ui::Widget line =
      stage.Seen(Role::kText, "Incidents and the actors behind them, with the source of every statement.");
  Click(stage, line.left + 20, (line.top + line.bottom) / 2, 2);
  Click(stage, 1270, 860, 1);
  EXPECT_EQ(Copied(stage), "nothing");
}

TEST_F(SelectingTest, ALinkIsOpenedAndNotSelected) {
  Stage stage("daftar:home");
  stage.Click(Role::kLink, "Incidents");
  EXPECT_EQ(stage.title(), "Incidents");
}

// --- the history of a record ----------------------------------------------------------------------------------------

TEST(HistoryInTheWindowTest, CtrlHLeadsThereAndBack) {
  Stage stage("daftar:incident/sample:I01");
  const std::string title = stage.title();
  stage.Press(keys::kH, true);
  EXPECT_EQ(stage.title(), "History: " + title);
  EXPECT_TRUE(stage.Sees(Role::kText, "Before"));
  stage.Press(keys::kH, true);
  EXPECT_EQ(stage.title(), title);
}

TEST(HistoryInTheWindowTest, ThePageOfARecordLeadsThere) {
  Stage stage("daftar:actor/sample:JA");
  stage.Click(Role::kLink, "History");
  EXPECT_THAT(stage.title(), StartsWith("History: "));
  stage.Press(keys::kF8);
  EXPECT_TRUE(stage.Sees(Role::kText, "Record created"));
}

TEST(DuplicatesInTheWindowTest, StandOnThePageOfAnActorWithTheirReasons) {
  Stage stage("daftar:actor/sample:TJ-SSC");
  EXPECT_TRUE(stage.Sees(Role::kHeading, "Possibly the same"));
  EXPECT_TRUE(stage.Sees(Role::kText, "An editor was unsure: "));
  stage.Click(Role::kLink, "State Security Council of Tajikistan");
  EXPECT_EQ(stage.title(), "State Security Council of Tajikistan");
}

// --- the language changes -------------------------------------------------------------------------------------------

TEST(SayingAnewTest, NoticesAndTheFormAreSaidInTheNewLanguage) {
  const InLanguage restore(Language::kEnglish);
  Stage stage("daftar:incident/sample:I01");
  stage.Press(keys::kN, true);
  stage.Settle();
  stage.Press(keys::kEnter, true);
  stage.Settle();
  ASSERT_TRUE(stage.Sees(Role::kMark, "say why this is added") || stage.Sees(Role::kText, "say why this is added"));
  app::IndexProgress index;
  index.error = "disk full";
  stage.desk().OnIndex(index);
  stage.desk().Set("language", "ru");
  stage.Settle();
  EXPECT_THAT(stage.screen().editor->open.reason_problems, testing::ElementsAre("скажите, зачем это добавлено"));
  EXPECT_EQ(stage.screen().notice, "Новые тексты пока нельзя искать: disk full");
}

}  // namespace
}  // namespace daftar
