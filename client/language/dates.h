// Days, dates and times in the reader's language and calendar. In English and the Gregorian calendar the same words as
// those of storage/model/date.h. Thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "daftar/v1/values.pb.h"

namespace daftar {

// "4 Sep 2023"; days since 1970-01-01.
std::string SayDay(int32_t day);
// "night of 30 Aug 2023", "Sep 2023", "before 2 Oct 2024", "no date".
std::string SayDate(const v1::FuzzyDate& date);
// "24 Sep – 15 Oct 2024", "since Sep 2024", "no dates".
std::string SayPeriod(const v1::Period& period);
// "20 Nov 2026 19:30", UTC; milliseconds since 1970-01-01.
std::string SayTime(int64_t ms);
// "19:30".
std::string SayClock(int hour, int minute);
// "just now", "5 minutes ago".
std::string SayAge(int64_t age_ms);

// "Sep", "میزان": of the reader's calendar, from 1.
std::string SayMonth(int month);
// "2023": without a sign between thousands.
std::string SayYear(int year);

// A day in the reader's calendar.
struct CalendarDay {
  int year, month, day;  // from 1
};
CalendarDay CalendarDayOf(int64_t day);

}  // namespace daftar
