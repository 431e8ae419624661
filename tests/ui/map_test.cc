// The map: drawn headless over the sample, moved by mouse and keys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using ui::Role;
namespace keys = ui::keys;

class MapTest : public testing::Test {
 protected:
  explicit MapTest(const std::string& address = "daftar:map") : stage_(address) { stage_.Settle(); }

  const MapPage& page() { return std::get<MapPage>(stage_.screen().content); }
  const MapView& view() { return stage_.screen().map.view; }
  size_t Marks() {
    return static_cast<size_t>(std::count_if(stage_.widgets().begin(), stage_.widgets().end(),
                                             [](const ui::Widget& widget) { return widget.role == Role::kMark; }));
  }
  const ui::Widget* Chosen() {
    for (const ui::Widget& widget : stage_.widgets()) {
      if (widget.role == Role::kMark && widget.focused) return &widget;
    }
    return nullptr;
  }
  void MoveMouse(ImVec2 to) {
    ImGui::GetIO().MousePos = to;
    stage_.Frame();
  }
  ImVec2 MiddleOfCanvas() {
    const ui::Widget& canvas = stage_.Seen(Role::kButton, "Places on the map");
    return {(canvas.left + canvas.right) / 2, (canvas.top + canvas.bottom) / 2};
  }
  void Drag(ImVec2 by, bool shift) {
    const ImVec2 from = MiddleOfCanvas();
    ImGuiIO& io = ImGui::GetIO();
    MoveMouse(from);
    io.KeyShift = shift;
    io.MouseDown[0] = true;
    stage_.Frame();
    MoveMouse({from.x + by.x / 2, from.y + by.y / 2});
    MoveMouse({from.x + by.x, from.y + by.y});
    io.MouseDown[0] = false;
    stage_.Frame();
    io.KeyShift = false;
    stage_.Settle();
  }

  Stage stage_;
};

TEST_F(MapTest, ShowsMarksAndTheSameRecordsAsAList) {
  EXPECT_GT(Marks(), 2u);
  stage_.Press(keys::kHome);
  EXPECT_EQ(page().rows.rows.size(), page().scene->records);
  EXPECT_TRUE(stage_.Sees(Role::kRow, page().rows.rows.at(0).title));
}

TEST_F(MapTest, TheAddressTellsThePlace) {
  EXPECT_THAT(stage_.screen().address, HasSubstr("lat="));
  EXPECT_THAT(stage_.screen().address, HasSubstr("zoom="));
}

TEST_F(MapTest, DraggingMovesTheGroundWithThePointer) {
  const WorldPoint before = view().centre;
  Drag({100, 0}, false);
  EXPECT_NEAR(view().centre.x, before.x - 100 / view().Scale(), 1e-9);
  EXPECT_EQ(view().centre.y, before.y);
}

TEST_F(MapTest, TheWheelZooms) {
  const double before = view().zoom;
  MoveMouse(MiddleOfCanvas());
  ImGui::GetIO().MouseWheel = 2;
  stage_.Frame();
  ImGui::GetIO().MouseWheel = 0;
  stage_.Settle();
  EXPECT_EQ(view().zoom, before + 1);
}

TEST_F(MapTest, PlusAndMinusZoomAndHomeShowsAll) {
  stage_.Press(keys::kHome);
  const double before = view().zoom;
  stage_.Press(keys::kEqual);
  EXPECT_EQ(view().zoom, before + 1);
  stage_.Press(keys::kMinus);
  stage_.Press(keys::kMinus);
  EXPECT_EQ(view().zoom, before - 1);
  stage_.Press(keys::kHome);
  EXPECT_NEAR(view().zoom, before, 1e-9);
}

TEST_F(MapTest, ArrowsMoveTheMapOnceTheKeyboardIsOnIt) {
  for (int i = 0; i < 40 && !stage_.Seen(Role::kButton, "Places on the map").focused; ++i) stage_.Press(keys::kTab);
  ASSERT_TRUE(stage_.Seen(Role::kButton, "Places on the map").focused);
  const double before = view().centre.x;
  stage_.Press(keys::kRight);
  EXPECT_GT(view().centre.x, before);
  EXPECT_TRUE(stage_.Seen(Role::kButton, "Places on the map").focused);
}

TEST_F(MapTest, JAndKGoFromMarkToMarkAndBack) {
  stage_.Press(keys::kJ);
  ASSERT_NE(Chosen(), nullptr);
  const float left = Chosen()->left;
  stage_.Press(keys::kJ);
  EXPECT_NE(Chosen()->left, left);
  stage_.Press(keys::kK);
  EXPECT_EQ(Chosen()->left, left);
}

