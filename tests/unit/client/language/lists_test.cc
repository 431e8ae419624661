#include "client/language/lists.h"

#include <gtest/gtest.h>

#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

TEST(ListsTest, AreJoinedAsPeopleDo) {
  EXPECT_EQ(SayList({}), "");
  EXPECT_EQ(SayList({"S0"}), "S0");
  EXPECT_EQ(SayList({"S0", "S1"}, Joint::kOr), "S0 or S1");
  EXPECT_EQ(SayList({"S0", "S1", "S2"}), "S0, S1 and S2");
}

TEST(ListsTest, WithoutAWordHaveTheSameSignEverywhere) {
  EXPECT_EQ(SayList({"a", "b", "c"}, Joint::kComma), "a, b, c");
  EXPECT_EQ(SayList({"a", "b", "c"}, Joint::kSemicolon), "a; b; c");
}

TEST(ListsTest, TakeItemsAsTheyAre) { EXPECT_EQ(SayList({"{first}", "it's"}), "{first} and it's"); }

TEST(ListsTest, HaveTheSignsAndWordsOfTheLanguage) {
  {
    const InLanguage russian(Language::kRussian);
    EXPECT_EQ(SayList({"С0", "С1", "С2"}), "С0, С1 и С2");
  }
  const InLanguage dari(Language::kDari);
  EXPECT_EQ(SayList({"الف", "ب", "ج"}, Joint::kOr), "الف، ب یا ج");
}

}  // namespace
}  // namespace daftar
