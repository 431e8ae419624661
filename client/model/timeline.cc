#include "client/model/timeline.h"

#include <algorithm>
#include <utility>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/names.h"
#include "client/model/rows.h"
#include "client/model/search_own.h"
#include "client/model/timeline_address.h"
#include "client/model/words.h"
#include "storage/model/kind.h"
#include "storage/search/query/query.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

constexpr int64_t kMsPerDay = 86'400'000;
// What is named before anything has been drawn: as a window of usual size shows it.
constexpr float kUsualWidth = 1000;
constexpr std::array<int, kLanes> kUsualRows = {10, 4, 6, 4};
// Named of each lane for the text mirror, and shown of what has no date.
constexpr size_t kNamedOfLane = 12, kShownInTray = 5;

bool HasDates(Kind kind) { return kind != v1::RecordKind::ACTOR && kind != v1::RecordKind::PLACE; }

void AddTrays(Timeline& timeline) {
  for (const Kind kind : AllKinds()) {
    const std::vector<uint32_t>& items = timeline.data->undated[static_cast<size_t>(kind)];
    if (items.empty()) continue;
    Timeline::Tray tray;
    tray.kind = KindWord(kind);
    tray.count = items.size();
    tray.never = !HasDates(kind);
    tray.address = UndatedAddress(timeline.query, kind);
    if (!tray.never) tray.shown.assign(items.begin(), items.begin() + std::min(items.size(), kShownInTray));
    timeline.undated.push_back(std::move(tray));
  }
}

// The part of a window that something may lie in, if there is one: "from" alone goes on to the end.
TimeWindow Inside(const TimeWindow& window, const TimeWindow& whole) {
  const TimeWindow inside{std::max(window.from, whole.from), std::min(window.to, whole.to)};
  return inside.span() > 0 ? inside : window;
}

// What is shown at first, and what the text mirror tells.
std::vector<uint32_t> FirstShown(const Timeline& timeline) {
  TimelineMetrics metrics;
  metrics.width = kUsualWidth;
  metrics.rows = kUsualRows;
  std::vector<uint32_t> items;
  for (const auto& lane : LayOut(*timeline.data, timeline.window, metrics).lanes) {
    for (const TimelineBox& box : lane.boxes) {
      if (!box.is_block()) items.push_back(box.item);
    }
  }
  for (const TimelineLane& lane : timeline.data->lanes) {
    const auto [first, last] = lane.BeginningIn(timeline.window.from, timeline.window.to);
    for (size_t at = first; at < std::min(last, first + kNamedOfLane); ++at) items.push_back(lane.item(at));
  }
  for (const Timeline::Tray& tray : timeline.undated) items.insert(items.end(), tray.shown.begin(), tray.shown.end());
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

// Whether it goes on is what no column of the index says.
bool GoesOn(const search::Row& row) {
  if (row.period && row.period->open_end()) return true;
  return row.relation && std::any_of(row.relation->accounts.begin(), row.relation->accounts.end(),
                                     [](const v1::Account& account) { return account.period().open_end(); });
}

bool GoesOn(const Record* record) {
  return record != nullptr && std::any_of(record->accounts().begin(), record->accounts().end(),
                                          [](const v1::Account& account) { return account.period().open_end(); });
}

std::optional<TimelineRow> RowOf(const Uuid& id, const std::optional<search::Row>& own, Names& names) {
  std::optional<ListRow> row = MakeRow(id, own, names);
  if (!row) return std::nullopt;
  return TimelineRow{*std::move(row), own ? GoesOn(*own) : GoesOn(names.Find(id))};
}

std::string RespeltWords(const std::vector<search::Respelling>& respellings) {
  std::vector<std::string> each;
  for (const search::Respelling& respelling : respellings) {
    if (respelling.instead.empty()) continue;
    each.push_back(Say("timeline.instead", {{"taken", Join(respelling.instead, ", ")}, {"word", respelling.word}}));
  }
  return Join(each, "; ");
}

}  // namespace

