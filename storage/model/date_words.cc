// Fuzzy dates in words, for people: see date.h.
#include <array>

#include "storage/model/date.h"

namespace daftar {
namespace {

constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr const char* kDash = " – ";

// How much of a day is worth saying.
enum class Grain { kDay, kMonth, kYear };

Grain GrainOf(const v1::FuzzyDate& date) {
  CivilDay from = CivilOf(date.first_day()), after = CivilOf(int64_t{date.last_day()} + 1);
  if (from.day != 1 || after.day != 1) return Grain::kDay;
  return from.month == 1 && after.month == 1 ? Grain::kYear : Grain::kMonth;
}

std::string WithoutYear(int32_t day, Grain grain) {
  CivilDay civil = CivilOf(day);
  std::string text;
  if (grain == Grain::kDay) text = std::to_string(civil.day) + " ";
  if (grain != Grain::kYear) text += kMonths[civil.month - 1];
  return text;
}

std::string Words(int32_t day, Grain grain, bool year_inferred) {
  std::string text = WithoutYear(day, grain);
  if (!text.empty()) text += ' ';
  return text + std::to_string(CivilOf(day).year) + (year_inferred ? "*" : "");
}

// "30 Aug – 4 Sep 2023", "1–4 Sep 2023", "Sep 2023", "2010 – 2012".
std::string SpanWords(const v1::FuzzyDate& date) {
  Grain grain = GrainOf(date);
  std::string last = Words(date.last_day(), grain, date.year_inferred());
  CivilDay from = CivilOf(date.first_day()), to = CivilOf(date.last_day());
  bool same_year = from.year == to.year, same_month = same_year && from.month == to.month;
  if (date.first_day() == date.last_day() || (grain == Grain::kMonth && same_month)) return last;
  if (grain == Grain::kYear && same_year) return last;
  if (same_month) return std::to_string(from.day) + "–" + last;
  if (same_year) return WithoutYear(date.first_day(), grain) + kDash + last;
  return Words(date.first_day(), grain, date.year_inferred()) + kDash + last;
}

std::string PartWords(v1::DayPart::Code part) {
  switch (part) {
    case v1::DayPart::NIGHT:
      return "night of ";
    case v1::DayPart::DAWN:
      return "dawn of ";
    case v1::DayPart::MORNING:
      return "morning of ";
    case v1::DayPart::AFTERNOON:
      return "afternoon of ";
    case v1::DayPart::EVENING:
      return "evening of ";
    default:
      return "";
  }
}

std::string LastWord(const std::string& words) { return words.substr(words.rfind(' ') + 1); }

}  // namespace

std::string DateWords(const v1::FuzzyDate& date) {
  if (!HasDate(date)) return "no date";
  std::string words = date.approximate() ? "about " : "";
  words += PartWords(date.part());
  if (date.precision() == v1::DatePrecision::BEFORE) {
    words = "before " + words + Words(date.last_day(), Grain::kDay, date.year_inferred());
  } else if (date.precision() == v1::DatePrecision::AFTER) {
    words = "after " + words + Words(date.first_day(), Grain::kDay, date.year_inferred());
  } else {
    words += SpanWords(date);
  }
  return date.uncertain() ? words + "?" : words;
}

std::string PeriodWords(const v1::Period& period) {
  bool has_start = HasDate(period.from()), has_end = HasDate(period.to()) && !period.open_end();
  if (!has_start && !has_end) return period.open_end() ? "ongoing" : "no dates";
  if (!has_start) return "until " + DateWords(period.to());
  std::string from = DateWords(period.from());
  if (!has_end) return (period.open_end() ? "since " : "from ") + from;
  std::string to = DateWords(period.to());
  if (from == to) return to;
  std::string year = LastWord(from);
  if (year == LastWord(to) && year.size() < from.size()) from.resize(from.size() - year.size() - 1);
  return from + kDash + to;
}

}  // namespace daftar
