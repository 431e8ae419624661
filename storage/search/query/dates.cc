#include "storage/search/query/dates.h"

#include <algorithm>
#include <array>
#include <utility>

#include "storage/model/date.h"
#include "storage/search/query/script.h"

namespace daftar::search::query {
namespace {

constexpr int32_t kOpenFirst = INT32_MIN, kOpenLast = INT32_MAX;
constexpr int kBareFirstYear = 1900, kBareLastYear = 2099;
constexpr int64_t kMostAgo = 9999;  // days, weeks, months or years
constexpr std::string_view kRight = "write 2023, 2023-09, 2023-09-04, 2023-08-30..2023-09-04, today or -30d";

struct Days {
  int64_t first = 0, last = 0;
  // How it is written where it hangs on today: "today", "-30d", "last-week".
  std::string relative = {};
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Days of a month counted from January of year 0; the month may be any number.
Days Month(int64_t month) {
  auto first = [](int64_t m) { return *DayNumber(static_cast<int>(m / 12), static_cast<int>(m % 12) + 1, 1); };
  return {first(month), int64_t{first(month + 1)} - 1};
}

// The same day so many months earlier, or the last one of a shorter month. Not before the year 1.
int64_t MonthsBefore(int64_t day, int64_t months) {
  const CivilDay civil = CivilOf(day);
  const int64_t month = std::max<int64_t>(int64_t{civil.year} * 12 + civil.month - 1 - months, 12);
  const Days days = Month(month);
  return std::min(days.first + civil.day - 1, days.last);
}

// "-30d", "30d", "2w": so many days, weeks, months or years ago.
std::optional<Days> ReadAgo(std::string_view text, int32_t today) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() < 2 || text.size() > 5 || !std::all_of(text.begin(), text.end() - 1, IsDigit)) return std::nullopt;
  int64_t count = 0;
  for (char c : text.substr(0, text.size() - 1)) count = count * 10 + (c - '0');
  if (count > kMostAgo) return std::nullopt;
  const char unit = static_cast<char>(text.back() | 0x20);
  int64_t day;
  if (unit == 'd') {
    day = today - count;
  } else if (unit == 'w') {
    day = today - 7 * count;
  } else if (unit == 'm') {
    day = MonthsBefore(today, count);
  } else if (unit == 'y') {
    day = MonthsBefore(today, 12 * count);
  } else {
    return std::nullopt;
  }
  return Days{day, day, "-" + std::to_string(count) + unit};
}

// "today", "last week", "this_month" …
std::optional<Days> ReadNamed(std::string_view text, int32_t today) {
  std::string name(text);
  for (char& c : name) c = c == ' ' || c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  const int64_t monday = int64_t{today} - ((int64_t{today} + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  const CivilDay now = CivilOf(today);
  const int64_t month = int64_t{now.year} * 12 + now.month - 1;
  auto year = [](int64_t y) { return Days{Month(y * 12).first, Month(y * 12 + 11).last}; };
  const std::pair<std::string_view, Days> named[] = {
      {"today", {today, today}},           {"yesterday", {int64_t{today} - 1, int64_t{today} - 1}},
      {"this-week", {monday, monday + 6}}, {"last-week", {monday - 7, monday - 1}},
      {"this-month", Month(month)},        {"last-month", Month(month - 1)},
      {"this-year", year(now.year)},       {"last-year", year(int64_t{now.year} - 1)},
  };
  for (const auto& [word, days] : named) {
    if (name == word) return Days{days.first, days.last, name};
  }
  return std::nullopt;
}

// "30.8.2023" → "2023-08-30", and "2023-9-4" → "2023-09-04": what people write, as it should be written.
std::optional<std::string> AsIso(std::string_view text) {
  std::array<int, 3> parts = {};
  std::array<size_t, 3> digits = {};
  size_t part = 0;
  for (char c : text) {
    if (IsDigit(c)) {
      if (++digits[part] > 4) return std::nullopt;
      parts[part] = parts[part] * 10 + (c - '0');
    } else if ((c == '.' || c == '/' || c == '-') && part < 2) {
      ++part;
    } else {
      return std::nullopt;
    }
  }
  if (part != 2 || (digits[0] != 4 && digits[2] != 4)) return std::nullopt;
  if (digits[2] == 4) std::swap(parts[0], parts[2]);
  std::optional<int32_t> day = DayNumber(parts[0], parts[1], parts[2]);
  if (!day || parts[0] < 1000) return std::nullopt;
  return IsoDay(*day);
}

// One date without an open end.
std::optional<Complaint> ReadOne(std::string_view text, int32_t today, Days* days) {
  if (std::optional<Days> ago = ReadAgo(text, today)) {
    *days = *ago;
    return std::nullopt;
  }
  if (std::optional<Days> named = ReadNamed(text, today)) {
    *days = *named;
    return std::nullopt;
  }
  StatusOr<v1::FuzzyDate> date = ParseEdtf(text);
  if (date.ok() && date->precision() != v1::DatePrecision::BEFORE && date->precision() != v1::DatePrecision::AFTER) {
    *days = {date->first_day(), date->last_day()};
    return std::nullopt;
  }
  const bool form =
      text.size() >= 7 && std::all_of(text.begin(), text.end(), [](char c) { return IsDigit(c) || c == '-'; });
  std::string what = "\"" + std::string(text) + "\" is not a date: " + std::string(kRight);
  std::optional<std::string> iso = AsIso(text);
  if (form && !iso && !date.ok()) what = Message(date.status());  // says which month or day does not exist
  return Complaint{std::move(what), iso};
}

// Where a range is cut: ".." or EDTF's "/".
size_t FindRange(std::string_view text, size_t* width) {
  *width = 2;
  size_t at = text.find("..");
  // "2023-08-30/.." and "../2023-08-30" have both.
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return at;
  if (at != std::string_view::npos && at != slash + 1 && at + 2 != slash) return at;
  *width = 1;
  return slash;
}

// One date or a range; open ends are kOpenFirst and kOpenLast.
std::optional<Complaint> ReadRange(std::string_view text, int32_t today, Days* days) {
  size_t width;
  const size_t cut = FindRange(text, &width);
  // "30/08/2023" is a date wrongly written, not a range.
  if (cut == std::string_view::npos || AsIso(text)) return ReadOne(text, today, days);
  std::string_view left = text.substr(0, cut), right = text.substr(cut + width);
  if (left == "..") left = {};
  if (right == "..") right = {};
  if (left.empty() && right.empty())
    return Complaint{"the range has no day on either side: " + std::string(kRight), {}};
  Days from{kOpenFirst, kOpenFirst}, to{kOpenLast, kOpenLast};
  if (!left.empty()) {
    if (std::optional<Complaint> wrong = ReadOne(left, today, &from)) {
      if (wrong->instead) wrong->instead = *wrong->instead + ".." + std::string(right);
      return wrong;
    }
  }
  if (!right.empty()) {
    if (std::optional<Complaint> wrong = ReadOne(right, today, &to)) {
      if (wrong->instead) wrong->instead = std::string(left) + ".." + *wrong->instead;
      return wrong;
    }
  }
  if (to.last < from.first) {
    return Complaint{"\"" + std::string(text) + "\" ends before it begins: the earlier day comes first",
                     std::string(right) + ".." + std::string(left)};
  }
  *days = {from.first, to.last};
  if (!from.relative.empty() || !to.relative.empty()) {
    const std::string first = from.relative.empty() ? std::string(left) : from.relative;
    days->relative = first + ".." + (to.relative.empty() ? std::string(right) : to.relative);
  }
  return std::nullopt;
}

int32_t Clamped(int64_t day) {
  return static_cast<int32_t>(std::clamp<int64_t>(day, int64_t{kOpenFirst} + 1, int64_t{kOpenLast} - 1));
}

// "2023", "2023-09" or "2023-09-04" for a whole year, month or day; else empty.
std::string UnitText(int32_t first, int32_t last) {
  const std::string day = IsoDay(first);
  if (first == last) return day;
  const CivilDay from = CivilOf(first), to = CivilOf(last), next = CivilOf(int64_t{last} + 1);
  if (from.day != 1 || next.day != 1 || from.year != to.year) return "";
  if (from.month == to.month) return day.substr(0, day.size() - 3);
  return from.month == 1 && to.month == 12 ? day.substr(0, day.size() - 6) : "";
}

// "2023", "2023-09", "2023-09-04": not whether the day exists. A year and a number above 12 are a number of something.
bool HasBareForm(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == 'd' ? !IsDigit(text[i]) : text[i] != kForm[i]) return false;
  }
  const int year = std::stoi(std::string(text.substr(0, 4)));
  if (text.size() == 7 && (text.substr(5) == "00" || text.substr(5) > "12")) return false;
  return year >= kBareFirstYear && year <= kBareLastYear;
}

}  // namespace

