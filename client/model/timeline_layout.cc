#include "client/model/timeline_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

namespace daftar {
namespace {

// Share of a window that is left free beside all.
constexpr double kMargin = 0.02;
// More lines than this are not drawn, whatever is asked for.
constexpr size_t kMostTicks = 200;
constexpr float kFree = -std::numeric_limits<float>::max();

// What a lane becomes.
class LaneLayout {
 public:
  LaneLayout(const TimelineData& data, size_t lane, const TimelineLayout& layout, const TimelineMetrics& metrics,
             float words)
      : lane_(data.lanes[lane]),
        lasts_(static_cast<LaneKind>(lane) == LaneKind::kAlerts || static_cast<LaneKind>(lane) == LaneKind::kRelations),
        layout_(layout),
        metrics_(metrics),
        rows_(std::max(2, metrics.rows[lane])),
        words_(words),
        ends_(static_cast<size_t>(rows_), kFree) {}

  // False if something found no row.
  bool Run() {
    AddEarlier();
    const TimeWindow& window = layout_.window;
    double begin = BeginOf(layout_.block_step, window.from);
    while (begin < window.to && begin < kEndOfTime) {
      const double end = NextAfter(layout_.block_step, begin);
      AddStep(begin, end);
      begin = end;
    }
    return fits_;
  }
  std::vector<TimelineBox> Take() {
    FindRoom();
    return std::move(boxes_);
  }

 private:
  float At(double time) const {
    const double x = (time - layout_.window.from) / layout_.window.span() * static_cast<double>(layout_.width);
    return static_cast<float>(std::clamp(x, 0.0, static_cast<double>(layout_.width)));
  }

  // What began before the window and reaches into it: bars while they are few, else one block.
  void AddEarlier() {
    const double from = layout_.window.from;
    const size_t count = lane_.CountOver(from), most = static_cast<size_t>(std::max(1, rows_ / 2));
    if (count == 0) return;
    const std::vector<size_t> places = lane_.Over(from, count <= most ? count : 1);
    if (count <= most) {
      for (const size_t place : places) AddBar(place, nullptr);
      return;
    }
    TimelineBox block;
    block.count = count;
    block.from = places.empty() ? from : lane_.first_day(places[0]);
    block.to = from;
    block.left = 0;
    block.right = metrics_.block;
    block.cut_before = block.earlier = true;
    PutInRow(block, block.right);
  }

  void AddStep(double begin, double end) {
    const TimeWindow& window = layout_.window;
    const auto [first, last] = lane_.BeginningIn(std::max(begin, window.from), std::min(end, window.to));
    if (first >= last) return;
    TimelineBox over;  // for what finds no row
    over.count = 0;
    over.from = begin;
    over.to = end;
    over.left = At(begin);
    over.right = std::max(At(end), over.left + 1);
    over.cut_before = begin < window.from;
    over.cut_after = end > window.to;
    const size_t most = static_cast<size_t>(rows_ - 1);
    if (last - first > most) {
      TimelineBox block = over;
      AddTo(block, first, last);
      if (!PutInRow(block, block.right)) AddTo(over, first, last);
    } else {
      for (size_t place = first; place < last; ++place) AddBar(place, &over);
    }
    if (over.count == 0) return;
    if (over.count == 1) {
      // A single one is a bar still, as far as there is room for it.
      over_bar_.cut_after = over_bar_.cut_after || over_bar_.right > over.right;
      over_bar_.right = std::min(over_bar_.right, std::max(over.right, over_bar_.left + 1));
      over = over_bar_;
    }
    over.row = rows_ - 1;
    boxes_.push_back(over);
  }

  void AddTo(TimelineBox& block, size_t first, size_t last) const {
    block.count += last - first;
    block.one_day = lane_.first_day(first) == lane_.first_day(last - 1);
  }

  // `over`: what it is added to if it finds no row; null: it is left out.
  void AddBar(size_t place, TimelineBox* over) {
    TimelineBox bar;
    bar.item = lane_.item(place);
    bar.from = lane_.first_day(place);
    bar.to = lane_.last_day(place) + 1.0;
    bar.uncertain = !lasts_ && bar.to - bar.from > 1;
    bar.cut_before = bar.from < layout_.window.from;
    bar.cut_after = bar.to > layout_.window.to;
    bar.left = At(bar.from);
    bar.right = std::min(std::max(At(bar.to), bar.left + metrics_.bar), layout_.width);
    bar.left = std::min(bar.left, std::max(0.0f, layout_.width - metrics_.bar));
    if (PutInRow(bar, bar.right + words_) || over == nullptr) return;
    over->one_day = over->count == 0 || (over->one_day && over_bar_.from == bar.from);
    ++over->count;
    over_bar_ = bar;
  }

  // The last row is kept for what finds no other.
  bool PutInRow(TimelineBox& box, float end) {
    for (int row = 0; row < rows_ - 1; ++row) {
      float& own = ends_[static_cast<size_t>(row)];
      if (own > box.left) continue;
      own = end + metrics_.gap;
      box.row = row;
      boxes_.push_back(box);
      return true;
    }
    fits_ = false;
    return false;
  }

  void FindRoom() {
    std::vector<float> next(static_cast<size_t>(rows_), layout_.width);
    std::stable_sort(boxes_.begin(), boxes_.end(),
                     [](const TimelineBox& a, const TimelineBox& b) { return a.left < b.left; });
    for (auto box = boxes_.rbegin(); box != boxes_.rend(); ++box) {
      float& own = next[static_cast<size_t>(box->row)];
      box->room = std::max(0.0f, own - box->right - metrics_.gap);
      own = box->left;
    }
  }

