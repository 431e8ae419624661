// See page_figures.h and page_parts.h.
#include "client/model/page_figures.h"

#include <algorithm>
#include <map>
#include <memory>

#include "client/language/dates.h"
#include "client/language/language.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/page_parts.h"
#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

constexpr int kLongestChain = 16;
constexpr size_t kMostMonths = 24;
// A year that lies further from the others than that is a slip of the pen: it would make the chart useless.
constexpr int kMostYears = 120;

using Tolls = google::protobuf::RepeatedPtrField<v1::Toll>;

TollLine LineOf(const std::string& who, const v1::Toll& toll) {
  TollLine line{.who = who, .words = TollWords(toll)};
  if (toll.bound() == v1::Bound::NOT_GIVEN) return line;
  if (toll.has_low()) line.low = toll.low();
  if (toll.has_best()) line.best = toll.best();
  if (toll.has_high()) line.high = toll.high();
  line.no_end = toll.bound() == v1::Bound::AT_LEAST || (toll.has_low() && !toll.has_best() && !toll.has_high());
  return line;
}

void AddTolls(PageWork& work, v1::Attribute::Code attribute, const Tolls& (v1::Account::*tolls)() const) {
  TollChart chart{.label = AttributeLabel(attribute)};
  size_t at = 0;
  for (const v1::Account& account : work.record.accounts()) {
    const std::string& who = work.page.accounts[at++].label;
    for (const v1::Toll& toll : (account.*tolls)()) {
      const TollLine& line = chart.lines.emplace_back(LineOf(who, toll));
      chart.most = std::max({chart.most, line.low.value_or(0), line.best.value_or(0), line.high.value_or(0)});
    }
  }
  if (chart.lines.size() > 1 && chart.most > 0) work.page.figures.tolls.push_back(std::move(chart));
}

// One text in the tree, with those that rest on it in the order in which they were met.
struct Text {
  PageLink link;
  std::string how;
  std::vector<int> accounts;
  std::vector<std::pair<std::string, std::unique_ptr<Text>>> resting;

  Text& Child(const std::string& key, const PageLink& of, const std::string& by) {
    for (auto& [own, text] : resting) {
      if (own == key) return *text;
    }
    resting.emplace_back(key, std::make_unique<Text>());
    *resting.back().second = Text{of, by, {}, {}};
    return *resting.back().second;
  }
};

struct Step {
  std::string key;
  PageLink link;
  std::string how;  // how it rests on the step behind it
};

std::string HowWords(const v1::Lineage& lineage) {
  return lineage.kind() == v1::LineageKind::UNSET ? "" : SayCode(v1::LineageKind::Code_Name(lineage.kind()));
}

// From the account's source to the root.
std::vector<Step> ChainOf(const v1::Account& account, Names& names) {
  std::vector<Step> steps{{account.source(), names.LinkTo(account.source()), ""}};
  const Record* source = names.Find(account.source());
  const auto* chain = &account.lineage();
  if (chain->empty() && source != nullptr && source->kind() == v1::RecordKind::SOURCE)
    chain = &source->source().lineage();
  while (!chain->empty() && steps.size() < kLongestChain) {
    for (const v1::Lineage& lineage : *chain) {
      steps.back().how = HowWords(lineage);
      const bool named = lineage.upstream().empty();
      steps.push_back({named ? "named:" + lineage.named() : lineage.upstream(),
                       named ? PageLink{lineage.named(), "", ""} : names.LinkTo(lineage.upstream()), ""});
    }
    const Record* end = names.Find(chain->rbegin()->upstream());
    if (end == nullptr || end->kind() != v1::RecordKind::SOURCE) break;
    chain = &end->source().lineage();
  }
  return steps;
}

void Flatten(const Text& text, int depth, std::vector<LineageLine>& lines) {
  for (const auto& [key, child] : text.resting) {
    lines.push_back({depth, child->link, child->how, child->accounts});
    Flatten(*child, depth + 1, lines);
  }
}

void FillLineage(PageWork& work) {
  if (work.record.accounts().size() < 2) return;
  Text trunk;
  int number = 0;
  for (const v1::Account& account : work.record.accounts()) {
    const std::vector<Step> steps = ChainOf(account, work.names);
    Text* at = &trunk;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) at = &at->Child(step->key, step->link, step->how);
    at->accounts.push_back(++number);
  }
  Flatten(trunk, 0, work.page.figures.lineage);
}