std::optional<Complaint> ReadDays(const FieldName& field, std::string_view value, int32_t today, Node* node) {
  const std::string text = PlainNumber(value);
  Days days;
  if (std::optional<Complaint> wrong = ReadRange(text, today, &days)) return wrong;
  const bool open_first = days.first == kOpenFirst, open_last = days.last == kOpenLast;
  if ((open_first || open_last) && field.days != DayRule::kOn) {
    return Complaint{"\"" + std::string(field.name) + ":\" takes a date without an open end: " + std::string(kRight),
                     {}};
  }
  // "date:-7d" is the last seven days; the other fields count from or to the one day.
  if (field.days == DayRule::kOn && days.relative.starts_with('-') && days.first == days.last) {
    days.last = std::max<int64_t>(today, days.first);
  }
  switch (field.days) {
    case DayRule::kOn:
      break;
    case DayRule::kAfter:
      days = {days.last + 1, kOpenLast, days.relative};
      break;
    case DayRule::kBefore:
      days = {kOpenFirst, days.first - 1, days.relative};
      break;
    case DayRule::kSince:
      days.last = kOpenLast;
      break;
    case DayRule::kUntil:
      days.first = kOpenFirst;
      break;
  }
  // What could not be written as a date again; days that hang on today are not.
  if (days.relative.empty() && (days.last < *DayNumber(1000, 1, 1) || days.first > *DayNumber(2999, 12, 31))) {
    return Complaint{"dates are of the years 1000 to 2999, and none is " + std::string(field.name) + " " + text, {}};
  }
  node->op = Node::Op::kDays;
  node->first_day = days.first == kOpenFirst ? kOpenFirst : Clamped(days.first);
  node->last_day = days.last == kOpenLast ? kOpenLast : Clamped(days.last);
  node->text = days.relative.empty() ? "" : std::string(field.name) + ":" + days.relative;
  return std::nullopt;
}

bool ReadBareDays(std::string_view word, Node* node, std::optional<Complaint>* complaint) {
  complaint->reset();
  const size_t cut = word.find("..");
  if (cut == std::string_view::npos) {
    if (!HasBareForm(word)) return false;
  } else {
    const std::string_view left = word.substr(0, cut), right = word.substr(cut + 2);
    if (left.empty() && right.empty()) return false;
    if ((!left.empty() && !HasBareForm(left)) || (!right.empty() && !HasBareForm(right))) return false;
  }
  constexpr FieldName kDate{.name = "date", .reads = Reads::kDays};
  *complaint = ReadDays(kDate, word, 0, node);
  return true;
}

std::string DaysText(const Node& node) {
  if (!node.text.empty()) return node.text;
  if (node.first_day == kOpenFirst && node.last_day == kOpenLast) return "";
  if (node.first_day == kOpenFirst) return "until:" + IsoDay(node.last_day);
  if (node.last_day == kOpenLast) return "since:" + IsoDay(node.first_day);
  const std::string unit = UnitText(node.first_day, node.last_day);
  return "date:" + (unit.empty() ? IsoDay(node.first_day) + ".." + IsoDay(node.last_day) : unit);
}

}  // namespace daftar::search::query
