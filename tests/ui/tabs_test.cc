#include "client/ui/tabs.h"

#include <gtest/gtest.h>

namespace daftar::ui {
namespace {

class TabsTest : public ::testing::Test {
 protected:
  Tabs tabs{OpenTabs{{"a", "b", "c"}, 1}};
};

TEST_F(TabsTest, AreAsTheyWereLeft) { EXPECT_EQ(tabs.open(), (OpenTabs{{"a", "b", "c"}, 1})); }

TEST_F(TabsTest, ANewOneStandsBehindTheShownOneAndIsNotShown) {
  EXPECT_TRUE(tabs.Open("new"));
  EXPECT_EQ(tabs.open(), (OpenTabs{{"a", "b", "new", "c"}, 1}));
}

TEST_F(TabsTest, ClosingOneBeforeTheShownOneLeavesThatShown) {
  EXPECT_TRUE(tabs.Close(0));
  EXPECT_EQ(tabs.open(), (OpenTabs{{"b", "c"}, 0}));
}

TEST_F(TabsTest, ClosingTheShownOneShowsItsNeighbour) {
  EXPECT_TRUE(tabs.Close(1));
  EXPECT_EQ(tabs.open(), (OpenTabs{{"a", "c"}, 1}));
  EXPECT_TRUE(tabs.Close(1));
  EXPECT_EQ(tabs.open(), (OpenTabs{{"a"}, 0}));
}

TEST_F(TabsTest, TheLastOneStays) {
  Tabs one{OpenTabs{{"a"}}};
  EXPECT_FALSE(one.Close(0));
  EXPECT_FALSE(tabs.Close(3));
}

TEST_F(TabsTest, AClosedOneComesBackWithItsHistory) {
  tabs.current().history.Go("further");
  tabs.Close(1);
  EXPECT_TRUE(tabs.Reopen());
  EXPECT_EQ(tabs.current().history.current().address, "further");
  EXPECT_TRUE(tabs.current().history.Back());
  EXPECT_EQ(tabs.current().history.current().address, "b");
  EXPECT_FALSE(tabs.Reopen());
}

TEST_F(TabsTest, GoingOnComesRound) {
  tabs.Cycle(false);
  tabs.Cycle(false);
  EXPECT_EQ(tabs.at(), 0u);
  tabs.Cycle(true);
  EXPECT_EQ(tabs.at(), 2u);
}

TEST_F(TabsTest, ThereAreNotMoreThanFit) {
  while (tabs.Open("more")) {
  }
  EXPECT_EQ(tabs.all().size(), Tabs::kMost);
  EXPECT_EQ(Tabs(OpenTabs{std::vector<std::string>(100, "x"), 99}).at(), Tabs::kMost - 1);
}

}  // namespace
}  // namespace daftar::ui
