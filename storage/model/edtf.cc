// EDTF text to FuzzyDate and back: see date.h for what is read.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "storage/model/date.h"

namespace daftar {
namespace {

constexpr int kFirstYear = 1000, kLastYear = 2999;
// A week, or a third of a month ("mid-September"), which is up to eleven days.
constexpr int64_t kWeekDays = 11;
// How far the unknown side of "on or before" and "on or after" is guessed to reach.
constexpr int32_t kGuessDays = 365;
constexpr std::string_view kExamples = "write 2023-09-04, 2023-09, 2023 or 2023-08-30/2023-09-04";
constexpr std::array<const char*, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                 "July",    "August",   "September", "October", "November", "December"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

// Precision of a span that is not one calendar unit.
v1::DatePrecision::Code PrecisionOf(int32_t first, int32_t last) {
  int64_t days = int64_t{last} - first + 1;
  if (days <= 1) return v1::DatePrecision::DAY;
  if (days <= 6) return v1::DatePrecision::DAYS_2_6;
  if (days <= kWeekDays) return v1::DatePrecision::WEEK;
  return days <= 31 ? v1::DatePrecision::MONTH : v1::DatePrecision::YEAR;
}

void SetDays(int32_t first, int32_t last, v1::FuzzyDate& date) {
  date.set_first_day(first);
  date.set_last_day(last);
  date.set_precision(PrecisionOf(first, last));
}

// Reads one date, without an interval, off a text.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : whole_(text), rest_(text) {}

  StatusOr<v1::FuzzyDate> Read() {
    v1::FuzzyDate date;
    DAFTAR_RETURN_IF_ERROR(ReadDays(date));
    while (!rest_.empty()) DAFTAR_RETURN_IF_ERROR(ReadMark(date));
    return date;
  }

 private:
  Status Wrong(std::string_view why) const {
    return InvalidArgument("\"" + std::string(whole_) + "\": " + std::string(why));
  }
  Status NotADate() const {
    return InvalidArgument("\"" + std::string(whole_) + "\" is not a date: " + std::string(kExamples));
  }

  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> TakeNumber(size_t digits) {
    if (rest_.size() < digits || !std::all_of(rest_.begin(), rest_.begin() + digits, IsDigit)) return std::nullopt;
    if (rest_.size() > digits && IsDigit(rest_[digits])) return std::nullopt;
    int number = 0;
    for (char c : rest_.substr(0, digits)) number = number * 10 + (c - '0');
    rest_.remove_prefix(digits);
    return number;
  }

  Status ReadDays(v1::FuzzyDate& date) {
    bool inferred = Take('(');
    std::optional<int> year = TakeNumber(4);
    if (!year || (inferred && !Take(')'))) return NotADate();
    date.set_year_inferred(inferred);
    if (*year < kFirstYear || *year > kLastYear) {
      return Wrong("year " + std::to_string(*year) + " is outside 1000 to 2999");
    }
    if (!Take('-')) {
      SetDays(*DayNumber(*year, 1, 1), *DayNumber(*year, 12, 31), date);
      return OkStatus();
    }
    return ReadMonth(*year, date);
  }

  Status ReadMonth(int year, v1::FuzzyDate& date) {
    std::optional<int> month = TakeNumber(2);
    if (!month) return NotADate();
    if (*month < 1 || *month > 12) {
      return Wrong("month " + std::to_string(*month) + " does not exist; months are 01 to 12, as in 2023-09-04");
    }
    int32_t first = *DayNumber(year, *month, 1);
    int32_t last = (*month == 12 ? *DayNumber(year + 1, 1, 1) : *DayNumber(year, *month + 1, 1)) - 1;
    if (!Take('-')) {
      SetDays(first, last, date);
      return OkStatus();
    }
    std::optional<int> day = TakeNumber(2);
    if (!day) return NotADate();
    if (*day < 1 || *day > last - first + 1) {
      return Wrong("day " + std::to_string(*day) + " does not exist; " + kMonths[*month - 1] + " " +
                   std::to_string(year) + " has " + std::to_string(last - first + 1) + " days");
    }
    SetDays(first + *day - 1, first + *day - 1, date);
    return OkStatus();
  }

  // "?", "~", "%" or "TNIGHT".
  Status ReadMark(v1::FuzzyDate& date) {
    bool both = Take('%');
    if (both || Take('?')) {
      date.set_uncertain(true);
      if (both) date.set_approximate(true);
      return OkStatus();
    }
    if (Take('~')) {
      date.set_approximate(true);
      return OkStatus();
    }
    return Take('T') || Take('t') ? ReadPart(date) : NotADate();
  }

