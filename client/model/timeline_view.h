// What is seen of a timeline in one frame: laid out and put into words only when something has changed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model/timeline_layout.h"

namespace daftar {

struct Timeline;

// Kept between frames, beside the timeline that it shows. One thread.
class TimelineView {
 public:
  // Lays the timeline out, if that is not how it was laid out last. Cheap otherwise.
  void Look(const Timeline& timeline, const TimelineMetrics& metrics);

  const TimelineLayout& layout() const { return layout_; }
  // What is said of the boxes of a lane (BoxWords), in their order.
  const std::vector<std::string>& words(size_t lane) const { return words_[lane]; }
  const std::string& window_words() const { return window_words_; }
  // "Incidents: 120": what stands over a lane.
  const std::string& lane_words(size_t lane) const { return lane_words_[lane]; }
  // How many begin in each part of the whole time.
  const std::vector<uint32_t>& density() const { return density_; }

  // Items in sight that have no row yet, when these are others than the last time it was asked; else none.
  std::vector<uint32_t> TakeUnnamed(const Timeline& timeline);

 private:
  struct Seen {
    const void* data = nullptr;
    TimeWindow window;
    TimelineMetrics metrics;
    uint64_t rows = 0;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  std::optional<Seen> seen_;
  TimelineLayout layout_;
  std::array<std::vector<std::string>, kLanes> words_;
  std::array<std::string, kLanes> lane_words_;
  std::string window_words_;
  std::vector<uint32_t> density_;
  std::vector<uint32_t> asked_;
};

}  // namespace daftar
