#include "tools/ctl/input.h"

#include <gtest/gtest.h>

#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

TEST(InputTest, CutsAnAssignmentAtItsFirstEqualsSign) {
  const auto cut = SplitAssignment("notes=a=b");
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->first, "notes");
  EXPECT_EQ(cut->second, "a=b");
}

TEST(InputTest, LeavesEqualsSignsInBracketsToThePath) {
  const auto cut = SplitAssignment("accounts[key=7].date=2023");
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->first, "accounts[key=7].date");
  EXPECT_EQ(cut->second, "2023");
}

TEST(InputTest, TakesAnEmptyValue) {
  const auto cut = SplitAssignment("notes=");
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->second, "");
}

TEST(InputTest, RefusesAnAssignmentWithoutAValue) { EXPECT_FALSE(SplitAssignment("notes").ok()); }

TEST(InputTest, RefusesAnAssignmentWithoutAPath) { EXPECT_FALSE(SplitAssignment("=x").ok()); }

TEST(InputTest, TakesNoDayForAnEmptyText) { EXPECT_EQ(*ReadDay(""), std::nullopt); }

TEST(InputTest, RefusesADayThatDoesNotExist) { EXPECT_FALSE(ReadDay("2023-02-30").ok()); }

TEST(TimesTest, WritesInstantsAsRfc3339) {
  EXPECT_EQ(Rfc3339(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(Rfc3339(1'700'000'000'123), "2023-11-14T22:13:20.123Z");
}

TEST(TimesTest, WritesInstantsBefore1970) { EXPECT_EQ(Rfc3339(-1), "1969-12-31T23:59:59.999Z"); }

TEST(TimesTest, WritesNeverAsNull) { EXPECT_TRUE(TimeJson(0).is_null()); }

}  // namespace
}  // namespace daftar::ctl
