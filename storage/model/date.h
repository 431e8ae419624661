// Fuzzy dates as text: EDTF in and out, words out.
//
// EDTF (ISO 8601-2) as read here: "2023", "2023-09", "2023-09-04"; "?" uncertain, "~" approximate, "%" both, after the
// date; intervals "2023-08-30/2023-09-04"; "../2023-09-04" on or before, "2023-09-04/.." on or after. An interval of
// 2–6 days is DAYS_2_6, of 7–11 WEEK ("mid-September" is a third of a month), up to a month MONTH, else YEAR. As
// extensions that people need: a day part after "T": "2023-08-30TNIGHT"; a year that an editor inferred in
// parentheses: "(2023)-08-30".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daftar/v1/values.pb.h"
#include "storage/base/status.h"

namespace daftar {

// Days since 1970-01-01 in the proleptic Gregorian calendar; nullopt for a day that does not exist.
std::optional<int32_t> DayNumber(int year, int month, int day);
struct CivilDay {
  int year, month, day;
};
CivilDay CivilOf(int64_t day_number);
// "2023-09-04".
std::string IsoDay(int32_t day_number);
// "2023-09-04", "today" is not known here. InvalidArgument says what is wrong ("month 13 does not exist …").
StatusOr<int32_t> ParseIsoDay(std::string_view text);

// InvalidArgument names the text and what is wrong, with an example of what would be right.
StatusOr<v1::FuzzyDate> ParseEdtf(std::string_view text);
// Such that ParseEdtf gives the same date back, wording excepted. Empty for no date.
std::string ToEdtf(const v1::FuzzyDate& date);
// For people, in English: "4 Sep 2023", "night of 30 Aug 2023", "Sep 2023", "mid-… " never; "before 2 Oct 2024",
// "about 2010", "30 Aug – 4 Sep 2023"; "*" after a year that was inferred: "4 Sep 2023*". "no date" for none.
std::string DateWords(const v1::FuzzyDate& date);
// "24 Sep – 15 Oct 2024", "since mid-Sep …": "since Sep 2024", "until …"; "no dates" for none.
std::string PeriodWords(const v1::Period& period);

inline bool HasDate(const v1::FuzzyDate& date) { return date.precision() != v1::DatePrecision::UNSET; }
// Whether the two cannot both be right: no day is possible in both. An approximate date reaches beyond the days that it
// names by as many days again on either side: "about 2010" may be 2009.
bool Contradict(const v1::FuzzyDate& a, const v1::FuzzyDate& b);

// How a period stands to a day.
enum class PeriodState { kUnknown, kNotYet, kMaybe, kHolds, kEnded };
// kMaybe: the day is inside the uncertainty of an end. An open or absent end never ends.
PeriodState StateOn(const v1::Period& period, int32_t day);

}  // namespace daftar
