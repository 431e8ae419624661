// A timeline as text: how many there are by year, month or day, and the first records of each lane. See text_page.h.
#include <cmath>

#include "client/language/say.h"
#include "client/model/layout.h"
#include "client/model/text_page.h"
#include "client/model/text_rows.h"
#include "client/model/timeline.h"
#include "client/model/words.h"

namespace daftar {
namespace {

// Lines of counts, at most about so many.
constexpr double kMostSteps = 40;
constexpr size_t kRowsOfLane = 12;
constexpr size_t kStepWidth = 28;

std::string Counts(const Timeline& timeline) {
  const TimeWindow& window = timeline.window;
  const TimeStep step = StepOfAtLeast(window.span() / kMostSteps, TimeStep::kDay);
  std::string out;
  double begin = BeginOf(step, window.from);
  while (begin < window.to && begin < kEndOfTime) {
    const double end = NextAfter(step, begin);
    std::vector<std::string> parts;
    for (size_t lane = 0; lane < kLanes; ++lane) {
      const auto [first, last] = timeline.data->lanes[lane].BeginningIn(begin, end);
      if (last > first)
        parts.push_back(
            Say("timeline.lane_count", {{"lane", LaneWords(static_cast<LaneKind>(lane))}, {"count", last - first}}));
    }
    if (!parts.empty()) out += Pad(StepWords(step, begin), kStepWidth) + Join(parts, " · ") + "\n";
    begin = end;
  }
  return out;
}

std::string Lane(const Timeline& timeline, size_t lane, const TextOptions& options) {
  const TimelineLane& own = timeline.data->lanes[lane];
  const size_t inside = own.CountIn(timeline.window.from, timeline.window.to);
  if (inside == 0) return "";
  const auto [first, last] = own.BeginningIn(timeline.window.from, timeline.window.to);
  std::vector<ListRow> rows;
  for (size_t at = first; at < last && rows.size() < kRowsOfLane; ++at) {
    if (const auto row = timeline.rows.find(own.item(at)); row != timeline.rows.end()) rows.push_back(row->second);
  }
  return Heading(Say("timeline.lane_count", {{"lane", LaneWords(static_cast<LaneKind>(lane))}, {"count", inside}})) +
         RowsAsText(rows, rows.size() < inside, options);
}

}  // namespace

std::string TimelineAsText(const Timeline& timeline, const TextOptions& options) {
  std::string out = timeline.query.empty() ? Say("timeline.title") : Say("timeline.of", {{"query", timeline.query}});
  out += "\n";
  if (timeline.problem) {
    out += timeline.problem->words + "\n";
    if (!timeline.problem->suggestion.empty())
      out += Say("timeline.did_you_mean") + ": " + timeline.problem->suggestion + "\n";
    return out;
  }
  out += timeline.words + "\n";
  for (const std::string& line : {timeline.respelt_words, timeline.behind_words}) {
    if (!line.empty()) out += line + "\n";
  }
  if (timeline.data->dated > 0) out += WindowWords(timeline.window) + "\n\n" + Counts(timeline);
  for (size_t lane = 0; lane < kLanes; ++lane) out += Lane(timeline, lane, options);
  for (const Timeline::Tray& tray : timeline.undated) {
    out += Heading(TrayWords(tray));
    std::vector<ListRow> rows;
    for (const uint32_t item : tray.shown) {
      if (const auto row = timeline.rows.find(item); row != timeline.rows.end()) rows.push_back(row->second);
    }
    out += RowsAsText(rows, !rows.empty() && rows.size() < tray.count, options);
  }
  return out;
}

}  // namespace daftar
