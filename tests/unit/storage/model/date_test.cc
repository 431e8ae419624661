#include "storage/model/date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/random.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;

v1::FuzzyDate Date(std::string_view edtf) {
  StatusOr<v1::FuzzyDate> date = ParseEdtf(edtf);
  EXPECT_TRUE(date.ok()) << edtf << ": " << date.status();
  return date.ok() ? *date : v1::FuzzyDate();
}

std::string Refusal(std::string_view edtf) {
  StatusOr<v1::FuzzyDate> date = ParseEdtf(edtf);
  EXPECT_FALSE(date.ok()) << edtf;
  return Message(date.status());
}

v1::Period Span(std::string_view from, std::string_view to, bool open_end = false) {
  v1::Period period;
  if (!from.empty()) *period.mutable_from() = Date(from);
  if (!to.empty()) *period.mutable_to() = Date(to);
  period.set_open_end(open_end);
  return period;
}

int32_t Day(std::string_view iso) { return *ParseIsoDay(iso); }

TEST(DayNumberTest, CountsFromTheEpoch) {
  EXPECT_EQ(DayNumber(1970, 1, 1), 0);
  EXPECT_EQ(DayNumber(1969, 12, 31), -1);
  EXPECT_EQ(DayNumber(2023, 8, 30), 19599);
}

TEST(DayNumberTest, KnowsLeapYears) {
  EXPECT_TRUE(DayNumber(2024, 2, 29).has_value());
  EXPECT_TRUE(DayNumber(2000, 2, 29).has_value());
  EXPECT_FALSE(DayNumber(2023, 2, 29).has_value());
  EXPECT_FALSE(DayNumber(1900, 2, 29).has_value());
}

TEST(DayNumberTest, IsUndoneByCivilOfOnEveryDayOfEightCenturies) {
  for (int32_t day = *DayNumber(1600, 1, 1); day < *DayNumber(2400, 1, 1); ++day) {
    CivilDay civil = CivilOf(day);
    ASSERT_EQ(DayNumber(civil.year, civil.month, civil.day), day);
  }
}

TEST(IsoDayTest, WritesAndReadsADay) {
  EXPECT_EQ(IsoDay(Day("2023-09-04")), "2023-09-04");
  EXPECT_EQ(IsoDay(Day(" 1000-01-01 ")), "1000-01-01");
}

TEST(IsoDayTest, RefusesAMonth) { EXPECT_THAT(Message(ParseIsoDay("2023-09").status()), HasSubstr("single day")); }

TEST(EdtfTest, ReadsADayAMonthAndAYear) {
  EXPECT_EQ(Date("2023-09-04").precision(), v1::DatePrecision::DAY);
  v1::FuzzyDate month = Date("2024-02");
  EXPECT_EQ(month.precision(), v1::DatePrecision::MONTH);
  EXPECT_EQ(IsoDay(month.last_day()), "2024-02-29");
  v1::FuzzyDate year = Date("2023");
  EXPECT_EQ(year.precision(), v1::DatePrecision::YEAR);
  EXPECT_EQ(IsoDay(year.last_day()), "2023-12-31");
}

TEST(EdtfTest, ReadsDoubt) {
  EXPECT_TRUE(Date("2023-09?").uncertain());
  EXPECT_TRUE(Date("2023-09~").approximate());
  v1::FuzzyDate both = Date("2023-09%");
  EXPECT_TRUE(both.uncertain() && both.approximate());
}

TEST(EdtfTest, TakesThePrecisionOfAnIntervalFromItsLength) {
  EXPECT_EQ(Date("2023-08-30/2023-08-30").precision(), v1::DatePrecision::DAY);
  EXPECT_EQ(Date("2023-08-30/2023-09-04").precision(), v1::DatePrecision::DAYS_2_6);
  EXPECT_EQ(Date("2023-09-01/2023-09-07").precision(), v1::DatePrecision::WEEK);
  EXPECT_EQ(Date("2023-09-11/2023-09-20").precision(), v1::DatePrecision::WEEK);
  EXPECT_EQ(Date("2023-09-01/2023-09-20").precision(), v1::DatePrecision::MONTH);
  EXPECT_EQ(Date("2023-09-01/2023-11-20").precision(), v1::DatePrecision::YEAR);
}

TEST(EdtfTest, ReadsAnIntervalOfMixedPrecision) {
  v1::FuzzyDate date = Date("2023-09/2023-10-03");
  EXPECT_EQ(IsoDay(date.first_day()), "2023-09-01");
  EXPECT_EQ(IsoDay(date.last_day()), "2023-10-03");
}

TEST(EdtfTest, ReadsBeforeAndAfter) {
  v1::FuzzyDate before = Date("../2023-09-04");
  EXPECT_EQ(before.precision(), v1::DatePrecision::BEFORE);
  EXPECT_EQ(IsoDay(before.last_day()), "2023-09-04");
  v1::FuzzyDate after = Date("2023-09-04/..");
  EXPECT_EQ(after.precision(), v1::DatePrecision::AFTER);
  EXPECT_EQ(IsoDay(after.first_day()), "2023-09-04");
}

