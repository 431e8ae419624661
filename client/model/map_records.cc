#include "client/model/map_records.h"

#include <algorithm>
#include <cmath>
#include <numbers>
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
                                                             Points points, const std::atomic<bool>* stop) {
  std::shared_ptr<MapRecords> made(new MapRecords);
  made->ground_ = std::move(ground);
  made->records_ = std::move(records);
  made->points_ = std::move(points);
  made->index_ = PointIndex(made->points_.at);
  DAFTAR_RETURN_IF_ERROR(made->FindAreas(stop));
  made->FindCore();
  made->CountDays();
  return std::shared_ptr<const MapRecords>(std::move(made));
}

Status MapRecords::FindAreas(const std::atomic<bool>* stop) {
  points_.area.assign(points_.size(), kNoArea);
  std::vector<uint8_t> has_point(records_.size(), 0);
  WorldPoint last{-1, -1};
  uint32_t area = kNoArea;
  // In the order of the index, where the many records of one place follow each other.
  for (size_t i = 0; i < index_.size(); ++i) {
    if (i % kStopEvery == 0 && Stopped(stop)) return Cancelled("the map is not wanted any more");
    const uint32_t number = index_.number(i);
    const WorldPoint at = index_.place(i);
    box_.Add(at);
    has_point[points_.record[number]] = 1;
    if (!(at == last)) area = ground_->AreaAt(at).value_or(kNoArea);
    last = at;
    points_.area[number] = area;
    float& radius = points_.radius_m[number];
    if (radius == kAsProvince) {
      radius = area == kNoArea ? kUnknownProvinceM : RadiusOf(ground_->areas()[area].square_km);
    } else if (radius == kAsCountry) {
      const double size = area == kNoArea ? 0 : ground_->CountrySquareKm(ground_->areas()[area].country);
      radius = size > 0 ? RadiusOf(size) : kUnknownCountryM;
    }
  }
  without_point_ = static_cast<size_t>(std::count(has_point.begin(), has_point.end(), 0));
  return OkStatus();
}

void MapRecords::FindCore() {
  core_ = box_;
  if (points_.size() < kFewPoints) return;
  std::vector<double> xs, ys;
  for (const WorldPoint at : points_.at) {
    xs.push_back(at.x);
    ys.push_back(at.y);
  }
  const size_t out = points_.size() / kOutlying;
  const auto between = [out](std::vector<double>& along) {
    const auto low = along.begin() + static_cast<ptrdiff_t>(out), high = along.end() - 1 - static_cast<ptrdiff_t>(out);
    std::nth_element(along.begin(), low, along.end());
    const double from = *low;
    std::nth_element(along.begin(), high, along.end());
    return std::pair(from, *high);
  };
  const auto [left, right] = between(xs);
  const auto [top, bottom] = between(ys);
  const double margin = std::max(right - left, bottom - top) / 4;
  const WorldBox most{left - margin, top - margin, right + margin, bottom + margin};
  WorldBox near;
  for (const WorldPoint at : points_.at) {
    if (most.Contains(at)) near.Add(at);
  }
  // Only where it is much smaller: else all are shown.
  const auto size = [](const WorldBox& box) { return std::max(box.right - box.left, box.bottom - box.top); };
  if (!near.empty() && size(near) * 3 < size(box_)) core_ = near;
}

void MapRecords::CountDays() {
  int32_t first = INT32_MAX, last = INT32_MIN;
  for (const uint32_t record : points_.record) {
    if (records_.first_day[record] == kNoMapDay) continue;
    first = std::min(first, records_.first_day[record]);
    last = std::max(last, records_.last_day[record]);
  }
  if (first > last) return;
  density_ = {first, last, std::vector<uint32_t>(kDensitySteps, 0)};
  for (const uint32_t record : points_.record) {
    if (records_.first_day[record] == kNoMapDay) continue;
    const auto step = static_cast<size_t>(density_.PartOf(records_.first_day[record]) * kDensitySteps);
    ++density_.counts[std::min(step, kDensitySteps - 1)];
  }
}

std::shared_ptr<const MapScene> NarrowMap(const MapRecords& all, const MapSpan& span) {
  const MapRecords::Records& records = all.records();
  const MapRecords::Points& points = all.points();
  auto scene = std::make_shared<MapScene>();
  scene->span = span;
  scene->area_counts.assign(all.ground().areas().size(), 0);
  const auto within = [&](uint32_t record) {
    if (records.first_day[record] == MapRecords::kNoMapDay) return span.all();
    return (!span.from || records.last_day[record] >= *span.from) &&
           (!span.to || records.first_day[record] <= *span.to);
  };
  std::vector<uint8_t> keep(points.size(), 0);
  uint32_t before = UINT32_MAX;  // points come in the order of their records
  for (size_t i = 0; i < points.size(); ++i) {
    const uint32_t record = points.record[i];
    const bool first = record != before;
    before = record;
    if (first && records.first_day[record] == MapRecords::kNoMapDay) ++scene->undated;
    if (!within(record)) continue;
    keep[i] = 1;
    if (first) ++scene->records;
    if (points.area[i] != MapRecords::kNoArea) ++scene->area_counts[points.area[i]];
  }
  const std::vector<uint32_t>& counts = scene->area_counts;
  for (uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    scene->areas.push_back(i);
    if (!all.ground().areas()[i].names.texts[0].empty()) scene->most_in_area = std::max(scene->most_in_area, counts[i]);
  }
  std::stable_sort(scene->areas.begin(), scene->areas.end(),
                   [&](uint32_t a, uint32_t b) { return counts[a] > counts[b]; });
  scene->index = span.all() ? all.index() : all.index().Kept(keep);
  return scene;
}

std::vector<uint32_t> NewestIn(const MapRecords& all, const MapScene& scene, const WorldBox& box, size_t limit,
                               size_t* in_all) {
  std::vector<uint32_t> found;
  for (size_t i = 0; i < scene.index.size(); ++i) {
    if (box.Contains(scene.index.place(i))) found.push_back(all.points().record[scene.index.number(i)]);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  *in_all = found.size();
  const auto newer = [&](uint32_t a, uint32_t b) {
    const int32_t one = all.records().last_day[a], other = all.records().last_day[b];
    return one != other ? one > other : a < b;
  };
  const size_t shown = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<ptrdiff_t>(shown), found.end(), newer);
  found.resize(shown);
  return found;
}

}  // namespace daftar
