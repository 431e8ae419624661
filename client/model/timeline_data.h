// What a query finds, put in order of time so that any window of it can be laid out and counted at once: built by a
// worker, then shared and never changed.
//
// A lane holds the records of one sort that have a date, by their first possible day. Counting and finding cost the
// logarithm of what there is, and what is found: a million records are looked at as fast as a hundred.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "storage/search/index/spread.h"

namespace daftar {

// How many of some days come before a day.
class DayCounts {
 public:
  DayCounts() = default;
  // REQUIRES: ascending.
  explicit DayCounts(const std::vector<int32_t>& sorted);

  // How many are before the beginning of the day.
  size_t Before(double day) const;

 private:
  std::vector<int32_t> days_;   // each once
  std::vector<uint32_t> ends_;  // how many are on this day or before it
};

class TimelineLane {
 public:
  TimelineLane() = default;
  // The items of the spread, all with a date.
  TimelineLane(const search::Spread& spread, std::vector<uint32_t> items);

  size_t size() const { return items_.size(); }
  // By first day, then item.
  uint32_t item(size_t at) const { return items_[at]; }
  int32_t first_day(size_t at) const { return first_[at]; }
  int32_t last_day(size_t at) const { return last_[at]; }

  // How many may lie in a window that ends before `to`, and which of them begin in it: [first, second).
  size_t CountIn(double from, double to) const;
  std::pair<size_t, size_t> BeginningIn(double from, double to) const;
  // How many began before the time and may still go on; and these, in order, at most so many.
  size_t CountOver(double time) const;
  std::vector<size_t> Over(double time, size_t most) const;

 private:
  std::vector<uint32_t> items_;
  std::vector<int32_t> first_, last_;
  DayCounts firsts_, lasts_;
  // The latest last day of groups of kGroup, then of pairs of those, and so on: node n has 2n and 2n + 1 below it.
  static constexpr size_t kGroup = 64;
  size_t groups_ = 1;  // a power of two
  std::vector<int32_t> latest_;
};

// Lanes from top to bottom.
enum class LaneKind : uint8_t { kIncidents, kAlerts, kRelations, kSources };
inline constexpr size_t kLanes = 4;

struct TimelineData {
  search::Spread spread;  // who the items are, of which kind and whether in doubt: its other columns are empty
  std::array<TimelineLane, kLanes> lanes;
  // Items without a date, by RecordKind code; of those that never have one too.
  std::array<std::vector<uint32_t>, 8> undated;
  int32_t first_day = 0, last_day = 0;  // of all that has a date; inside of what can be shown
  size_t dated = 0;

  static TimelineData Of(search::Spread spread);
};

}  // namespace daftar
