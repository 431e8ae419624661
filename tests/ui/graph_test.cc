// The page of a graph: reached from an actor, asked for less and more, opened by mouse and keyboard, saved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/ui/keys.h"
#include "storage/base/files.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using ui::Role;
namespace keys = ui::keys;

class GraphPanelTest : public testing::Test {
 protected:
  const Graph& graph() {
    const Graph* shown = std::get_if<Graph>(&stage_.screen().content);
    if (shown != nullptr) return *shown;
    ADD_FAILURE() << "no graph is shown, but " << stage_.screen().address;
    static const Graph none;
    return none;
  }
  const ui::GraphCamera& camera() { return stage_.screen().camera; }
  // The keyboard is put on the picture.
  void FocusPicture() {
    for (int i = 0; i < 100 && !stage_.Seen(Role::kButton, "Picture").focused; ++i) stage_.Press(keys::kTab);
    ASSERT_TRUE(stage_.Seen(Role::kButton, "Picture").focused);
  }

  Stage stage_{"daftar:graph/sample:JA"};
};

TEST_F(GraphPanelTest, IsReachedFromThePageOfAnActor) {
  Stage stage("daftar:actor/sample:JA");
  stage.Click(Role::kLink, "Graph of its relations");
  EXPECT_EQ(stage.title(), "Relations of Jamaat Ansarullah");
}

TEST_F(GraphPanelTest, EveryNodeIsALinkToItsRecord) {
  for (const GraphNode& node : graph().nodes) EXPECT_EQ(stage_.Seen(Role::kLink, node.name).value, node.address);
}

TEST_F(GraphPanelTest, AClickOnABoxOpensItsRecord) {
  stage_.Click(Role::kLink, "Taliban");
  EXPECT_EQ(stage_.title(), "Taliban");
}

TEST_F(GraphPanelTest, ABoxIsOpenedFromTheKeyboard) {
  for (int i = 0; i < 100 && !stage_.Seen(Role::kLink, "Taliban").focused; ++i) stage_.Press(keys::kTab);
  stage_.Press(keys::kEnter);
  EXPECT_EQ(stage_.title(), "Taliban");
}

TEST_F(GraphPanelTest, AnotherNumberOfHopsIsAClickAway) {
  const size_t before = graph().nodes.size();
  stage_.Click(Role::kButton, "2 hops");
  EXPECT_EQ(graph().hops, 2);
  EXPECT_GT(graph().nodes.size(), before);
  EXPECT_TRUE(stage_.Sees(Role::kButton, "✓ 2 hops"));
}

TEST_F(GraphPanelTest, WhatIsChangedOnThePageIsOneStopOnTheWayBack) {
  stage_.Click(Role::kButton, "2 hops");
  stage_.Click(Role::kButton, "3 hops");
  EXPECT_FALSE(stage_.screen().can_go_back);
}

TEST_F(GraphPanelTest, EarlierAndLaterGoFromChangeToChange) {
  stage_.Click(Role::kButton, "‹ Earlier");
  ASSERT_TRUE(graph().as_of.has_value());
  const int32_t last = *graph().as_of;
  stage_.Click(Role::kButton, "‹ Earlier");
  EXPECT_LT(*graph().as_of, last);
  stage_.Click(Role::kButton, "Later ›");
  EXPECT_EQ(*graph().as_of, last);
  stage_.Click(Role::kButton, "At any time");
  EXPECT_FALSE(graph().as_of.has_value());
}

TEST_F(GraphPanelTest, MoreSourcesLeaveLessAndSayIt) {
  const size_t before = graph().edges.size();
  stage_.Click(Role::kButton, "at least 2");
  EXPECT_LT(graph().edges.size(), before);
  EXPECT_TRUE(stage_.Sees(Role::kText, "too few independent sources"));
}

