// Steps of a time axis, from hours to millennia: where they begin, and how they are called. Times are days since
// 1970-01-01 with fractions, UTC; steps are those of the Gregorian calendar, words those of the reader's. For this
// folder and the panel of the timeline.
#pragma once

#include <cstdint>
#include <string>

namespace daftar {

enum class TimeStep : uint8_t {
  kHour,
  kThreeHours,
  kSixHours,
  kDay,
  kWeek,
  kMonth,
  kQuarter,
  kYear,
  kTwoYears,
  kFiveYears,
  kDecade,
  kTwentyYears,
  kFiftyYears,
  kCentury,
  kMillennium,
};

// The days that can be shown: years 1000 to 2999, as in all that is typed.
inline constexpr double kFirstTime = -354285, kEndOfTime = 376200;

// The finest step, not finer than `finest`, of which one takes at least so many days on average.
TimeStep StepOfAtLeast(double days, TimeStep finest);
// Where the step begins in which the time lies; and where the one after it begins.
double BeginOf(TimeStep step, double time);
double NextAfter(TimeStep step, double begin);

// What stands at a line of the axis: "06:00", "4 Sep", "Sep 2023", "2023".
std::string TickWords(TimeStep step, double begin);
// The step as a whole: "4 Sep 2023", "week of 4 Sep 2023", "Sep 2023", "2023", "2020–2029".
std::string StepWords(TimeStep step, double begin);
// From the beginning of a day to the end of another: "4 Sep 2023", "4 Sep 2023 – 2 Oct 2024".
std::string SpanWords(int32_t first_day, int32_t last_day);

}  // namespace daftar
