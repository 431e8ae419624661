// The records of a map: where and when all of them are that a query finds, on which ground, in which provinces. Made
// once for a query by a worker (a million records: well under a second); not changed after that: any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "client/map/ground.h"
#include "client/map/map_view.h"
#include "client/map/point_index.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"

namespace daftar {

class ReadView;

// What a mark on the map is drawn as.
enum class MarkShape : uint8_t { kCircle, kSquare, kDiamond };  // incident, place, anything else
struct MarkLook {
  MarkShape shape : 6 = MarkShape::kCircle;
  bool deadly : 1 = false;    // some account says that somebody was killed
  bool in_doubt : 1 = false;  // accounts disagree, and nobody has settled it
};
static_assert(sizeof(MarkLook) == 1);

// Memory, for a million records with a point and a half each: 13 bytes a record and 4 a point, and 24 for each place
// that they name, which are a few thousand.
class MapRecords {
 public:
  // A point as it is read.
  struct Point {
    uint64_t place = 0;   // CurveKeyOf
    uint32_t record = 0;  // its number
    float radius_m = 0;   // of what is known about where: a province is as large as it is; 0: nothing is said
  };
  // The columns of a record.
  struct Records {
    std::vector<uint32_t> rid;  // of the first ones; of the others there are ids
    std::vector<Uuid> ids;
    std::vector<int32_t> first_day, last_day;  // kNoMapDay: none
    std::vector<MarkLook> look;
    uint64_t behind = 0;  // that the index does not hold yet: they may be missing
    size_t size() const { return look.size(); }
  };
  static constexpr uint32_t kNoArea = UINT32_MAX;
  static constexpr int32_t kNoMapDay = INT32_MIN;

  // Puts the points in order and finds in which province each lies. A radius below 0 by the level of a place is
  // resolved. Cancelled once `stop` is set.
  static StatusOr<std::shared_ptr<const MapRecords>> Make(std::shared_ptr<const Ground> ground, Records records,
                                                          std::vector<Point> points, const std::atomic<bool>* stop);
  // Radius of a place of which only the extent is known, to be resolved by Make.
  static constexpr float kAsProvince = -1, kAsCountry = -2;

  const Ground& ground() const { return *ground_; }
  const Records& records() const { return records_; }
  // Spots: places with as much about them, each once, and how many points it has.
  const PointIndex& index() const { return index_; }
  // Of a spot: its points, as the records that have them, in order.
  std::span<const uint32_t> RecordsAt(size_t spot) const {
    return std::span(record_).subspan(begin_[spot], begin_[spot + 1] - begin_[spot]);
  }
  uint32_t area(size_t spot) const { return area_[spot]; }  // in ground().areas(); kNoArea: none
  float radius_m(size_t spot) const { return radius_m_[spot]; }
  bool has_point(uint32_t record) const { return has_point_[record]; }
  const WorldBox& box() const { return box_; }  // of all points
  // The same without the few points that lie far from all others: what is shown at first.
  const WorldBox& core() const { return core_; }
  size_t without_point() const { return without_point_; }

  // The stretch of time that the dated ones cover, cut into steps, and how many begin in each.
  struct Density {
    int32_t first = 0, last = 0;  // days; last < first: nothing has a date
    std::vector<uint32_t> counts;
    bool empty() const { return counts.empty(); }
    int32_t DayOf(double part) const;  // 0: the first, 1: the last
    double PartOf(int32_t day) const;  // 0 to 1
  };
  const Density& density() const { return density_; }

 private:
  MapRecords() = default;
  void TakePoints(std::vector<Point> points);
  Status FindAreas(const std::atomic<bool>* stop);
  void FindCore();
  void CountDays();

  std::shared_ptr<const Ground> ground_;
  Records records_;
  PointIndex index_;
  std::vector<uint32_t> record_;  // of the points of each spot, from begin_ on
  std::vector<uint32_t> begin_;   // of each spot, and the number of points
  std::vector<uint32_t> area_;    // of each spot
  std::vector<float> radius_m_;   // of each spot
  std::vector<bool> has_point_;   // of each record
  WorldBox box_, core_;
  size_t without_point_ = 0;
  Density density_;
};

// All hits of a query that have a point. `kind`: a word; empty: all kinds. An empty query finds the kind's records, and
// without a kind all incidents. Errors as ReadView::SpreadOf.
StatusOr<std::shared_ptr<const MapRecords>> ReadMapRecords(const ReadView& view, std::string_view query,
                                                           std::string_view kind, const std::atomic<bool>* stop);

// From and to, both counted in; nullopt: without an end.
struct MapSpan {
  std::optional<int32_t> from, to;
  bool all() const { return !from && !to; }
  friend bool operator==(const MapSpan&, const MapSpan&) = default;
};

// What of the records lies in a stretch of time.
struct MapScene {
  MapSpan span;
  PointIndex index;                   // spots are those of MapRecords::index()
  std::vector<bool> within;           // of each record; empty: all are
  std::vector<uint32_t> area_counts;  // points in each area
  std::vector<uint32_t> areas;        // that hold any, most first
  uint32_t most_in_area = 0;          // of those with a name
  size_t records = 0;                 // that have a point and lie in the span
  size_t undated = 0;                 // that have a point and no date: left out wherever the span has an end
};
// The first record at a spot. REQUIRES: the scene has points there.
uint32_t FirstAt(const MapRecords& records, const MapScene& scene, size_t spot);

std::shared_ptr<const MapScene> NarrowMap(const MapRecords& records, const MapSpan& span);

// The newest records with a point in the box, those without a date last.
std::vector<uint32_t> NewestIn(const MapRecords& records, const MapScene& scene, const WorldBox& box, size_t limit,
                               size_t* in_all);

}  // namespace daftar
