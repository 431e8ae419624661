#include "client/model/timeline_calendar.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

constexpr double kYearDays = 365.2425;

struct Step {
  double days;  // on average
  int years;    // 0: shorter than a year
};
constexpr std::array<Step, 15> kSteps = {{{1.0 / 24, 0},
                                          {0.125, 0},
                                          {0.25, 0},
                                          {1, 0},
                                          {7, 0},
                                          {kYearDays / 12, 0},
                                          {kYearDays / 4, 0},
                                          {kYearDays, 1},
                                          {2 * kYearDays, 2},
                                          {5 * kYearDays, 5},
                                          {10 * kYearDays, 10},
                                          {20 * kYearDays, 20},
                                          {50 * kYearDays, 50},
                                          {100 * kYearDays, 100},
                                          {1000 * kYearDays, 1000}}};
// 5 January 1970 was a Monday.
constexpr double kMonday = 4;
constexpr int kFirstYear = 1000, kLastYear = 2999;

const Step& Of(TimeStep step) { return kSteps[static_cast<size_t>(step)]; }

double YearDay(int year, int month = 1) {
  if (year > kLastYear) return kEndOfTime;
  return DayNumber(std::max(year, kFirstYear), month, 1).value_or(0);
}

CivilDay Civil(double time) { return CivilOf(static_cast<int64_t>(std::floor(time))); }

std::string Year(int year) { return Say("date.number", {{"number", year}}); }

// Whether the reader counts days as the steps do.
bool Gregorian(int32_t day) {
  const CivilDay civil = CivilOf(day);
  const CalendarDay own = CalendarDayOf(day);
  return civil.year == own.year && civil.month == own.month;
}

std::string MonthYear(const CivilDay& civil) {
  return Say("date.month_year", {{"month", SayMonth(civil.month)}, {"year", Year(civil.year)}});
}

std::string Clock(double time) {
  const int hour = static_cast<int>(std::lround((time - std::floor(time)) * 24)) % 24;
  return SayClock(hour, 0);
}

}  // namespace

TimeStep StepOfAtLeast(double days, TimeStep finest) {
  size_t step = static_cast<size_t>(finest);
  while (step + 1 < kSteps.size() && kSteps[step].days < days) ++step;
  return static_cast<TimeStep>(step);
}

double BeginOf(TimeStep step, double time) {
  const double at = std::clamp(time, kFirstTime, kEndOfTime - 1);
  const CivilDay civil = Civil(at);
  switch (step) {
    case TimeStep::kHour:
    case TimeStep::kThreeHours:
    case TimeStep::kSixHours:
    case TimeStep::kDay:
      // Thousandths of an hour: what was counted together from parts may fall short of a whole.
      return std::floor(at / Of(step).days + 1e-6) * Of(step).days;
    case TimeStep::kWeek:
      return std::floor((at - kMonday) / 7) * 7 + kMonday;
    case TimeStep::kMonth:
      return YearDay(civil.year, civil.month);
    case TimeStep::kQuarter:
      return YearDay(civil.year, (civil.month - 1) / 3 * 3 + 1);
    default:
      return YearDay(civil.year - civil.year % Of(step).years);
  }
}

double NextAfter(TimeStep step, double begin) {
  const CivilDay civil = Civil(begin);
  switch (step) {
    case TimeStep::kHour:
    case TimeStep::kThreeHours:
    case TimeStep::kSixHours:
    case TimeStep::kDay:
    case TimeStep::kWeek:
      return begin + Of(step).days;
    case TimeStep::kMonth:
    case TimeStep::kQuarter: {
      const int month = civil.month + (step == TimeStep::kMonth ? 1 : 3);
      return month > 12 ? YearDay(civil.year + 1, month - 12) : YearDay(civil.year, month);
    }
    default:
      return YearDay(civil.year - civil.year % Of(step).years + Of(step).years);
  }
}

std::string TickWords(TimeStep step, double begin) {
  const int32_t day = static_cast<int32_t>(std::floor(begin + 1e-6));
  if (step < TimeStep::kDay && begin - day > 1e-6) return Clock(begin);
  if (!Gregorian(day)) return SayDay(day);
  const CivilDay civil = CivilOf(day);
  if (step >= TimeStep::kYear) return Year(civil.year);
  if (step >= TimeStep::kMonth) return MonthYear(civil);
  return SayDay(day);
}

std::string StepWords(TimeStep step, double begin) {
  const int32_t day = static_cast<int32_t>(std::floor(begin + 1e-6));
  const int32_t last = static_cast<int32_t>(std::lround(NextAfter(step, begin))) - 1;
  if (step <= TimeStep::kDay || !Gregorian(day)) return SpanWords(day, std::max(day, last));
  const CivilDay civil = CivilOf(day);
  if (step == TimeStep::kMonth) return MonthYear(civil);
  if (step == TimeStep::kYear) return Year(civil.year);
  if (step > TimeStep::kYear) return Say("date.days", {{"from", Year(civil.year)}, {"to", Year(CivilOf(last).year)}});
  return SpanWords(day, last);
}

std::string SpanWords(int32_t first_day, int32_t last_day) {
  if (first_day == last_day) return SayDay(first_day);
  return Say("date.span", {{"from", SayDay(first_day)}, {"to", SayDay(last_day)}});
}

}  // namespace daftar
