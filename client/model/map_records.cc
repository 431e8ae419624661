#include "client/model/map_records.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <utility>

namespace daftar {
namespace {

constexpr size_t kDensitySteps = 96;
// One point in so many may be an outlier, at each edge; of fewer points none is.
constexpr size_t kOutlying = 20, kFewPoints = 20;
constexpr size_t kStopEvery = 4096;  // points between looks at the stop flag

bool Stopped(const std::atomic<bool>* stop) { return stop != nullptr && stop->load(std::memory_order_relaxed); }

// Of a circle of that size.
float RadiusOf(double square_km) { return static_cast<float>(std::sqrt(square_km / std::numbers::pi) * 1000); }

// What a place counts as that lies in no area that the map knows.
constexpr float kUnknownProvinceM = 60'000, kUnknownCountryM = 250'000;

}  // namespace

int32_t MapRecords::Density::DayOf(double part) const {
  return first + static_cast<int32_t>(std::lround(std::clamp(part, 0.0, 1.0) * (last - first)));
}

double MapRecords::Density::PartOf(int32_t day) const {
  if (last <= first) return 0;
  return std::clamp((static_cast<double>(day) - first) / (static_cast<double>(last) - first), 0.0, 1.0);
}

StatusOr<std::shared_ptr<const MapRecords>> MapRecords::Make(std::shared_ptr<const Ground> ground, Records records,
                                                             std::vector<Point> points, const std::atomic<bool>* stop) {
  std::shared_ptr<MapRecords> made(new MapRecords);
  made->ground_ = std::move(ground);
  made->records_ = std::move(records);
  if (Stopped(stop)) return Cancelled("the map is not wanted any more");
  made->TakePoints(std::move(points));
  DAFTAR_RETURN_IF_ERROR(made->FindAreas(stop));
  made->FindCore();
  made->CountDays();
  return std::shared_ptr<const MapRecords>(std::move(made));
}

void MapRecords::TakePoints(std::vector<Point> points) {
  const auto order = [](const Point& point) { return std::tuple(point.place, point.radius_m, point.record); };
  std::sort(points.begin(), points.end(), [&](const Point& a, const Point& b) { return order(a) < order(b); });
  has_point_.assign(records_.size(), false);
  record_.reserve(points.size());
  std::vector<uint64_t> keys;
  std::vector<uint32_t> counts;
  for (const Point& point : points) {
    if (keys.empty() || keys.back() != point.place || radius_m_.back() != point.radius_m) {
      begin_.push_back(static_cast<uint32_t>(record_.size()));
      keys.push_back(point.place);
      radius_m_.push_back(point.radius_m);
      counts.push_back(0);
    }
    ++counts.back();
    record_.push_back(point.record);
    has_point_[point.record] = true;
  }
  begin_.push_back(static_cast<uint32_t>(record_.size()));
  index_ = PointIndex(std::move(keys), counts);
  without_point_ = static_cast<size_t>(std::count(has_point_.begin(), has_point_.end(), false));
}

Status MapRecords::FindAreas(const std::atomic<bool>* stop) {
  area_.reserve(index_.spots());
  WorldPoint last{-1, -1};
  uint32_t area = kNoArea;
  for (size_t spot = 0; spot < index_.spots(); ++spot) {
    if (spot % kStopEvery == 0 && Stopped(stop)) return Cancelled("the map is not wanted any more");
    const WorldPoint at = index_.place(spot);
    box_.Add(at);
    if (!(at == last)) area = ground_->AreaAt(at).value_or(kNoArea);
    last = at;
    area_.push_back(area);
    float& radius = radius_m_[spot];
    if (radius == kAsProvince) {
      radius = area == kNoArea ? kUnknownProvinceM : RadiusOf(ground_->areas()[area].square_km);
    } else if (radius == kAsCountry) {
      const double size = area == kNoArea ? 0 : ground_->CountrySquareKm(ground_->areas()[area].country);
      radius = size > 0 ? RadiusOf(size) : kUnknownCountryM;
    }
  }
  return OkStatus();
}

void MapRecords::FindCore() {
  core_ = box_;
  if (record_.size() < kFewPoints) return;
  const auto out = static_cast<ptrdiff_t>(record_.size() / kOutlying);
  // Where all but the outlying ones lie along one side of the square.
  const auto between = [&](uint32_t GridPoint::*along) {
    std::vector<uint32_t> places;
    places.reserve(record_.size());
    for (size_t spot = 0; spot < index_.spots(); ++spot) {
      places.insert(places.end(), index_.count(spot), ToGrid(index_.place(spot)).*along);
    }
    const auto low = places.begin() + out, high = places.end() - 1 - out;
    std::nth_element(places.begin(), low, places.end());
    const uint32_t from = *low;
    std::nth_element(places.begin(), high, places.end());
    return std::pair(from, *high);
  };
  const auto [west, east] = between(&GridPoint::x);
  const auto [north, south] = between(&GridPoint::y);
  const auto [left, top] = FromGrid({west, north});
  const auto [right, bottom] = FromGrid({east, south});
  const double margin = std::max(right - left, bottom - top) / 4;
  const WorldBox most{left - margin, top - margin, right + margin, bottom + margin};
  WorldBox near;
  for (size_t spot = 0; spot < index_.spots(); ++spot) {
    if (most.Contains(index_.place(spot))) near.Add(index_.place(spot));
  }
  // Only where it is much smaller: else all are shown.
  const auto size = [](const WorldBox& box) { return std::max(box.right - box.left, box.bottom - box.top); };
  if (!near.empty() && size(near) * 3 < size(box_)) core_ = near;
}

void MapRecords::CountDays() {
  int32_t first = INT32_MAX, last = INT32_MIN;
  for (const uint32_t record : record_) {
    if (records_.first_day[record] == kNoMapDay) continue;
    first = std::min(first, records_.first_day[record]);
    last = std::max(last, records_.last_day[record]);
  }
  if (first > last) return;
  density_ = {first, last, std::vector<uint32_t>(kDensitySteps, 0)};
  for (const uint32_t record : record_) {
    if (records_.first_day[record] == kNoMapDay) continue;
    const auto step = static_cast<size_t>(density_.PartOf(records_.first_day[record]) * kDensitySteps);
    ++density_.counts[std::min(step, kDensitySteps - 1)];
  }
}

uint32_t FirstAt(const MapRecords& all, const MapScene& scene, size_t spot) {
  for (const uint32_t record : all.RecordsAt(spot)) {
    if (scene.within.empty() || scene.within[record]) return record;
  }
  DAFTAR_CHECK(false);
  return 0;
}

namespace {

// Which records lie in the scene's span; how many of those with a point do, and how many of them have no date.
void FindWithin(const MapRecords& all, MapScene& scene) {
  const MapRecords::Records& records = all.records();
  const MapSpan& span = scene.span;
  if (!span.all()) scene.within.assign(records.size(), false);
  for (uint32_t record = 0; record < records.size(); ++record) {
    const bool undated = records.first_day[record] == MapRecords::kNoMapDay;
    if (undated && all.has_point(record)) ++scene.undated;
    const bool within = undated ? span.all()
                                : (!span.from || records.last_day[record] >= *span.from) &&
                                      (!span.to || records.first_day[record] <= *span.to);
    if (!within) continue;
    if (!span.all()) scene.within[record] = true;
    if (all.has_point(record)) ++scene.records;
  }
}

PointIndex CountWithin(const MapRecords& all, const MapScene& scene) {
  if (scene.within.empty()) return all.index();
  std::vector<uint32_t> counts(all.index().spots(), 0);
  for (size_t spot = 0; spot < counts.size(); ++spot) {
    for (const uint32_t record : all.RecordsAt(spot)) counts[spot] += scene.within[record] ? 1 : 0;
  }
  return all.index().Counted(counts);
}

}  // namespace

std::shared_ptr<const MapScene> NarrowMap(const MapRecords& all, const MapSpan& span) {
  auto scene = std::make_shared<MapScene>();
  scene->span = span;
  FindWithin(all, *scene);
  scene->index = CountWithin(all, *scene);
  const std::vector<Ground::Area>& areas = all.ground().areas();
  std::vector<uint32_t>& counts = scene->area_counts;
  counts.assign(areas.size(), 0);
  for (size_t spot = 0; spot < all.index().spots(); ++spot) {
    if (all.area(spot) != MapRecords::kNoArea) counts[all.area(spot)] += scene->index.count(spot);
  }
  for (uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    scene->areas.push_back(i);
    if (!areas[i].names.texts[0].empty()) scene->most_in_area = std::max(scene->most_in_area, counts[i]);
  }
  std::stable_sort(scene->areas.begin(), scene->areas.end(),
                   [&](uint32_t a, uint32_t b) { return counts[a] > counts[b]; });
  return scene;
}

std::vector<uint32_t> NewestIn(const MapRecords& all, const MapScene& scene, const WorldBox& box, size_t limit,
                               size_t* in_all) {
  // A record may have several points: each is marked once.
  std::vector<bool> marked(all.records().size(), false);
  for (size_t spot = 0; spot < scene.index.spots(); ++spot) {
    if (scene.index.count(spot) == 0 || !box.Contains(scene.index.place(spot))) continue;
    for (const uint32_t record : all.RecordsAt(spot)) {
      if (scene.within.empty() || scene.within[record]) marked[record] = true;
    }
  }
  const auto newer = [&](uint32_t a, uint32_t b) {
    const int32_t one = all.records().last_day[a], other = all.records().last_day[b];
    return one != other ? one > other : a < b;
  };
  // A heap of the newest so far, the oldest of them on top.
  std::vector<uint32_t> newest;
  *in_all = 0;
  for (uint32_t record = 0; record < marked.size(); ++record) {
    if (!marked[record]) continue;
    ++*in_all;
    if (newest.size() == limit && (limit == 0 || !newer(record, newest.front()))) continue;
    if (newest.size() == limit) {
      std::pop_heap(newest.begin(), newest.end(), newer);
      newest.pop_back();
    }
    newest.push_back(record);
    std::push_heap(newest.begin(), newest.end(), newer);
  }
  std::sort_heap(newest.begin(), newest.end(), newer);
  return newest;
}

}  // namespace daftar
