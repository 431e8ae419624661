#include "client/model/timeline_data.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <optional>

#include "client/model/timeline_calendar.h"
#include "daftar/v1/codes.pb.h"

namespace daftar {
namespace {

std::optional<LaneKind> LaneOf(uint8_t kind) {
  switch (kind) {
    case v1::RecordKind::INCIDENT:
      return LaneKind::kIncidents;
    case v1::RecordKind::ALERT_PERIOD:
      return LaneKind::kAlerts;
    case v1::RecordKind::RELATION:
      return LaneKind::kRelations;
    case v1::RecordKind::SOURCE:
      return LaneKind::kSources;
    default:
      return std::nullopt;
  }
}

constexpr int32_t kFirstShown = static_cast<int32_t>(kFirstTime);

// The day inside of what can be shown.
int32_t Shown(int32_t day) { return std::clamp(day, kFirstShown, static_cast<int32_t>(kEndOfTime) - 1); }

template <typename Value>
void Forget(std::vector<Value>& column) {
  std::vector<Value>().swap(column);
}

// Of a million records some 40 MB.
void ForgetUnused(search::Spread& spread) {
  Forget(spread.code);
  Forget(spread.first_day);
  Forget(spread.last_day);
  Forget(spread.killed_least);
  Forget(spread.killed_most);
  Forget(spread.point_item);
  Forget(spread.lat_e7);
  Forget(spread.lon_e7);
  Forget(spread.point_level);
}

}  // namespace

DayCounts::DayCounts(const std::vector<int32_t>& sorted) {
  for (size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[i] == sorted[i - 1]) {
      ends_.back() = static_cast<uint32_t>(i + 1);
      continue;
    }
    days_.push_back(sorted[i]);
    ends_.push_back(static_cast<uint32_t>(i + 1));
  }
}

size_t DayCounts::Before(double day) const {
  const auto at = std::lower_bound(days_.begin(), days_.end(), day,
                                   [](int32_t own, double wanted) { return static_cast<double>(own) < wanted; });
  return at == days_.begin() ? 0 : ends_[static_cast<size_t>(at - days_.begin()) - 1];
}

TimelineLane::TimelineLane(const search::Spread& spread, std::vector<uint32_t> items) : items_(std::move(items)) {
  // Day and item in one number sort several times as fast as items by their days.
  std::vector<uint64_t> keys;
  keys.reserve(items_.size());
  for (const uint32_t item : items_) {
    keys.push_back(static_cast<uint64_t>(Shown(spread.first_day[item]) - kFirstShown) << 32 | item);
  }
  std::sort(keys.begin(), keys.end());
  first_.reserve(items_.size());
  last_.reserve(items_.size());
  for (size_t at = 0; at < keys.size(); ++at) {
    items_[at] = static_cast<uint32_t>(keys[at]);
    first_.push_back(static_cast<int32_t>(keys[at] >> 32) + kFirstShown);
    last_.push_back(std::max(first_.back(), Shown(spread.last_day[items_[at]])));
  }
  firsts_ = DayCounts(first_);
  std::vector<int32_t> sorted = last_;
  std::sort(sorted.begin(), sorted.end());
  lasts_ = DayCounts(sorted);

  while (groups_ * kGroup < items_.size()) groups_ *= 2;
  latest_.assign(2 * groups_, INT32_MIN);
  for (size_t at = 0; at < last_.size(); ++at) {
    int32_t& latest = latest_[groups_ + at / kGroup];
    latest = std::max(latest, last_[at]);
  }
  for (size_t node = groups_ - 1; node > 0; --node) {
    latest_[node] = std::max(latest_[2 * node], latest_[2 * node + 1]);
  }
}

std::pair<size_t, size_t> TimelineLane::BeginningIn(double from, double to) const {
  return {firsts_.Before(from), firsts_.Before(to)};
}

// A day lasts until the next one begins: a record whose last day is d ends at d + 1.
size_t TimelineLane::CountIn(double from, double to) const {
  return firsts_.Before(to) - std::min(firsts_.Before(to), lasts_.Before(from - 1 + 1e-9));
}

size_t TimelineLane::CountOver(double time) const {
  return firsts_.Before(time) - std::min(firsts_.Before(time), lasts_.Before(time - 1 + 1e-9));
}

std::vector<size_t> TimelineLane::Over(double time, size_t most) const {
  std::vector<size_t> found;
  const size_t end = firsts_.Before(time);
  if (end == 0 || most == 0) return found;
  const double least = time - 1;  // last days after this one
  // Nodes still to be looked at, the earliest on top.
  std::vector<size_t> nodes = {1};
  while (!nodes.empty() && found.size() < most) {
    const size_t node = nodes.back();
    nodes.pop_back();
    if (latest_[node] <= least) continue;
    if (node < groups_) {
      nodes.push_back(2 * node + 1);
      nodes.push_back(2 * node);
      continue;
    }
    const size_t begin = (node - groups_) * kGroup;
    if (begin >= end) break;
    for (size_t at = begin; at < std::min(begin + kGroup, end) && found.size() < most; ++at) {
      if (last_[at] > least) found.push_back(at);
    }
  }
  return found;
}

TimelineData TimelineData::Of(search::Spread spread) {
  TimelineData data;
  data.spread = std::move(spread);
  std::array<std::vector<uint32_t>, kLanes> items;
  int32_t first = INT32_MAX, last = INT32_MIN;
  for (uint32_t item = 0; item < data.spread.size(); ++item) {
    const uint8_t kind = data.spread.kind[item];
    const std::optional<LaneKind> lane = LaneOf(kind);
    if (!lane || !data.spread.has_day(item)) {
      data.undated[kind % data.undated.size()].push_back(item);
      continue;
    }
    items[static_cast<size_t>(*lane)].push_back(item);
    first = std::min(first, Shown(data.spread.first_day[item]));
    last = std::max(last, Shown(data.spread.last_day[item]));
    ++data.dated;
  }
  if (data.dated > 0) {
    data.first_day = first;
    data.last_day = std::max(first, last);
  }
  for (size_t lane = 0; lane < kLanes; ++lane) data.lanes[lane] = TimelineLane(data.spread, std::move(items[lane]));
  ForgetUnused(data.spread);
  return data;
}

}  // namespace daftar
