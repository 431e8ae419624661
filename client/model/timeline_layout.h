// A window of time laid out for a width in pixels: bars of single records, stacked where they meet, and blocks with a
// number where too many fall together. Pure; costs what can be seen, however much there is.
//
// A lane has rows. A bar stands in the first row that is free where it begins. Records that begin in one step of the
// calendar (of at least kBlockWidth pixels) become a block when there are more than rows; what finds no row becomes a
// block in the last one. So a block stands for "37 in March 2019", and stays what it is while the window is moved.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "client/model/timeline_calendar.h"
#include "client/model/timeline_data.h"

namespace daftar {

// Days since 1970-01-01 with fractions.
struct TimeWindow {
  double from = 0, to = 1;
  double span() const { return to - from; }
  friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};
inline constexpr double kShortestWindow = 0.25;

// The window of all that has a date, with a little room on both sides.
TimeWindow WholeOf(const TimelineData& data);
// The window that a timeline opens with: the shortest in which 19 of 20 begin, if it is much shorter than the whole, so
// that a few old records do not press all others into a corner; else the whole.
TimeWindow OpeningOf(const TimelineData& data, const TimeWindow& whole);
// The nearest window that is neither too short nor leads away from `whole`.
TimeWindow Bounded(TimeWindow window, const TimeWindow& whole);
// Seen so many times closer (below 1: from further away) round a place in the window, 0 to 1.
TimeWindow Zoomed(const TimeWindow& window, double at, double factor, const TimeWindow& whole);
// Moved by a share of its width.
TimeWindow Moved(const TimeWindow& window, double share, const TimeWindow& whole);

// A bar, or a block.
struct TimelineBox {
  size_t count = 1;           // more than one: a block
  uint32_t item = 0;          // of the spread: of a bar
  double from = 0, to = 0;    // all of it, also what lies outside of the window
  float left = 0, right = 0;  // pixels, inside of the width
  float room = 0;             // pixels to the right of it that nothing stands in: for words
  int row = 0;
  bool cut_before = false, cut_after = false;  // it goes on outside of the window
  bool earlier = false;                        // a block of what began before the window and reaches into it
  bool uncertain = false;  // a bar as long as its date is uncertain; else it happened on that day, or lasted so long
  bool one_day = false;    // a block of what begins on one day: cannot be seen any closer
  bool is_block() const { return count > 1; }
};

struct TimelineTick {
  float x = 0;
  std::string words;
};

struct TimelineLayout {
  TimeWindow window;
  float width = 0;
  TimeStep tick_step = TimeStep::kYear, block_step = TimeStep::kYear;
  std::vector<TimelineTick> ticks;
  struct Lane {
    size_t inside = 0;               // records that may lie in the window
    std::vector<TimelineBox> boxes;  // by where they begin
  };
  std::array<Lane, kLanes> lanes;
};

// For how wide a bar is at least, a block, and the words beside a bar where there is room for them: at scale 1.
struct TimelineMetrics {
  float width = 0;
  std::array<int, kLanes> rows = {};  // 0: the lane is not shown
  float bar = 7, block = 46, words = 170, gap = 6, tick = 96;
  friend bool operator==(const TimelineMetrics&, const TimelineMetrics&) = default;
};

TimelineLayout LayOut(const TimelineData& data, const TimeWindow& window, const TimelineMetrics& metrics);

// How many begin in each of so many equal parts of a window.
std::vector<uint32_t> Density(const TimelineData& data, const TimeWindow& whole, size_t parts);

}  // namespace daftar