TEST(EdtfTest, ReadsAnInferredYearAndAPartOfTheDay) {
  v1::FuzzyDate date = Date("(2023)-08-30TNIGHT");
  EXPECT_TRUE(date.year_inferred());
  EXPECT_EQ(date.part(), v1::DayPart::NIGHT);
  EXPECT_EQ(ToEdtf(date), "(2023)-08-30TNIGHT");
}

TEST(EdtfTest, ReadsAPartOfTheDayInLowerCase) { EXPECT_EQ(Date("2023-08-30tdawn").part(), v1::DayPart::DAWN); }

TEST(EdtfTest, IgnoresSpacesAround) { EXPECT_EQ(ToEdtf(Date("  2023-08-30 / 2023-09-04\n")), "2023-08-30/2023-09-04"); }

TEST(EdtfTest, SaysThatAMonthDoesNotExist) {
  EXPECT_THAT(Refusal("2023-13-45"), HasSubstr("\"2023-13-45\": month 13 does not exist"));
}

TEST(EdtfTest, SaysHowLongTheMonthIs) {
  EXPECT_THAT(Refusal("2023-02-29"), HasSubstr("day 29 does not exist; February 2023 has 28 days"));
}

TEST(EdtfTest, RefusesYearsOutsideTheRange) {
  EXPECT_THAT(Refusal("0999"), HasSubstr("1000 to 2999"));
  EXPECT_THAT(Refusal("3000-01-01"), HasSubstr("1000 to 2999"));
  EXPECT_EQ(ToEdtf(Date("2999")), "2999");
}

TEST(EdtfTest, RefusesAnIntervalThatEndsBeforeItStarts) {
  EXPECT_THAT(Refusal("2023-09-04/2023-08-30"), HasSubstr("ends before it starts"));
}

TEST(EdtfTest, GivesAnExampleForWhatIsNoDate) {
  for (const char* text : {"", "/", "yesterday", "30.08.2023", "2023-9-4", "20230904", "2023-09-04x", "2023-", "(2023",
                           "2023-09-04/", "/2023", "2023/2024/2025", "..", "-2023", "2023-09-044"}) {
    EXPECT_THAT(Refusal(text), HasSubstr("2023-09-04")) << text;
  }
}

TEST(EdtfTest, RefusesAnIntervalOpenOnBothSides) { EXPECT_THAT(Refusal("../.."), HasSubstr("either side")); }

TEST(EdtfTest, RefusesAForeignPartOfTheDay) { EXPECT_THAT(Refusal("2023-09-04T12:00"), HasSubstr("NIGHT")); }

TEST(EdtfTest, WritesNothingForNoDate) { EXPECT_EQ(ToEdtf({}), ""); }

TEST(EdtfTest, GivesBackEveryDateThatItWrites) {
  SeededRandom random(1);
  constexpr const char* kMarks[] = {"", "?", "~", "%", "TNIGHT", "TDAWN?", "TEVENING%"};
  for (int i = 0; i < 5000; ++i) {
    int32_t first = *DayNumber(1000, 1, 1) + static_cast<int32_t>(random.Below(700000));
    int32_t last = first + static_cast<int32_t>(random.Below(random.Below(2) ? 12 : 800));
    std::string left = IsoDay(first).substr(0, 10 - 3 * random.Below(3));
    std::string right = IsoDay(last).substr(0, 10 - 3 * random.Below(3));
    std::string mark = kMarks[random.Below(7)];
    if (random.Below(3) == 0) left = "(" + left.substr(0, 4) + ")" + left.substr(4);
    std::string forms[] = {left + mark, left + "/" + right + mark, "../" + right + mark, left + mark + "/.."};
    StatusOr<v1::FuzzyDate> date = ParseEdtf(forms[random.Below(4)]);
    if (!date.ok()) continue;  // the interval ends before it starts
    ASSERT_EQ(Date(ToEdtf(*date)).SerializeAsString(), date->SerializeAsString()) << ToEdtf(*date);
  }
}

TEST(DateWordsTest, SayWhatASourceSays) {
  EXPECT_EQ(DateWords(Date("2023-09-04")), "4 Sep 2023");
  EXPECT_EQ(DateWords(Date("2023-08-30TNIGHT")), "night of 30 Aug 2023");
  EXPECT_EQ(DateWords(Date("2023-09")), "Sep 2023");
  EXPECT_EQ(DateWords(Date("../2024-10-02")), "before 2 Oct 2024");
  EXPECT_EQ(DateWords(Date("2024-10-02/..")), "after 2 Oct 2024");
  EXPECT_EQ(DateWords(Date("2010~")), "about 2010");
  EXPECT_EQ(DateWords({}), "no date");
}