  const TimelineLane& lane_;
  const bool lasts_;
  const TimelineLayout& layout_;
  const TimelineMetrics& metrics_;
  const int rows_;
  const float words_;
  std::vector<float> ends_;
  std::vector<TimelineBox> boxes_;
  TimelineBox over_bar_;  // the last one that found no row
  bool fits_ = true;
};

void AddTicks(TimelineLayout& layout, const TimelineMetrics& metrics) {
  const double days_per_pixel = layout.window.span() / static_cast<double>(std::max(1.0f, layout.width));
  layout.tick_step = StepOfAtLeast(days_per_pixel * static_cast<double>(metrics.tick), TimeStep::kHour);
  double at = BeginOf(layout.tick_step, layout.window.from);
  while (at < layout.window.to && at < kEndOfTime && layout.ticks.size() < kMostTicks) {
    if (at >= layout.window.from) {
      const double x = (at - layout.window.from) / layout.window.span() * static_cast<double>(layout.width);
      layout.ticks.push_back({static_cast<float>(x), TickWords(layout.tick_step, at)});
    }
    at = NextAfter(layout.tick_step, at);
  }
}

}  // namespace

TimeWindow WholeOf(const TimelineData& data) {
  const double from = data.first_day, to = data.last_day + 1.0, margin = std::max(1.0, (to - from) * kMargin);
  return {std::max(kFirstTime, from - margin), std::min(kEndOfTime, to + margin)};
}

TimeWindow OpeningOf(const TimelineData& data, const TimeWindow& whole) {
  constexpr size_t kParts = 400;
  constexpr double kMuchShorter = 0.6;
  const std::vector<uint32_t> begun = Density(data, whole, kParts);
  const size_t all = std::accumulate(begun.begin(), begun.end(), size_t{0}), wanted = all - all / 20;
  if (all == wanted) return whole;
  size_t first = 0, last = kParts, from = 0, inside = 0;
  for (size_t to = 1; to <= kParts; ++to) {
    inside += begun[to - 1];
    while (from < to && inside - begun[from] >= wanted) inside -= begun[from++];
    if (inside >= wanted && to - from < last - first) std::tie(first, last) = std::tuple(from, to);
  }
  if (static_cast<double>(last - first) > kMuchShorter * kParts) return whole;
  const double part = whole.span() / kParts, margin = static_cast<double>(last - first) * part * kMargin + part;
  return Bounded({std::floor(std::max(whole.from, whole.from + static_cast<double>(first) * part - margin)),
                  std::ceil(std::min(whole.to, whole.from + static_cast<double>(last) * part + margin))},
                 whole);
}

TimeWindow Bounded(TimeWindow window, const TimeWindow& whole) {
  if (!std::isfinite(window.from) || !std::isfinite(window.to)) return whole;
  const double span = std::clamp(window.span(), kShortestWindow, std::max(kShortestWindow, whole.span()));
  const double middle = std::clamp((window.from + window.to) / 2, whole.from, whole.to);
  const double from = std::clamp(middle - span / 2, whole.from, std::max(whole.from, whole.to - span));
  return {from, from + span};
}

TimeWindow Zoomed(const TimeWindow& window, double at, double factor, const TimeWindow& whole) {
  if (!(factor > 0)) return window;
  const double span = std::clamp(window.span() / factor, kShortestWindow, std::max(kShortestWindow, whole.span()));
  const double time = window.from + at * window.span();
  return Bounded({time - at * span, time - at * span + span}, whole);
}

TimeWindow Moved(const TimeWindow& window, double share, const TimeWindow& whole) {
  const double by = window.span() * share;
  return Bounded({window.from + by, window.to + by}, whole);
}

TimelineLayout LayOut(const TimelineData& data, const TimeWindow& window, const TimelineMetrics& metrics) {
  TimelineLayout layout;
  layout.window = window;
  layout.width = std::max(1.0f, metrics.width);
  AddTicks(layout, metrics);
  const double days_per_pixel = window.span() / static_cast<double>(layout.width);
  layout.block_step = StepOfAtLeast(days_per_pixel * static_cast<double>(metrics.block), TimeStep::kDay);
  for (size_t lane = 0; lane < kLanes; ++lane) {
    if (metrics.rows[lane] <= 0) continue;
    layout.lanes[lane].inside = data.lanes[lane].CountIn(window.from, window.to);
    if (layout.lanes[lane].inside == 0) continue;
    LaneLayout with_words(data, lane, layout, metrics, metrics.words);
    if (with_words.Run()) {
      layout.lanes[lane].boxes = with_words.Take();
      continue;
    }
    LaneLayout without(data, lane, layout, metrics, 0);
    without.Run();
    layout.lanes[lane].boxes = without.Take();
  }
  return layout;
}

std::vector<uint32_t> Density(const TimelineData& data, const TimeWindow& whole, size_t parts) {
  std::vector<uint32_t> counts(parts, 0);
  for (const TimelineLane& lane : data.lanes) {
    size_t before = lane.BeginningIn(whole.from, whole.from).first;
    for (size_t part = 0; part < parts && lane.size() > 0; ++part) {
      const double end = whole.from + whole.span() * static_cast<double>(part + 1) / static_cast<double>(parts);
      const size_t after = lane.BeginningIn(end, end).first;
      counts[part] += static_cast<uint32_t>(after - before);
      before = after;
    }
  }
  return counts;
}

}  // namespace daftar