TEST_F(GraphPanelTest, ATypeIsChosenAndGivenUpAgain) {
  stage_.Click(Role::kButton, "has a base in (2)");
  EXPECT_EQ(graph().type_filter, std::vector<std::string>{"base_in"});
  stage_.Click(Role::kButton, "✓ has a base in (2)");
  EXPECT_TRUE(graph().type_filter.empty());
}

TEST_F(GraphPanelTest, ArrowsMoveThePictureAndPlusMakesItLarger) {
  FocusPicture();
  const ui::GraphCamera before = camera();
  stage_.Press(keys::kRight);
  EXPECT_GT(camera().x, before.x);
  stage_.Press(keys::kEqual);
  EXPECT_GT(camera().zoom, before.zoom);
  EXPECT_TRUE(stage_.Seen(Role::kButton, "Picture").focused);
}

TEST_F(GraphPanelTest, TheWholePictureComesBack) {
  stage_.Click(Role::kButton, "Larger");
  EXPECT_FALSE(camera().whole);
  stage_.Click(Role::kButton, "Whole picture");
  EXPECT_TRUE(camera().whole);
}

TEST_F(GraphPanelTest, TheWheelMakesThePictureLargerAndDoesNotScrollThePage) {
  const float zoom = camera().zoom;
  stage_.Hover(Role::kButton, "Picture");
  ImGui::GetIO().MouseWheel = 1;
  stage_.Frame();
  ImGui::GetIO().MouseWheel = 0;
  stage_.Settle();
  EXPECT_GT(camera().zoom, zoom);
  EXPECT_EQ(stage_.screen().scroll, 0);
}

TEST_F(GraphPanelTest, DraggingMovesThePicture) {
  const float x = camera().x;
  ImGuiIO& io = ImGui::GetIO();
  const ui::Widget& picture = stage_.Seen(Role::kButton, "Picture");
  io.MousePos = {picture.left + 8, picture.top + 8};
  stage_.Frame();
  io.MouseDown[0] = true;
  stage_.Frame();
  io.MousePos.x += 60;
  stage_.Frame();
  stage_.Frame();
  io.MouseDown[0] = false;
  stage_.Frame();
  EXPECT_LT(camera().x, x);
}

TEST_F(GraphPanelTest, TheListHasEveryBoxAndEveryRelation) {
  for (const GraphNode& node : graph().nodes) EXPECT_TRUE(stage_.Sees(Role::kRow, node.sentence)) << node.name;
  for (const GraphEdge& edge : graph().edges) {
    for (const GraphStrand& strand : edge.strands) EXPECT_TRUE(stage_.Sees(Role::kRow, strand.sentence));
  }
}

TEST_F(GraphPanelTest, ARelationIsOpenedFromTheList) {
  const GraphEdge& edge = graph().edges.front();
  const std::string sentence = edge.strands.front().sentence;
  // The wheel belongs to the picture here, so the list is reached by the keyboard.
  for (int i = 0; i < 200 && !stage_.Seen(Role::kRow, sentence).focused; ++i) stage_.Press(keys::kTab);
  stage_.Press(keys::kEnter);
  EXPECT_THAT(stage_.screen().address, HasSubstr("daftar:relation/"));
}

TEST_F(GraphPanelTest, IsSavedAsSvgAndSaysWhere) {
  stage_.Click(Role::kButton, "Save as SVG");
  const std::string path = stage_.saved("Relations of Jamaat Ansarullah.svg");
  EXPECT_TRUE(stage_.Sees(Role::kMark, "Relations of Jamaat Ansarullah.svg"));
  const StatusOr<std::string> svg = ReadFile(path, 1 << 20);
  ASSERT_TRUE(svg.ok()) << svg.status();
  EXPECT_THAT(*svg, HasSubstr("</svg>"));
}

TEST_F(GraphPanelTest, TheTextMirrorTellsAllOfIt) {
  stage_.Press(keys::kF8);
  EXPECT_TRUE(stage_.Sees(Role::kText, "Jamaat Ansarullah — armed group"));
}

}  // namespace
}  // namespace daftar
