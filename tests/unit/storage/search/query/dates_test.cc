// Dates of queries. Today is Wednesday, 2024-05-15.
#include <gtest/gtest.h>

#include "tests/unit/storage/search/query/describe.h"

namespace daftar::search {
namespace {

TEST(QueryDatesTest, ReadsBareDatesAsDays) {
  EXPECT_EQ(Read("2023"), "[2023-01-01..2023-12-31]");
  EXPECT_EQ(Read("2023-09"), "[2023-09-01..2023-09-30]");
  EXPECT_EQ(Read("2023-08-30"), "[2023-08-30..2023-08-30]");
  EXPECT_EQ(Read("2023-08-30..2023-09-04"), "[2023-08-30..2023-09-04]");
  EXPECT_EQ(Read("2023.."), "[2023-01-01..]");
  EXPECT_EQ(Read("..2023-09"), "[..2023-09-30]");
  EXPECT_EQ(Read("clash (2023)"), "and(clash [2023-01-01..2023-12-31])");
  EXPECT_EQ(Read("2023, clash "), "and([2023-01-01..2023-12-31] clash)");
}

TEST(QueryDatesTest, LeavesOtherNumbersWords) {
  EXPECT_EQ(Read("1899 "), "1899");
  EXPECT_EQ(Read("2100 "), "2100");
  EXPECT_EQ(Read("202 "), "202");
  EXPECT_EQ(Read("2023* "), "2023*");
  EXPECT_EQ(Read("2023-13 "), "\"2023-13\"");
  EXPECT_EQ(Read("title:2023 "), "title:2023");
}

TEST(QueryDatesTest, CountsTheNamedDaysInOrOutByField) {
  EXPECT_EQ(Read("date:2023-09"), "[2023-09-01..2023-09-30]");
  EXPECT_EQ(Read("before:2023-09"), "[..2023-08-31]");
  EXPECT_EQ(Read("until:2023-09"), "[..2023-09-30]");
  EXPECT_EQ(Read("after:2023-09"), "[2023-10-01..]");
  EXPECT_EQ(Read("since:2023-09"), "[2023-09-01..]");
}

TEST(QueryDatesTest, ReadsRangesAlsoAsEdtf) {
  EXPECT_EQ(Read("date:2023-08-30/2023-09-04"), "[2023-08-30..2023-09-04]");
  EXPECT_EQ(Read("date:../2023-09-04"), "[..2023-09-04]");
  EXPECT_EQ(Read("date:2023-09-04/.."), "[2023-09-04..]");
  EXPECT_EQ(Read("date:1850"), "[1850-01-01..1850-12-31]");
}

TEST(QueryDatesTest, ReadsAListAsAnyOfIts) {
  EXPECT_EQ(Read("date:2022,2024"), "or([2022-01-01..2022-12-31] [2024-01-01..2024-12-31])");
}

TEST(QueryDatesTest, CountsFromToday) {
  EXPECT_EQ(Read("date:today"), "[2024-05-15..2024-05-15]");
  EXPECT_EQ(Read("date:yesterday"), "[2024-05-14..2024-05-14]");
  EXPECT_EQ(Read("date:-7d"), "[2024-05-08..2024-05-15]");
  EXPECT_EQ(Read("since:-30d"), "[2024-04-15..]");
  EXPECT_EQ(Read("since:2w"), "[2024-05-01..]");
  EXPECT_EQ(Read("since:-3m"), "[2024-02-15..]");
  EXPECT_EQ(Read("until:1y"), "[..2023-05-15]");
  EXPECT_EQ(Read("date:-30d..-7d"), "[2024-04-15..2024-05-08]");
}

TEST(QueryDatesTest, KnowsWeeksMonthsAndYearsOfTheCalendar) {
  EXPECT_EQ(Read("date:this-week"), "[2024-05-13..2024-05-19]");
  EXPECT_EQ(Read("date:\"last week\""), "[2024-05-06..2024-05-12]");
  EXPECT_EQ(Read("date:last-month"), "[2024-04-01..2024-04-30]");
  EXPECT_EQ(Read("date:this_month"), "[2024-05-01..2024-05-31]");
  EXPECT_EQ(Read("date:last-year"), "[2023-01-01..2023-12-31]");
  EXPECT_EQ(Read("since:this-year"), "[2024-01-01..]");
}

TEST(QueryDatesTest, EndsAMonthAgoWithinTheShorterMonth) {
  StatusOr<Query> query = ParseQuery("since:1m", *DayNumber(2024, 3, 31));
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(IsoDay(query->root.first_day), "2024-02-29");
}

TEST(QueryDatesTest, KeepsCountingFromTodayWhenSaved) {
  StatusOr<Query> query = ParseQuery("since:-30d", Today());
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(ToText(*query), "since:-30d");
  StatusOr<Query> later = ParseQuery(ToText(*query), Today() + 10);
  ASSERT_TRUE(later.ok());
  EXPECT_EQ(later->root.first_day, query->root.first_day + 10);
}

TEST(QueryDatesTest, ReadsDigitsOfOtherScriptsInFields) { EXPECT_EQ(Read("date:۲۰۲۳-۰۹"), "[2023-09-01..2023-09-30]"); }

TEST(QueryDatesTest, SuggestsTheIsoFormOfOtherForms) {
  EXPECT_EQ(CheckQuery("date:30.08.2023", 0)->suggestion, "date:2023-08-30");
  EXPECT_EQ(CheckQuery("since:2023-9-4 x", 0)->suggestion, "since:2023-09-04 x");
  EXPECT_EQ(CheckQuery("date:30/08/2023", 0)->suggestion, "date:2023-08-30");
}

TEST(QueryDatesTest, SaysWhatARightDateLooksLike) {
  EXPECT_EQ(Read("date:soon"),
            "column 6: \"soon\" is not a date: write 2023, 2023-09, 2023-09-04, 2023-08-30..2023-09-04, today or -30d");
}

TEST(QueryDatesTest, RefusesADayThatDoesNotExist) {
  EXPECT_EQ(Read("x 2023-02-30"), "column 3: \"2023-02-30\": day 30 does not exist; February 2023 has 28 days");
}

TEST(QueryDatesTest, RefusesARangeThatEndsBeforeItBegins) {
  EXPECT_EQ(Read("2024..2023"),
            "column 1: \"2024..2023\" ends before it begins: the earlier day comes first; did you mean 2023..2024?");
}

TEST(QueryDatesTest, RefusesDaysBeyondAllYears) {
  EXPECT_EQ(Read("after:2999"), "column 7: dates are of the years 1000 to 2999, and none is after 2999");
  EXPECT_FALSE(ParseQuery("before:1000-01-01", 0).ok());
  EXPECT_TRUE(ParseQuery("before:1000-01-02 after:2999-12-30", 0).ok());
}

TEST(QueryDatesTest, RefusesAnOpenEndWhereTheFieldOpensIt) {
  EXPECT_NE(Read("since:2023..").find("without an open end"), std::string::npos);
}

TEST(QueryDatesTest, BearsAnyToday) {
  for (int32_t today : {INT32_MIN, INT32_MAX}) {
    for (const char* text : {"date:last-month", "since:9999y", "before:-9999w", "date:this-year"}) {
      EXPECT_TRUE(ParseQuery(text, today).ok()) << text;
    }
  }
}

}  // namespace
}  // namespace daftar::search
