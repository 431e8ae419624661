#include "storage/model/date.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>

namespace daftar {
namespace {

constexpr int64_t kPast = std::numeric_limits<int64_t>::min() / 2;
constexpr int64_t kFuture = std::numeric_limits<int64_t>::max() / 2;

// Days that a date may mean, both ends included.
struct PossibleDays {
  int64_t first = kPast, last = kFuture;
};

// "About" reaches beyond the days named by as many days again: about 2010 may be 2009 or 2011.
PossibleDays PossibleDaysOf(const v1::FuzzyDate& date) {
  if (!HasDate(date)) return {};
  int64_t slack = date.approximate() ? int64_t{date.last_day()} - date.first_day() + 1 : 0;
  PossibleDays days;
  if (date.precision() != v1::DatePrecision::BEFORE) days.first = date.first_day() - slack;
  if (date.precision() != v1::DatePrecision::AFTER) days.last = date.last_day() + slack;
  return days;
}

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysIn(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

}  // namespace

// Both ways after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the
// leap day comes last; an era is 400 years.
std::optional<int32_t> DayNumber(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > DaysIn(year, month)) return std::nullopt;
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDay CivilOf(int64_t day_number) {
  int64_t z = day_number + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  int64_t day_of_era = z - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted_month = (5 * day_of_year + 2) / 153;
  CivilDay civil;
  civil.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  civil.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  civil.year = static_cast<int>(year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0));
  return civil;
}

std::string IsoDay(int32_t day_number) {
  CivilDay civil = CivilOf(day_number);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
  return text;
}

StatusOr<int32_t> ParseIsoDay(std::string_view text) {
  DAFTAR_ASSIGN_OR_RETURN(v1::FuzzyDate date, ParseEdtf(text));
  if (date.precision() != v1::DatePrecision::DAY) {
    return InvalidArgument("\"" + std::string(text) + "\" is not a single day: write it as 2023-09-04");
  }
  return date.first_day();
}

bool Contradict(const v1::FuzzyDate& a, const v1::FuzzyDate& b) {
  if (!HasDate(a) || !HasDate(b)) return false;
  PossibleDays x = PossibleDaysOf(a), y = PossibleDaysOf(b);
  return x.last < y.first || y.last < x.first;
}

PeriodState StateOn(const v1::Period& period, int32_t day) {
  bool has_start = HasDate(period.from());
  bool has_end = HasDate(period.to()) && !period.open_end();
  if (!has_start && !has_end) return PeriodState::kUnknown;
  PossibleDays start = PossibleDaysOf(period.from());
  PossibleDays end = has_end ? PossibleDaysOf(period.to()) : PossibleDays{kFuture, kFuture};
  if (day > end.last) return PeriodState::kEnded;
  if (day < start.first) return PeriodState::kNotYet;
  return day >= start.last && day <= end.first ? PeriodState::kHolds : PeriodState::kMaybe;
}

}  // namespace daftar
