#include "client/language/dates.h"

#include <gtest/gtest.h>

#include "storage/model/date.h"
#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

constexpr const char* kDates[] = {"2023",
                                  "2023-09",
                                  "2023-09-04",
                                  "2023-09-04?",
                                  "2010~",
                                  "2010%",
                                  "2023-08-30/2023-09-04",
                                  "2023-09-01/2023-09-04",
                                  "2010/2012",
                                  "2023-11/2024-02",
                                  "../2024-10-02",
                                  "2024-10-02/..",
                                  "2023-08-30TNIGHT",
                                  "(2023)-08-30",
                                  "2023-08-30TEVENING?",
                                  "../2024-10-02~"};

TEST(DatesTest, InEnglishAreSaidAsTheModelSaysThem) {
  for (const char* text : kDates) {
    const auto date = ParseEdtf(text);
    ASSERT_TRUE(date.ok()) << text << ": " << date.status();
    EXPECT_EQ(SayDate(*date), DateWords(*date)) << text;
  }
  EXPECT_EQ(SayDate(v1::FuzzyDate()), "no date");
}

TEST(DatesTest, PeriodsInEnglishAreSaidAsTheModelSaysThem) {
  for (const char* from : kDates) {
    for (const char* to : {"2023", "2024-10-15", ""}) {
      for (const bool open : {false, true}) {
        v1::Period period;
        *period.mutable_from() = *ParseEdtf(from);
        if (*to != '\0') *period.mutable_to() = *ParseEdtf(to);
        period.set_open_end(open);
        EXPECT_EQ(SayPeriod(period), PeriodWords(period)) << from << " to " << to;
      }
    }
  }
}

TEST(DatesTest, AreSaidInTheLanguageOfTheReader) {
  const v1::FuzzyDate night = *ParseEdtf("2023-08-30TNIGHT");
  {
    const InLanguage russian(Language::kRussian);
    EXPECT_EQ(SayDate(night), "ночь 30 авг. 2023");
  }
  const InLanguage dari(Language::kDari);
  EXPECT_EQ(SayDate(night), "شب ۳۰ آگست ۲۰۲۳");
}

TEST(DatesTest, AreSaidInTheSolarHijriCalendarWhereTheReaderWishesIt) {
  const InLanguage dari(Language::kDari, Calendar::kSolarHijri);
  EXPECT_EQ(SayDay(*DayNumber(2023, 3, 21)), "۱ حمل ۱۴۰۲") << "the first day of the year";
  EXPECT_EQ(SayDay(*DayNumber(2024, 3, 19)), "۲۹ حوت ۱۴۰۲");
  EXPECT_EQ(SayDay(*DayNumber(2021, 8, 15)), "۲۴ اسد ۱۴۰۰");
  EXPECT_EQ(SayDate(*ParseEdtf("2023-09")), "۱۰ سنبله – ۸ میزان ۱۴۰۲")
      << "a month of the other calendar is days of this";
}

TEST(DatesTest, SayHowOldSomethingIs) {
  EXPECT_EQ(SayAge(59'000), "just now");
  EXPECT_EQ(SayAge(61'000), "1 minute ago");
  EXPECT_EQ(SayAge(25 * 3'600'000), "1 day ago");
  EXPECT_EQ(SayAge(-61'000), "in the future: check this computer's clock");
}

TEST(DatesTest, SayTimesBefore1970Too) {
  EXPECT_EQ(SayTime(0), "1 Jan 1970 00:00");
  EXPECT_EQ(SayTime(-60'000), "31 Dec 1969 23:59");
}

}  // namespace
}  // namespace daftar
