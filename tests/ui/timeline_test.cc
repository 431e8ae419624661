// The timeline as it is drawn: zoomed, moved, opened, by mouse and by keyboard.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using ui::Role;
namespace keys = ui::keys;

class TimelinePanelTest : public testing::Test {
 protected:
  const Timeline& timeline() { return std::get<Timeline>(stage_.screen().content); }
  double span() { return timeline().window.span(); }
  // The first bar of an incident.
  std::string FirstBar() {
    for (const ui::Widget& widget : stage_.widgets()) {
      if (widget.role == Role::kRow && widget.value.starts_with("daftar:incident/")) return widget.label;
    }
    return "";
  }

  Stage stage_{"daftar:timeline?from=2023-01-01&to=2023-12-31"};
};

TEST_F(TimelinePanelTest, LanesAreNamedAndCounted) {
  EXPECT_TRUE(stage_.Sees(Role::kHeading, "Incidents: "));
  EXPECT_TRUE(stage_.Sees(Role::kHeading, "Relations: "));
}

TEST_F(TimelinePanelTest, PlusAndMinusZoomAndHomeShowsAll) {
  const double before = span();
  stage_.Press(keys::kEqual);
  EXPECT_LT(span(), before);
  stage_.Press(keys::kMinus);
  EXPECT_NEAR(span(), before, 1e-6);
  stage_.Press(keys::kHome);
  EXPECT_EQ(timeline().window, timeline().whole);
}

TEST_F(TimelinePanelTest, TheWheelZoomsWhereTheMouseIsAndThePageStays) {
  const ui::Widget strip = stage_.Seen(Role::kText, Say("timeline.density"));
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {strip.left + 0.75f * (strip.right - strip.left), strip.top - 60};
  stage_.Settle();
  const TimeWindow before = timeline().window;
  io.MouseWheel = 1;
  stage_.Frame();
  io.MouseWheel = 0;
  stage_.Settle();
  EXPECT_LT(span(), before.span());
  EXPECT_NEAR(timeline().window.from + 0.75 * span(), before.from + 0.75 * before.span(), 0.5);
  EXPECT_EQ(stage_.Seen(Role::kText, Say("timeline.density")).top, strip.top);
}

TEST_F(TimelinePanelTest, ClickingTheStripMovesTheWindowThere) {
  const ui::Widget strip = stage_.Seen(Role::kText, Say("timeline.density"));
  ImGui::GetIO().MousePos = {strip.left + 0.5f * (strip.right - strip.left), strip.top + 10};
  stage_.Settle();
  stage_.PressMouse(0);
  const TimeWindow& whole = timeline().whole;
  EXPECT_NEAR(timeline().window.from + span() / 2, whole.from + whole.span() / 2, whole.span() * 0.01);
}

TEST_F(TimelinePanelTest, DraggingMovesTimeAndOpensNothing) {
  const ui::Widget strip = stage_.Seen(Role::kText, Say("timeline.density"));
  const TimeWindow before = timeline().window;
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {strip.right - 20, strip.top - 60};
  stage_.Settle();
  io.MouseDown[0] = true;
  stage_.Frame();
  for (int i = 0; i < 10; ++i) {
    io.MousePos.x -= 20;
    stage_.Frame();
  }
  io.MouseDown[0] = false;
  stage_.Settle();
  EXPECT_GT(timeline().window.from, before.from);
  EXPECT_NEAR(span(), before.span(), 1e-6);
}

TEST_F(TimelinePanelTest, ArrowsMoveTime) {
  const TimeWindow before = timeline().window;
  stage_.Press(keys::kRight);
  EXPECT_GT(timeline().window.from, before.from);
  stage_.Press(keys::kLeft);
  EXPECT_NEAR(timeline().window.from, before.from, 1e-6);
}

TEST_F(TimelinePanelTest, TheAddressFollowsTheWindow) {
  stage_.Click(Role::kButton, "closer");
  EXPECT_EQ(stage_.screen().address, AddressOf(timeline()));
  EXPECT_THAT(stage_.screen().address, HasSubstr("from=2023-"));
}

TEST_F(TimelinePanelTest, BackFromARecordLeadsToTheSameWindow) {
  stage_.Click(Role::kButton, "closer");
  const std::string address = stage_.screen().address;
  stage_.Click(Role::kRow, FirstBar());
  EXPECT_THAT(stage_.screen().address, HasSubstr("daftar:incident/"));
  stage_.Press(keys::kLeft, false, /*alt=*/true);
  EXPECT_EQ(stage_.screen().address, address);
}

TEST_F(TimelinePanelTest, JAndKChooseAndEnterOpens) {
  stage_.Press(keys::kJ);
  stage_.Press(keys::kJ);
  stage_.Press(keys::kK);
  stage_.Press(keys::kEnter);
  stage_.Settle();
  EXPECT_THAT(stage_.screen().address, HasSubstr("daftar:incident/"));
}

TEST_F(TimelinePanelTest, TypingInTheSearchBoxNarrowsIt) {
  const size_t before = timeline().data->spread.size();
  stage_.Press(keys::kK, true);
  stage_.Type("darvoz");
  ASSERT_TRUE(std::holds_alternative<Timeline>(stage_.screen().content));
  EXPECT_EQ(timeline().query, "darvoz");
  EXPECT_LT(timeline().data->spread.size(), before);
}

TEST_F(TimelinePanelTest, AHalfTypedQueryLeavesItStanding) {
  stage_.Press(keys::kK, true);
  stage_.Type("darvoz acter:x");
  EXPECT_TRUE(timeline().problem.has_value());
  EXPECT_GT(timeline().data->dated, 0u);
}

TEST_F(TimelinePanelTest, AsAListIsASearchForItsDays) {
  stage_.Click(Role::kLink, "as a list");
  EXPECT_THAT(stage_.screen().address, HasSubstr("daftar:search"));
  EXPECT_THAT(stage_.screen().search_text, HasSubstr("date:2023-01-01..2023-12-31"));
}

TEST_F(TimelinePanelTest, ASearchLeadsToItsTimeline) {
  Stage stage("daftar:search?q=darvoz");
  stage.Click(Role::kLink, "timeline");
  EXPECT_EQ(stage.screen().address, "daftar:timeline?q=darvoz");
}

TEST_F(TimelinePanelTest, WhatHasNoDateIsCounted) { EXPECT_TRUE(stage_.Sees(Role::kHeading, "Without a date")); }

}  // namespace
}  // namespace daftar