// Of the search for what lies in a year of the reader's calendar.
std::string YearAddress(const std::string& query, int year) {
  if (CurrentCalendar() == Calendar::kGregorian)
    return SearchAddress(query + " date:" + std::to_string(year), "incident");
  // A year of the other calendar begins on 20 or 21 March.
  int64_t first = *DayNumber(year + 621, 3, 19);
  while (CalendarDayOf(first).year < year) ++first;
  int64_t last = first + 364;
  while (CalendarDayOf(last + 1).year == year) ++last;
  return SearchAddress(
      query + " since:" + IsoDay(static_cast<int32_t>(first)) + " until:" + IsoDay(static_cast<int32_t>(last)),
      "incident");
}

// Incidents by the first day on which they may have happened.
void FillYears(PageWork& work, const char* field) {
  SearchRequest request;
  request.query = std::string(field) + ":" + work.record.id().ToString();
  request.kind = v1::RecordKind::INCIDENT;
  const search::Spread spread = work.names.Take(work.names.view().SpreadOf(request));
  std::map<int, uint64_t> counts;
  PageFigures& figures = work.page.figures;
  for (size_t item = 0; item < spread.size(); ++item) {
    if (spread.has_day(item)) {
      ++counts[CalendarDayOf(spread.first_day[item]).year];
    } else {
      ++figures.undated;
    }
  }
  while (!counts.empty() && counts.rbegin()->first - counts.begin()->first >= kMostYears) {
    figures.undated += counts.begin()->second;
    counts.erase(counts.begin());
  }
  if (counts.empty()) return;
  for (int year = counts.begin()->first; year <= counts.rbegin()->first; ++year) {
    const auto at = counts.find(year);
    const uint64_t count = at == counts.end() ? 0 : at->second;
    figures.years.push_back({year, count, count == 0 ? "" : YearAddress(request.query, year)});
  }
}

int WeekdayOf(int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }  // 1970-01-01 was a Thursday

void FillCalendar(PageWork& work) {
  const ShownValue* shown = work.shown.find(v1::Attribute::PERIOD);
  const v1::Account* account = shown == nullptr ? nullptr : FindAccount(work.record, shown->account);
  if (account == nullptr || !HasDate(account->period().from())) return;
  const v1::Period& period = account->period();
  const bool ends = HasDate(period.to()) && !period.open_end();
  const int64_t last = ends ? period.to().last_day() : int64_t{period.from().last_day()} + 31;
  int64_t day = period.from().first_day();
  day -= CalendarDayOf(day).day - 1;
  PageFigures& figures = work.page.figures;
  for (; day <= last; day += static_cast<int64_t>(figures.calendar.back().days.size())) {
    if (figures.calendar.size() == kMostMonths) break;
    const CalendarDay begin = CalendarDayOf(day);
    CalendarMonth& month = figures.calendar.emplace_back();
    month.title = Say("date.month_year", {{"month", SayMonth(begin.month)}, {"year", SayYear(begin.year)}});
    month.first_weekday = WeekdayOf(day);
    for (int64_t at = day; CalendarDayOf(at).month == begin.month; ++at) {
      const PeriodState state = StateOn(period, static_cast<int32_t>(at));
      month.days.push_back(state == PeriodState::kHolds   ? CalendarMonth::Day::kHolds
                           : state == PeriodState::kMaybe ? CalendarMonth::Day::kPerhaps
                                                          : CalendarMonth::Day::kOutside);
    }
  }
  figures.calendar_more = !ends || day <= last;
}

}  // namespace

void FillFigures(PageWork& work) {
  switch (work.record.kind()) {
    case v1::RecordKind::INCIDENT:
      AddTolls(work, v1::Attribute::KILLED, &v1::Account::killed);
      AddTolls(work, v1::Attribute::WOUNDED, &v1::Account::wounded);
      AddTolls(work, v1::Attribute::CAPTURED, &v1::Account::captured);
      AddTolls(work, v1::Attribute::MISSING, &v1::Account::missing);
      AddTolls(work, v1::Attribute::NEUTRALISED, &v1::Account::neutralised);
      break;
    case v1::RecordKind::ACTOR:
      FillYears(work, "actor");
      break;
    case v1::RecordKind::PLACE:
      FillYears(work, "place");
      break;
    case v1::RecordKind::ALERT_PERIOD:
      FillCalendar(work);
      break;
    default:
      break;
  }
  FillLineage(work);
}

}  // namespace daftar
