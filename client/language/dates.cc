#include "client/language/dates.h"

#include <unicode/calendar.h>

#include <cstdio>
#include <memory>
#include <utility>

#include "client/language/language.h"
#include "client/language/say.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

constexpr int64_t kMinuteMs = 60'000, kHourMs = 60 * kMinuteMs, kDayMs = 24 * kHourMs;

// How much of a day is worth saying.
enum class Grain { kDay, kMonth, kYear };

CalendarDay SolarHijriOf(int64_t day) {
  thread_local const std::unique_ptr<icu::Calendar> calendar = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Calendar> made(
        icu::Calendar::createInstance(*icu::TimeZone::getGMT(), icu::Locale("fa_AF@calendar=persian"), status));
    return made;
  }();
  UErrorCode status = U_ZERO_ERROR;
  calendar->setTime(static_cast<double>(day) * static_cast<double>(kDayMs), status);
  return {calendar->get(UCAL_YEAR, status), calendar->get(UCAL_MONTH, status) + 1, calendar->get(UCAL_DATE, status)};
}

// Without a sign between thousands: a year is no quantity.
std::string Plain(int number) { return Say("date.number", {{"number", number}}); }

Grain GrainOf(const v1::FuzzyDate& date) {
  const CalendarDay from = CalendarDayOf(date.first_day()), after = CalendarDayOf(int64_t{date.last_day()} + 1);
  if (from.day != 1 || after.day != 1) return Grain::kDay;
  return from.month == 1 && after.month == 1 ? Grain::kYear : Grain::kMonth;
}

std::string Year(const CalendarDay& day, bool inferred) { return Plain(day.year) + (inferred ? "*" : ""); }

std::string Words(const CalendarDay& day, Grain grain, bool inferred) {
  const std::string year = Year(day, inferred);
  if (grain == Grain::kYear) return year;
  if (grain == Grain::kMonth) return Say("date.month_year", {{"month", SayMonth(day.month)}, {"year", year}});
  return Say("date.full", {{"day", Plain(day.day)}, {"month", SayMonth(day.month)}, {"year", year}});
}

std::string WithoutYear(const CalendarDay& day, Grain grain) {
  if (grain == Grain::kMonth) return SayMonth(day.month);
  return Say("date.day_month", {{"day", Plain(day.day)}, {"month", SayMonth(day.month)}});
}

std::string Span(const std::string& from, const std::string& to) {
  return Say("date.span", {{"from", from}, {"to", to}});
}

// "30 Aug – 4 Sep 2023", "1–4 Sep 2023", "Sep 2023", "2010 – 2012".
std::string SpanWords(const v1::FuzzyDate& date) {
  const Grain grain = GrainOf(date);
  const CalendarDay from = CalendarDayOf(date.first_day()), to = CalendarDayOf(date.last_day());
  const std::string last = Words(to, grain, date.year_inferred());
  const bool same_year = from.year == to.year, same_month = same_year && from.month == to.month;
  if (date.first_day() == date.last_day() || (grain == Grain::kMonth && same_month)) return last;
  if (grain == Grain::kYear && same_year) return last;
  if (same_month) return Say("date.days", {{"from", Plain(from.day)}, {"to", last}});
  if (same_year && grain != Grain::kYear) return Span(WithoutYear(from, grain), last);
  return Span(Words(from, grain, date.year_inferred()), last);
}

std::string InPart(v1::DayPart::Code part, std::string date) {
  switch (part) {
    case v1::DayPart::NIGHT:
      return Say("date.night", {{"date", date}});
    case v1::DayPart::DAWN:
      return Say("date.dawn", {{"date", date}});
    case v1::DayPart::MORNING:
      return Say("date.morning", {{"date", date}});
    case v1::DayPart::AFTERNOON:
      return Say("date.afternoon", {{"date", date}});
    case v1::DayPart::EVENING:
      return Say("date.evening", {{"date", date}});
    default:
      return date;
  }
}

std::string LastWord(const std::string& words) { return words.substr(words.rfind(' ') + 1); }

}  // namespace

CalendarDay CalendarDayOf(int64_t day) {
  if (CurrentCalendar() == Calendar::kSolarHijri) return SolarHijriOf(day);
  const CivilDay civil = CivilOf(day);
  return {civil.year, civil.month, civil.day};
}

std::string SayMonth(int month) {
  const char* family = CurrentCalendar() == Calendar::kSolarHijri ? "month.solar_hijri." : "month.gregorian.";
  return Say(family + std::to_string(month));
}

std::string SayYear(int year) { return Plain(year); }

std::string SayDay(int32_t day) { return Words(CalendarDayOf(day), Grain::kDay, false); }

std::string SayDate(const v1::FuzzyDate& date) {
  if (!HasDate(date)) return Say("date.none");
  const bool inferred = date.year_inferred();
  const bool before = date.precision() == v1::DatePrecision::BEFORE,
             after = date.precision() == v1::DatePrecision::AFTER;
  std::string words = before  ? Words(CalendarDayOf(date.last_day()), Grain::kDay, inferred)
                      : after ? Words(CalendarDayOf(date.first_day()), Grain::kDay, inferred)
                              : SpanWords(date);
  words = InPart(date.part(), std::move(words));
  if (date.approximate()) words = Say("date.about", {{"date", words}});
  if (before) words = Say("date.before", {{"date", words}});
  if (after) words = Say("date.after", {{"date", words}});
  return date.uncertain() ? Say("date.uncertain", {{"date", words}}) : words;
}

std::string SayPeriod(const v1::Period& period) {
  const bool has_start = HasDate(period.from()), has_end = HasDate(period.to()) && !period.open_end();
  if (!has_start && !has_end) return Say(period.open_end() ? "date.ongoing" : "date.no_dates");
  if (!has_start) return Say("date.until", {{"date", SayDate(period.to())}});
  std::string from = SayDate(period.from());
  if (!has_end) return Say(period.open_end() ? "date.since" : "date.from", {{"date", from}});
  const std::string to = SayDate(period.to());
  if (from == to) return to;
  const std::string year = LastWord(from);
  if (year == LastWord(to) && year.size() < from.size()) from.resize(from.size() - year.size() - 1);
  return Span(from, to);
}

std::string SayTime(int64_t ms) {
  const int64_t minutes = ms / kMinuteMs - (ms % kMinuteMs < 0 ? 1 : 0);
  const int64_t days = minutes / 1440 - (minutes % 1440 < 0 ? 1 : 0);
  const int64_t minute = minutes - days * 1440;
  const std::string clock = SayClock(static_cast<int>(minute / 60), static_cast<int>(minute % 60));
  return Say("date.time", {{"day", SayDay(static_cast<int32_t>(days))}, {"clock", clock}});
}

std::string SayClock(int hour, int minute) {
  const auto two = [](int number) { return SayNumber(number / 10) + SayNumber(number % 10); };
  return two(hour) + ":" + two(minute);
}

std::string SayAge(int64_t age_ms) {
  if (age_ms < -kMinuteMs) return Say("age.future");
  if (age_ms >= kDayMs) return Say("age.days", {{"count", age_ms / kDayMs}});
  if (age_ms >= kHourMs) return Say("age.hours", {{"count", age_ms / kHourMs}});
  if (age_ms >= kMinuteMs) return Say("age.minutes", {{"count", age_ms / kMinuteMs}});
  return Say("age.now");
}

}  // namespace daftar
