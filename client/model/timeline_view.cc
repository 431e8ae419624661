#include "client/model/timeline_view.h"

#include <algorithm>

#include "client/language/say.h"
#include "client/model/timeline.h"

namespace daftar {
namespace {

// Pixels of a part of the density strip.
constexpr float kPart = 4;

}  // namespace

void TimelineView::Look(const Timeline& timeline, const TimelineMetrics& metrics) {
  const Seen now{timeline.data.get(), timeline.window, metrics, timeline.rows_changed};
  if (seen_ == now) return;
  const bool same_strip = seen_ && seen_->data == now.data && seen_->metrics.width == metrics.width;
  seen_ = now;
  layout_ = LayOut(*timeline.data, timeline.window, metrics);
  for (size_t lane = 0; lane < kLanes; ++lane) {
    words_[lane].clear();
    for (const TimelineBox& box : layout_.lanes[lane].boxes)
      words_[lane].push_back(BoxWords(box, layout_.block_step, timeline));
    lane_words_[lane] = Say("timeline.lane_count",
                            {{"lane", LaneWords(static_cast<LaneKind>(lane))}, {"count", layout_.lanes[lane].inside}});
  }
  window_words_ = WindowWords(timeline.window);
  if (same_strip) return;
  density_ = Density(*timeline.data, timeline.whole, static_cast<size_t>(std::max(1.0f, layout_.width / kPart)));
}

std::vector<uint32_t> TimelineView::TakeUnnamed(const Timeline& timeline) {
  std::vector<uint32_t> unnamed;
  for (const TimelineLayout::Lane& lane : layout_.lanes) {
    for (const TimelineBox& box : lane.boxes) {
      if (!box.is_block() && !timeline.rows.contains(box.item)) unnamed.push_back(box.item);
    }
  }
  if (unnamed == asked_) return {};
  asked_ = unnamed;
  return unnamed;
}

}  // namespace daftar
