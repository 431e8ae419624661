#include "client/model/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daftar {
namespace {

using ::testing::ElementsAre;

TEST(LayoutTest, CountsColumnsAndNotBytes) {
  EXPECT_EQ(DisplayWidth("Дарвоз"), 6u);
  EXPECT_EQ(DisplayWidth("انصارالله"), 9u);
}

TEST(LayoutTest, GivesCombiningMarksNoWidth) {
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);
  EXPECT_EQ(DisplayWidth("اَنصار"), 5u);
}

TEST(LayoutTest, GivesWideCharactersTwoColumns) { EXPECT_EQ(DisplayWidth("北京"), 4u); }
TEST(LayoutTest, CountsBrokenBytesWithoutFalling) { EXPECT_EQ(DisplayWidth("a\xFF\xC3"), 3u); }

TEST(LayoutTest, WrapsAtSpaces) { EXPECT_THAT(Wrap("one two three", 8), ElementsAre("one two", "three")); }
TEST(LayoutTest, LeavesNoSpaceAtTheEndOfALine) { EXPECT_THAT(Wrap("one  two", 6), ElementsAre("one", "two")); }
TEST(LayoutTest, KeepsLineEnds) { EXPECT_THAT(Wrap("one\n\ntwo", 8), ElementsAre("one", "", "two")); }
TEST(LayoutTest, BreaksAWordLongerThanALine) {
  EXPECT_THAT(Wrap("https://example.org", 8), ElementsAre("https://", "example.", "org"));
}
TEST(LayoutTest, NeverCutsInsideACharacter) { EXPECT_THAT(Wrap("Дарвоз", 4), ElementsAre("Дарв", "оз")); }

TEST(LayoutTest, PutsWrappedCellsSideBySide) {
  EXPECT_EQ(SideBySide({"date", "30 Aug 2023", "4 Sep"}, {6, 7, 6}),
            "date    30 Aug   4 Sep\n"
            "        2023\n");
}

TEST(LayoutTest, HangsFollowingLinesBelowTheFirst) {
  EXPECT_EQ(Hanging("- ", "one two three", 12), "- one two\n  three\n");
}

}  // namespace
}  // namespace daftar