StatusOr<Timeline> BuildTimeline(const ReadView& view, std::string_view query, const TimelineOptions& options) {
  Timeline timeline;
  timeline.query = query;
  timeline.kind = options.kind;
  SearchRequest request;
  request.query = query;
  request.stop = options.stop;
  if (!options.kind.empty()) {
    request.kind = KindFromWord(options.kind);
    if (!request.kind) return InvalidArgument(Say("search.no_kind", {{"word", options.kind}}));
  }
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view.Head());
  request.today = static_cast<int32_t>(head.server_ms() / kMsPerDay);
  if (search::CheckQuery(query, *request.today)) {
    DAFTAR_ASSIGN_OR_RETURN(SearchPage page, BuildSearch(view, query, {.kind = options.kind}));
    timeline.problem = std::move(page.problem);
    if (timeline.problem && !timeline.problem->suggestion.empty())
      timeline.problem->address = TimelineAddress(timeline.problem->suggestion, options.kind, options.window);
    timeline.data = std::make_shared<const TimelineData>();
    timeline.whole = timeline.opening = timeline.window = WholeOf(*timeline.data);
    return timeline;
  }
  OwnSearch own(options.mine, options.stop);
  request.own_of = own.Asker();
  DAFTAR_ASSIGN_OR_RETURN(search::Spread spread, view.SpreadOf(request));
  if (options.stop != nullptr && options.stop->load()) return Cancelled("the search was stopped");
  timeline.respelt_words = RespeltWords(spread.respellings);
  timeline.behind = spread.behind;
  if (spread.behind > 0) timeline.behind_words = Say("timeline.behind", {{"count", spread.behind}});
  timeline.data = std::make_shared<const TimelineData>(TimelineData::Of(std::move(spread)));
  timeline.whole = WholeOf(*timeline.data);
  timeline.opening = OpeningOf(*timeline.data, timeline.whole);
  timeline.window =
      options.window ? Bounded(Inside(*options.window, timeline.whole), timeline.whole) : timeline.opening;
  AddTrays(timeline);
  timeline.words = Say("timeline.found", {{"count", timeline.data->spread.size()}, {"dated", timeline.data->dated}});
  DAFTAR_ASSIGN_OR_RETURN(ItemRows rows, DescribeItems(view, timeline.data->spread, FirstShown(timeline)));
  AddRows(std::move(rows), timeline);
  return timeline;
}

StatusOr<Timeline> BuildTimeline(const ReadView& view, const Address& address, TimelineOptions options) {
  options.kind = address.Param("kind");
  DAFTAR_ASSIGN_OR_RETURN(options.window, WindowOf(address));
  return BuildTimeline(view, address.Param("q"), options);
}

StatusOr<ItemRows> DescribeItems(const ReadView& view, const search::Spread& spread, std::span<const uint32_t> items) {
  std::vector<Rid> rids;
  for (const uint32_t item : items) {
    if (item < spread.rid.size()) rids.push_back(spread.rid[item]);
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::optional<ListedRecord>> listed, view.RowsOf(rids));
  if (listed.size() != rids.size()) return Internal("a view gave other rows than it was asked for");
  Names names(view);
  ItemRows rows;
  size_t next = 0;
  for (const uint32_t item : items) {
    std::optional<TimelineRow> row;
    if (item < spread.rid.size()) {
      const std::optional<ListedRecord>& own = listed[next++];
      if (own) row = RowOf(own->id, own->row, names);
    } else if (item - spread.rid.size() < spread.ids.size()) {
      row = RowOf(spread.ids[item - spread.rid.size()], std::nullopt, names);
    }
    if (row) rows.emplace_back(item, *std::move(row));
  }
  if (!names.status().ok()) return names.status();
  return rows;
}

void AddRows(ItemRows rows, Timeline& timeline) {
  if (timeline.rows.size() + rows.size() > kMostRows) timeline.rows.clear();
  ++timeline.rows_changed;
  for (auto& [item, row] : rows) timeline.rows.insert_or_assign(item, std::move(row));
}

TimeWindow WindowInto(const TimelineBox& block, const Timeline& timeline) {
  if (block.earlier) return Bounded({block.from, timeline.window.to}, timeline.whole);
  return Bounded({block.from, block.to}, timeline.whole);
}

std::string BoxWords(const TimelineBox& box, TimeStep step, const Timeline& timeline) {
  if (box.earlier) return Say("timeline.earlier", {{"count", box.count}});
  if (box.is_block()) return Say("timeline.block", {{"count", box.count}, {"when", StepWords(step, box.from)}});
  const auto row = timeline.rows.find(box.item);
  if (row == timeline.rows.end()) {
    return SpanWords(static_cast<int32_t>(box.from), static_cast<int32_t>(box.to) - 1);
  }
  std::string words = row->second.title;
  for (const std::string& part : {row->second.date, row->second.place, row->second.happened_words}) {
    if (!part.empty()) words += "\n" + part;
  }
  if (timeline.data->spread.in_doubt[box.item] != 0) words += "\n≠ " + Say("timeline.in_doubt");
  return words;
}

std::string LaneWords(LaneKind lane) {
  switch (lane) {
    case LaneKind::kIncidents:
      return Say("timeline.incidents");
    case LaneKind::kAlerts:
      return Say("timeline.alerts");
    case LaneKind::kRelations:
      return Say("timeline.relations");
    case LaneKind::kSources:
      return Say("timeline.sources");
  }
  return "";
}

std::string TrayWords(const Timeline::Tray& tray) {
  return Say(tray.never ? "timeline.tray_never" : "timeline.tray", {{"kind", tray.kind}, {"count", tray.count}});
}

}  // namespace daftar
