#include "tools/ctl/traffic_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "client/sync/traffic.h"
#include "storage/base/bytes.h"
#include "tools/ctl/reply.h"

namespace daftar::ctl {
namespace {

using nlohmann::ordered_json;
using Class = v1::Traffic::Class;

constexpr std::array<std::pair<Class::Code, const char*>, 5> kClasses = {{{Class::CHANGES, "changes"},
                                                                          {Class::FILLING, "filling"},
                                                                          {Class::COMPARING, "comparing"},
                                                                          {Class::PUSHES, "pushes"},
                                                                          {Class::OTHER, "other"}}};

// Bytes of one direction: all together, or of a class.
uint64_t Bytes(const v1::Traffic& traffic, bool sent, std::optional<Class::Code> what) {
  uint64_t bytes = 0;
  for (const v1::Traffic::Counter& counter : traffic.total()) {
    if (!what || counter.class_() == *what) bytes += sent ? counter.sent() : counter.received();
  }
  return bytes;
}

ordered_json DirectionJson(const v1::Traffic& traffic, bool sent) {
  ordered_json json{{"total", Bytes(traffic, sent, {})}};
  for (const auto& [what, word] : kClasses) json[word] = Bytes(traffic, sent, what);
  return json;
}

ordered_json OrNull(uint64_t bytes) { return bytes == 0 ? ordered_json() : ordered_json(bytes); }
ordered_json OrNull(const std::optional<uint64_t>& bytes) { return bytes ? ordered_json(*bytes) : ordered_json(); }

// "k", "kB", "M" … as a factor; 0 if it is no unit.
uint64_t FactorOf(std::string_view unit) {
  if (unit.ends_with('B')) unit.remove_suffix(1);
  if (unit.empty()) return 1;
  if (unit == "k" || unit == "K") return 1'000;
  if (unit == "M") return 1'000'000;
  return unit == "G" ? 1'000'000'000 : 0;
}

}  // namespace

std::optional<uint64_t> ParseBytes(std::string_view text) {
  constexpr double kMost = 1e15;
  if (text == "none") return 0;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc() || !(number >= 0)) return std::nullopt;
  std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  const uint64_t factor = FactorOf(unit);
  const double bytes = std::round(number * static_cast<double>(factor));
  if (factor == 0 || bytes > kMost) return std::nullopt;
  return static_cast<uint64_t>(bytes);
}

std::string CheckBytes(const std::string& text) {
  return ParseBytes(text) ? "" : "\"" + text + "\" is no number of bytes; write 300, 10k, 2M or none";
}

std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

ordered_json BudgetJson(const v1::TrafficBudget& budget) {
  return {{"session", OrNull(budget.session())}, {"day", OrNull(budget.day())}, {"month", OrNull(budget.month())}};
}

std::string BudgetWords(const v1::TrafficBudget& budget) {
  std::string words;
  const auto add = [&words](uint64_t bytes, const char* of) {
    if (bytes > 0) words += (words.empty() ? "" : ", ") + HumanBytes(bytes) + of;
  };
  add(budget.session(), " a session");
  add(budget.day(), " a day");
  add(budget.month(), " a month");
  return words.empty() ? "none" : words;
}

ordered_json TrafficJson(const v1::Traffic& traffic, int64_t now_ms) {
  return {{"received", DirectionJson(traffic, false)},
          {"sent", DirectionJson(traffic, true)},
          {"day", BytesOfDay(traffic, now_ms)},
          {"month", BytesOfMonth(traffic, now_ms)}};
}

std::string TrafficWords(const v1::Traffic& traffic, int64_t now_ms) {
  return HumanBytes(Bytes(traffic, false, {})) + " received, " + HumanBytes(Bytes(traffic, true, {})) +
         " sent; today " + HumanBytes(BytesOfDay(traffic, now_ms)) + ", this month " +
         HumanBytes(BytesOfMonth(traffic, now_ms));
}

StatusOr<ToCome> ToComeAfter(Workstation& station, const SyncReport& report) {
  ToCome to_come;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> fill, station.view().fill().State());
  if (fill) {
    to_come.bytes = fill->total() - std::min(fill->total(), fill->fetched());
  } else if (report.head > report.to) {
    to_come.revisions = report.head - report.to;
  }
  return to_come;
}

std::string_view LimitWord(TrafficLimit limit) {
  switch (limit) {
    case TrafficLimit::kSession:
      return "session";
    case TrafficLimit::kDay:
      return "day";
    case TrafficLimit::kMonth:
      return "month";
    case TrafficLimit::kNone:
      break;
  }
  return "";
}

std::string BudgetReachedWords(const SyncReport& report, const ToCome& to_come) {
  if (report.stopped_at == TrafficLimit::kNone) return "";
  const bool session = report.stopped_at == TrafficLimit::kSession;
  std::string words = "stopped: the budget of the " + std::string(LimitWord(report.stopped_at)) +
                      " is used up. What came is kept, and " +
                      (session ? "the next sync goes on from it" : "a sync goes on from it when the next one begins");
  if (to_come.bytes) words += "; about " + HumanBytes(*to_come.bytes) + " are still to come";
  if (to_come.revisions) words += "; " + Counted(*to_come.revisions, "revision") + " still to come";
  return words + "\n";
}

void FillBudgetJson(const SyncReport& report, const ToCome& to_come, ordered_json& json) {
  const bool reached = report.stopped_at != TrafficLimit::kNone;
  json["budget_reached"] = reached;
  json["limit"] = reached ? ordered_json(LimitWord(report.stopped_at)) : ordered_json();
  json["to_come"] = {{"bytes", OrNull(to_come.bytes)}, {"revisions", OrNull(to_come.revisions)}};
}

}  // namespace daftar::ctl
