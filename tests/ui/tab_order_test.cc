// The whole window from the keyboard.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using ui::Role;
namespace keys = ui::keys;

bool IsControl(const ui::Widget& widget) {
  return widget.enabled && widget.role != Role::kHeading && widget.role != Role::kText && widget.role != Role::kMark;
}

class TabOrderTest : public testing::TestWithParam<const char*> {
 protected:
  // The place of the control that has the keyboard among all of them; nullopt: none has it.
  std::optional<size_t> Focused() const {
    size_t number = 0;
    std::optional<size_t> found;
    for (const ui::Widget& widget : stage_.widgets()) {
      if (!IsControl(widget)) continue;
      if (widget.focused) found = number;
      ++number;
    }
    return found;
  }
  std::string Label(size_t control) const {
    for (const ui::Widget& widget : stage_.widgets()) {
      if (IsControl(widget) && control-- == 0) return widget.label;
    }
    return "";
  }
  size_t Controls() const {
    return static_cast<size_t>(std::count_if(stage_.widgets().begin(), stage_.widgets().end(), IsControl));
  }

  Stage stage_{GetParam()};
};

TEST_P(TabOrderTest, TabReachesEveryControlOneAfterTheOtherAndComesRound) {
  const size_t controls = Controls();
  ASSERT_GT(controls, 8u);
  for (size_t i = 0; i < controls; ++i) {
    stage_.Press(keys::kTab);
    ASSERT_EQ(Controls(), controls);
    ASSERT_EQ(Focused(), i) << "after \"" << Label(i) << "\" was to have it";
  }
  stage_.Press(keys::kTab);
  EXPECT_EQ(Focused(), 0u);
}

TEST_P(TabOrderTest, ShiftTabGoesBack) {
  stage_.Press(keys::kTab);
  stage_.Press(keys::kTab);
  ASSERT_EQ(Focused(), 1u);
  ImGui::GetIO().KeyShift = true;
  stage_.Press(keys::kTab);
  EXPECT_EQ(Focused(), 0u);
  stage_.Press(keys::kTab);
  EXPECT_EQ(Focused(), Controls() - 1);
}

TEST_P(TabOrderTest, WhatHasTheKeyboardCanBeSeen) {
  const size_t controls = Controls();
  for (size_t i = 0; i < controls; ++i) {
    stage_.Press(keys::kTab);
    for (const ui::Widget& widget : stage_.widgets()) {
      EXPECT_TRUE(!IsControl(widget) || !widget.focused || widget.bottom > widget.top) << widget.label;
    }
  }
}

TEST_P(TabOrderTest, F6GoesThroughThePartsOfTheWindow) {
  std::set<size_t> seen;
  for (int i = 0; i < 6; ++i) {
    stage_.Press(keys::kF6);
    ASSERT_TRUE(Focused());
    seen.insert(*Focused());
  }
  EXPECT_GE(seen.size(), 2u);
  EXPECT_TRUE(seen.contains(0));
}

INSTANTIATE_TEST_SUITE_P(Pages, TabOrderTest,
                         testing::Values("daftar:home", "daftar:list/incident", "daftar:incident/sample:I01",
                                         "daftar:search?q=ansarullah", "daftar:keys"));

TEST(TabOrderOnHomeTest, EnterAndSpaceOpenWhatHasTheKeyboard) {
  for (const int key : {keys::kEnter, keys::kSpace}) {
    Stage stage;
    while (!stage.Seen(Role::kRow, "Actors").focused) stage.Press(keys::kTab);
    stage.Press(key);
    EXPECT_EQ(stage.title(), "Actors");
  }
}

TEST(TabOrderOnHomeTest, TabPutsTheKeyboardIntoTheSearchBoxAndOutOfIt) {
  Stage stage;
  while (!stage.Seen(Role::kField, "Search").focused) stage.Press(keys::kTab);
  stage.Type("dar");
  EXPECT_EQ(stage.screen().search_text, "dar");
  stage.Press(keys::kTab);
  EXPECT_FALSE(stage.Seen(Role::kField, "Search").focused);
  stage.Type("x");
  EXPECT_EQ(stage.screen().search_text, "dar");
}

}  // namespace
}  // namespace daftar
