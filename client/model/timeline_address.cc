#include "client/model/timeline_address.h"

#include <cmath>
#include <optional>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/timeline.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

// Windows longer than this are kept to the day, shorter ones to the hour.
constexpr double kByHours = 40;
constexpr int kHoursADay = 24;

// Hours since 1970-01-01.
int64_t HoursOf(double time, bool by_days) {
  if (by_days) return static_cast<int64_t>(std::llround(time)) * kHoursADay;
  return static_cast<int64_t>(std::llround(time * kHoursADay));
}

int32_t DayOfHours(int64_t hours) { return static_cast<int32_t>(std::floor(static_cast<double>(hours) / kHoursADay)); }

std::string HourText(int64_t hours) {
  const int32_t day = DayOfHours(hours);
  const int64_t hour = hours - int64_t{day} * kHoursADay;
  return IsoDay(day) + "T" + (hour < 10 ? "0" : "") + std::to_string(hour);
}

// "2023-08-30" or "2023-08-30T06". `end`: a day alone is meant as its end.
StatusOr<double> ParseTime(const std::string& text, bool end) {
  const size_t at = text.find('T');
  DAFTAR_ASSIGN_OR_RETURN(const int32_t day, ParseIsoDay(text.substr(0, at)));
  if (at == std::string::npos) return day + (end ? 1.0 : 0.0);
  const std::string hour = text.substr(at + 1);
  const bool digits = hour.size() == 2 && hour[0] >= '0' && hour[0] <= '9' && hour[1] >= '0' && hour[1] <= '9';
  const int number = digits ? (hour[0] - '0') * 10 + (hour[1] - '0') : kHoursADay + 1;
  if (number > kHoursADay) return InvalidArgument("\"" + text + "\" is no hour of a day, such as 2023-08-30T06");
  return day + static_cast<double>(number) / kHoursADay;
}

// The query with one more condition. What is said with OR is put in parentheses, for AND binds before it.
std::string Narrowed(std::string_view query, const std::string& condition) {
  std::string all(query);
  while (!all.empty() && all.back() == ' ') all.pop_back();
  if (all.empty()) return condition;
  const bool any = all.find(" OR ") != std::string::npos || all.find(" ИЛИ ") != std::string::npos ||
                   all.find('|') != std::string::npos;
  return (any ? "(" + all + ")" : all) + " " + condition;
}

}  // namespace

std::string UndatedAddress(std::string_view query, Kind kind) {
  const std::string word(KindWord(kind));
  if (kind == v1::RecordKind::ACTOR || kind == v1::RecordKind::PLACE) {
    return query.empty() ? ListAddress(word) : SearchAddress(query, word);
  }
  // Of sources the index does not know whether they have one.
  if (kind == v1::RecordKind::SOURCE) return "";
  return SearchAddress(Narrowed(query, "-has:date"), word);
}

std::string TimelineAddress(std::string_view query, std::string_view kind, const std::optional<TimeWindow>& window) {
  Address address{"timeline", "", {}};
  if (!query.empty()) address.params["q"] = query;
  if (!kind.empty()) address.params["kind"] = kind;
  if (window) {
    const bool by_days = window->span() > kByHours;
    const int64_t from = HoursOf(window->from, by_days), to = HoursOf(window->to, by_days);
    const bool whole_days = from % kHoursADay == 0 && to % kHoursADay == 0 && to > from;
    address.params["from"] = whole_days ? IsoDay(DayOfHours(from)) : HourText(from);
    address.params["to"] = whole_days ? IsoDay(DayOfHours(to) - 1) : HourText(to);
  }
  return address.ToString();
}

std::string AddressOf(const Timeline& timeline) {
  if (timeline.window == timeline.opening) return TimelineAddress(timeline.query, timeline.kind);
  return TimelineAddress(timeline.query, timeline.kind, timeline.window);
}

std::string ListAddressOf(const Timeline& timeline, const TimeWindow& window) {
  const int32_t from = static_cast<int32_t>(std::floor(window.from + 1e-6));
  const int32_t to = std::max(from, static_cast<int32_t>(std::ceil(window.to - 1e-6)) - 1);
  const std::string days = from == to ? IsoDay(from) : IsoDay(from) + ".." + IsoDay(to);
  return SearchAddress(Narrowed(timeline.query, "date:" + days), timeline.kind, "oldest");
}

StatusOr<std::optional<TimeWindow>> WindowOf(const Address& address) {
  const std::string from = address.Param("from"), to = address.Param("to");
  if (from.empty() && to.empty()) return std::optional<TimeWindow>();
  TimeWindow window{kFirstTime, kEndOfTime};
  if (!from.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(window.from, ParseTime(from, false));
  }
  if (!to.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(window.to, ParseTime(to, true));
  }
  if (window.to <= window.from) return InvalidArgument("a timeline from " + from + " to " + to + " has no length");
  return std::optional<TimeWindow>(window);
}

std::string WindowWords(const TimeWindow& window) {
  if (window.span() > kByHours) {
    const int32_t from = static_cast<int32_t>(std::lround(window.from));
    return SpanWords(from, std::max(from, static_cast<int32_t>(std::lround(window.to)) - 1));
  }
  constexpr double kMsPerDay = 86'400'000, kMsPerHour = 3'600'000;
  const auto hour = [](double time) {
    return SayTime(static_cast<int64_t>(std::llround(time * kMsPerDay / kMsPerHour)) *
                   static_cast<int64_t>(kMsPerHour));
  };
  return Say("date.span", {{"from", hour(window.from)}, {"to", hour(window.to)}});
}

}  // namespace daftar