  Status ReadPart(v1::FuzzyDate& date) {
    std::string word;
    while (!rest_.empty() && std::isalpha(static_cast<unsigned char>(rest_.front()))) {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(rest_.front())));
      rest_.remove_prefix(1);
    }
    v1::DayPart::Code part;
    if (!v1::DayPart::Code_Parse(word, &part) || part == v1::DayPart::UNSET) {
      return Wrong("after T comes NIGHT, DAWN, MORNING, AFTERNOON or EVENING, as in 2023-08-30TNIGHT");
    }
    date.set_part(part);
    return OkStatus();
  }

  std::string_view whole_, rest_;
};

// The flags and the part of the day of an interval are those of either end.
void AddMarks(const v1::FuzzyDate& from, v1::FuzzyDate& to) {
  if (from.approximate()) to.set_approximate(true);
  if (from.uncertain()) to.set_uncertain(true);
  if (from.year_inferred()) to.set_year_inferred(true);
  if (from.part() != v1::DayPart::UNSET) to.set_part(from.part());
}

StatusOr<v1::FuzzyDate> ParseInterval(std::string_view whole, std::string_view left, std::string_view right) {
  bool open_left = left == "..", open_right = right == "..";
  if (open_left && open_right) {
    return InvalidArgument("\"" + std::string(whole) + "\" has no day on either side: leave the date out");
  }
  v1::FuzzyDate date;
  if (open_left) {
    DAFTAR_ASSIGN_OR_RETURN(date, DateReader(right).Read());
    date.set_first_day(date.last_day() - kGuessDays);
    date.set_precision(v1::DatePrecision::BEFORE);
    return date;
  }
  DAFTAR_ASSIGN_OR_RETURN(date, DateReader(left).Read());
  if (open_right) {
    date.set_last_day(date.first_day() + kGuessDays);
    date.set_precision(v1::DatePrecision::AFTER);
    return date;
  }
  DAFTAR_ASSIGN_OR_RETURN(v1::FuzzyDate end, DateReader(right).Read());
  if (end.last_day() < date.first_day()) {
    return InvalidArgument("\"" + std::string(whole) + "\" ends before it starts: the earlier day comes first");
  }
  AddMarks(end, date);
  SetDays(date.first_day(), end.last_day(), date);
  return date;
}

// "2023-09-04", or with the year in parentheses.
std::string DayText(int32_t day, bool inferred) {
  std::string text = IsoDay(day);
  return inferred ? "(" + text.substr(0, 4) + ")" + text.substr(4) : text;
}

// The shortest text for the days: a year, a month, a day or an interval.
std::string DaysText(const v1::FuzzyDate& date) {
  bool inferred = date.year_inferred();
  std::string first = DayText(date.first_day(), inferred), last = DayText(date.last_day(), inferred);
  if (date.precision() == v1::DatePrecision::BEFORE) return "../" + last;
  if (date.precision() == v1::DatePrecision::AFTER) return first + "/..";
  CivilDay from = CivilOf(date.first_day()), to = CivilOf(date.last_day());
  bool starts_month = from.day == 1, ends_month = CivilOf(int64_t{date.last_day()} + 1).day == 1;
  if (starts_month && ends_month && from.year == to.year) {
    if (from.month == to.month) return first.substr(0, first.size() - 3);
    if (from.month == 1 && to.month == 12) return first.substr(0, first.size() - 6);
  }
  return date.first_day() == date.last_day() ? first : first + "/" + last;
}

}  // namespace

StatusOr<v1::FuzzyDate> ParseEdtf(std::string_view text) {
  std::string_view trimmed = Trim(text);
  size_t slash = trimmed.find('/');
  if (slash == std::string_view::npos) return DateReader(trimmed).Read();
  return ParseInterval(trimmed, Trim(trimmed.substr(0, slash)), Trim(trimmed.substr(slash + 1)));
}

std::string ToEdtf(const v1::FuzzyDate& date) {
  if (!HasDate(date)) return "";
  std::string text = DaysText(date);
  std::string marks;
  if (date.part() != v1::DayPart::UNSET) marks = "T" + v1::DayPart::Code_Name(date.part());
  if (date.approximate() || date.uncertain()) {
    marks += date.approximate() && date.uncertain() ? "%" : date.approximate() ? "~" : "?";
  }
  // ".." stands alone, so the marks of an open interval follow the day.
  return text.ends_with("/..") ? text.substr(0, text.size() - 3) + marks + "/.." : text + marks;
}

}  // namespace daftar
