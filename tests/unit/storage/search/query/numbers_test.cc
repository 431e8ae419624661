// Numbers and areas of queries.
#include <gtest/gtest.h>

#include "tests/unit/storage/search/query/describe.h"

namespace daftar::search {
namespace {

TEST(QueryNumbersTest, ReadsComparisonsAndRanges) {
  EXPECT_EQ(Read("killed:3"), "killed[3..3]");
  EXPECT_EQ(Read("killed:=3"), "killed[3..3]");
  EXPECT_EQ(Read("wounded:>=3"), "wounded[3..]");
  EXPECT_EQ(Read("captured:>3"), "captured[4..]");
  EXPECT_EQ(Read("missing:<5"), "missing[0..4]");
  EXPECT_EQ(Read("roots:<=5"), "roots[0..5]");
  EXPECT_EQ(Read("accounts:3..10"), "accounts[3..10]");
  EXPECT_EQ(Read("killed:3.."), "killed[3..]");
  EXPECT_EQ(Read("killed:..10"), "killed[0..10]");
  EXPECT_EQ(Read("killed:0"), "killed[0..0]");
}

TEST(QueryNumbersTest, ReadsSignsAndDigitsOfOtherScripts) {
  EXPECT_EQ(Read("killed:≥۳"), "killed[3..]");
  EXPECT_EQ(Read("killed:≤٥"), "killed[0..5]");
}

TEST(QueryNumbersTest, RefusesWhatIsNoWholeNumber) {
  EXPECT_EQ(Read("killed:many"), "column 8: \"many\" is not a number: write 3, >=3, <5 or 3..10");
  for (const char* text : {"killed:1.5", "killed:-3", "killed:1,000", "killed:><3", "killed:..", "killed:1e3",
                           "killed:1234567890", "killed:<0", "killed:>"}) {
    EXPECT_FALSE(ParseQuery(text, 0).ok()) << text;
  }
}

TEST(QueryNumbersTest, SuggestsARangeTheRightWayRound) {
  EXPECT_EQ(CheckQuery("killed:10..3", 0)->suggestion, "killed:3..10");
}

TEST(QueryNumbersTest, ReadsABoxInDegrees) {
  EXPECT_EQ(Read("box:36.6,67.3,41.1,75.2"), "box[366000000 673000000 411000000 752000000]");
  EXPECT_EQ(Read("box:\"-1.5, -2, 3, 4.1234567\""), "box[-15000000 -20000000 30000000 41234567]");
}

TEST(QueryNumbersTest, LetsABoxLieOverTheDateLine) {
  EXPECT_EQ(Read("box:-10,170,10,-170"), "box[-100000000 1700000000 100000000 -1700000000]");
}

TEST(QueryNumbersTest, RefusesABoxThatIsNone) {
  for (const char* text :
       {"box:1,2,3", "box:1,2,3,4,5", "box:3,2,1,4", "box:-91,0,0,0", "box:0,0,0,181", "box:a,b,c,d", "box:1,,3,4"}) {
    EXPECT_FALSE(ParseQuery(text, 0).ok()) << text;
  }
}

TEST(QueryNumbersTest, PutsABoxAroundACircle) {
  StatusOr<Query> query = ParseQuery("near:38.46,70.88,50", 0);
  ASSERT_TRUE(query.ok());
  const Node::Box& box = query->root.box;
  // 50 km are 0.4497 degrees of latitude, and 0.5743 degrees of longitude there.
  EXPECT_NEAR(box.north_e7 - 384600000, 4496600, 100);
  EXPECT_NEAR(384600000 - box.south_e7, 4496600, 100);
  EXPECT_NEAR(box.east_e7 - 708800000, 5742800, 3000);
  EXPECT_NEAR(708800000 - box.west_e7, 5742800, 3000);
}

TEST(QueryNumbersTest, TakesKilometresWithTheirUnit) {
  EXPECT_EQ(Read("near:38.46,70.88,50km"), Read("near:38.46,70.88,50"));
}

TEST(QueryNumbersTest, PutsABoxAroundACircleOverTheDateLine) {
  StatusOr<Query> query = ParseQuery("near:0,179.9,50", 0);
  ASSERT_TRUE(query.ok());
  EXPECT_GT(query->root.box.west_e7, query->root.box.east_e7);
}

TEST(QueryNumbersTest, TakesEveryLongitudeAroundAPole) {
  EXPECT_EQ(Read("near:90,10,50"), "box[895503398 -1800000000 900000000 1800000000]");
}

TEST(QueryNumbersTest, RefusesADistanceThatIsNone) {
  for (const char* text : {"near:1,2,0", "near:1,2,-5", "near:1,2,30000", "near:1,2", "near:100,2,5"}) {
    EXPECT_FALSE(ParseQuery(text, 0).ok()) << text;
  }
}

}  // namespace
}  // namespace daftar::search