TEST_F(MapTest, AClickOnAClusterZoomsIn) {
  const auto cluster = std::find_if(stage_.widgets().begin(), stage_.widgets().end(), [](const ui::Widget& widget) {
    return widget.role == Role::kMark && widget.label.starts_with("● ");
  });
  ASSERT_NE(cluster, stage_.widgets().end());
  const double before = view().zoom;
  MoveMouse({(cluster->left + cluster->right) / 2, (cluster->top + cluster->bottom) / 2});
  stage_.PressMouse(0);
  EXPECT_TRUE(view().zoom > before || stage_.screen().map.spot);
}

TEST_F(MapTest, AClickOnAPointOpensItsRecord) {
  // Zoomed in on the first one that stands alone.
  for (const auto& widget : std::vector<ui::Widget>(stage_.widgets())) {
    if (widget.role != Role::kMark || widget.label.starts_with("● ")) continue;
    MoveMouse({(widget.left + widget.right) / 2, (widget.top + widget.bottom) / 2});
    stage_.PressMouse(0);
    EXPECT_TRUE(std::holds_alternative<Page>(stage_.screen().content));
    EXPECT_EQ(stage_.title(), widget.label);
    return;
  }
  FAIL() << "no point stands alone";
}

TEST_F(MapTest, WithShiftABoxIsSearched) {
  Drag({120, 80}, true);
  ASSERT_TRUE(std::holds_alternative<SearchPage>(stage_.screen().content));
  EXPECT_THAT(std::get<SearchPage>(stage_.screen().content).query, StartsWith("kind:incident box:"));
}

TEST_F(MapTest, TheListFollowsWhatIsInView) {
  const size_t before = page().rows.total;
  for (int i = 0; i < 6; ++i) stage_.Press(keys::kEqual);
  EXPECT_LT(page().rows.total, before);
}

TEST_F(MapTest, TheHandlesOfTimeNarrowTheMap) {
  const size_t before = page().scene->records;
  const auto handle = std::find_if(stage_.widgets().begin(), stage_.widgets().end(), [](const ui::Widget& widget) {
    return widget.role == Role::kButton && widget.label.starts_with("From ");
  });
  ASSERT_NE(handle, stage_.widgets().end());
  const ImVec2 at{(handle->left + handle->right) / 2, (handle->top + handle->bottom) / 2};
  MoveMouse(at);
  ImGui::GetIO().MouseDown[0] = true;
  stage_.Frame();
  MoveMouse({at.x + 300, at.y});
  ImGui::GetIO().MouseDown[0] = false;
  stage_.Settle();
  EXPECT_LT(page().scene->records, before);
  EXPECT_THAT(stage_.screen().address, HasSubstr("from="));
}

TEST_F(MapTest, AsAListTheSameSearchIsOpened) {
  stage_.Click(Role::kLink, "as a list");
  ASSERT_TRUE(std::holds_alternative<SearchPage>(stage_.screen().content));
  EXPECT_EQ(std::get<SearchPage>(stage_.screen().content).query, "kind:incident");
}

TEST_F(MapTest, BackFromARecordTheMapIsWhereItWas) {
  for (int i = 0; i < 3; ++i) stage_.Press(keys::kEqual);
  const MapView before = view();
  stage_.Click(Role::kLink, "as a list");
  stage_.Press(keys::kLeft, false, true);
  stage_.Settle();
  EXPECT_NEAR(view().zoom, before.zoom, 0.01);
  EXPECT_NEAR(view().centre.x, before.centre.x, 1e-6);
}

TEST_F(MapTest, TheLegendSaysWhatTheMarksMean) {
  stage_.Click(Role::kLink, "▸ What the marks mean");
  EXPECT_TRUE(stage_.Sees(Role::kText, "dashed line: claimed by somebody else"));
  EXPECT_EQ(stage_.Sees(Role::kText, "wavy line: river"), !Ground::BuiltIn()->rivers().empty());
}

TEST_F(MapTest, WhatTheMapIsMadeOfIsNamed) {
  if (Ground::BuiltIn()->empty()) {
    EXPECT_TRUE(stage_.Sees(Role::kText, "No borders"));
  } else {
    EXPECT_TRUE(stage_.Sees(Role::kText, "Natural Earth"));
    EXPECT_TRUE(stage_.Sees(Role::kText, Ground::BuiltIn()->rivers().empty() ? "No rivers" : "World Data Bank II"));
  }
}

TEST(MapFromSearchTest, ASearchLeadsToItsMap) {
  Stage stage("daftar:search?q=clash");
  stage.Click(Role::kLink, "on the map");
  ASSERT_TRUE(std::holds_alternative<MapPage>(stage.screen().content));
  EXPECT_EQ(std::get<MapPage>(stage.screen().content).query, "clash");
}

}  // namespace
}  // namespace daftar