TEST(DateWordsTest, SpanDaysMonthsAndYears) {
  EXPECT_EQ(DateWords(Date("2023-08-30/2023-09-04")), "30 Aug – 4 Sep 2023");
  EXPECT_EQ(DateWords(Date("2024-09-11/2024-09-20")), "11–20 Sep 2024");
  EXPECT_EQ(DateWords(Date("2023-12-30/2024-01-02")), "30 Dec 2023 – 2 Jan 2024");
  EXPECT_EQ(DateWords(Date("2023-09/2023-10")), "Sep – Oct 2023");
  EXPECT_EQ(DateWords(Date("2010/2012")), "2010 – 2012");
}

TEST(DateWordsTest, MarkWhatIsInferredAndWhatIsDoubted) {
  EXPECT_EQ(DateWords(Date("(2023)-09-04")), "4 Sep 2023*");
  EXPECT_EQ(DateWords(Date("2023-09-04?")), "4 Sep 2023?");
  EXPECT_EQ(DateWords(Date("(2023)-08-30TNIGHT%")), "about night of 30 Aug 2023*?");
}

TEST(PeriodWordsTest, NameBothEndsAndTheYearOnce) {
  EXPECT_EQ(PeriodWords(Span("2024-09-24", "2024-10-15")), "24 Sep – 15 Oct 2024");
  EXPECT_EQ(PeriodWords(Span("2022-09", "2024")), "Sep 2022 – 2024");
  EXPECT_EQ(PeriodWords(Span("2024", "2024")), "2024");
}

TEST(PeriodWordsTest, SaySinceAndUntil) {
  EXPECT_EQ(PeriodWords(Span("2024-09", "", true)), "since Sep 2024");
  EXPECT_EQ(PeriodWords(Span("2024-09", "")), "from Sep 2024");
  EXPECT_EQ(PeriodWords(Span("", "2024-09")), "until Sep 2024");
  EXPECT_EQ(PeriodWords({}), "no dates");
}

TEST(ContradictTest, FindsDatesThatCannotBothBeRight) {
  EXPECT_TRUE(Contradict(Date("2023-08-30"), Date("2023-09-04")));
  EXPECT_TRUE(Contradict(Date("../2023-08-30"), Date("2023-09")));
}

TEST(ContradictTest, LetsAFinerDateBe) {
  EXPECT_FALSE(Contradict(Date("2023-08-30"), Date("2023-08")));
  EXPECT_FALSE(Contradict(Date("../2023-09-04"), Date("1990")));
  EXPECT_FALSE(Contradict(Date("2023-09-04/.."), Date("2030-01-01")));
  EXPECT_FALSE(Contradict(Date("2023-08-30"), {}));
}

TEST(ContradictTest, StretchesAnApproximateDateByItsOwnLength) {
  EXPECT_FALSE(Contradict(Date("2010~"), Date("2011-06-01")));
  EXPECT_TRUE(Contradict(Date("2010~"), Date("2012-06-01")));
}

TEST(StateOnTest, TellsBeforeDuringAndAfter) {
  v1::Period period = Span("2024-09-24", "2024-10-15");
  EXPECT_EQ(StateOn(period, Day("2024-09-23")), PeriodState::kNotYet);
  EXPECT_EQ(StateOn(period, Day("2024-09-24")), PeriodState::kHolds);
  EXPECT_EQ(StateOn(period, Day("2024-10-15")), PeriodState::kHolds);
  EXPECT_EQ(StateOn(period, Day("2024-10-16")), PeriodState::kEnded);
}

TEST(StateOnTest, IsMaybeInsideTheUncertaintyOfAnEnd) {
  v1::Period period = Span("2024-09", "2024-11");
  EXPECT_EQ(StateOn(period, Day("2024-09-15")), PeriodState::kMaybe);
  EXPECT_EQ(StateOn(period, Day("2024-10-15")), PeriodState::kHolds);
  EXPECT_EQ(StateOn(period, Day("2024-11-15")), PeriodState::kMaybe);
}

TEST(StateOnTest, NeverEndsWithoutAnEnd) {
  EXPECT_EQ(StateOn(Span("2022", "", true), Day("2900-01-01")), PeriodState::kHolds);
  EXPECT_EQ(StateOn(Span("2022", ""), Day("2900-01-01")), PeriodState::kHolds);
}

TEST(StateOnTest, IsMaybeWhileTheStartIsNotKnown) {
  EXPECT_EQ(StateOn(Span("", "2024"), Day("2023-01-01")), PeriodState::kMaybe);
  EXPECT_EQ(StateOn(Span("", "2024"), Day("2025-01-01")), PeriodState::kEnded);
}

TEST(StateOnTest, IsUnknownWithoutDates) { EXPECT_EQ(StateOn({}, 0), PeriodState::kUnknown); }

}  // namespace
}  // namespace daftar
