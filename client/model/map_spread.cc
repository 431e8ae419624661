// ReadMapRecords: the columns of a spread (storage/search/index/spread.h) as those of a map.
#include <utility>

#include "client/model/list.h"
#include "client/model/map_records.h"
#include "storage/search/index/spread.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

// How far around its point a place lies. A settlement, a post and a crossing are where their point is.
float RadiusOf(uint8_t level) {
  switch (level) {
    case v1::PlaceKind::COUNTRY:
      return MapRecords::kAsCountry;
    case v1::PlaceKind::ADM1:
      return MapRecords::kAsProvince;
    case v1::PlaceKind::ADM2:
      return 25'000;
    case v1::PlaceKind::ADM3:
      return 10'000;
    case v1::PlaceKind::RIVER:
    case v1::PlaceKind::MOUNTAINS:
    case v1::PlaceKind::AREA:
      return 40'000;
    case v1::PlaceKind::BORDER_SEGMENT:
      return 20'000;
    default:
      return 0;
  }
}

MarkShape ShapeOf(uint8_t kind) {
  if (kind == v1::RecordKind::INCIDENT) return MarkShape::kCircle;
  return kind == v1::RecordKind::PLACE ? MarkShape::kSquare : MarkShape::kDiamond;
}

// Takes those columns away that points do not need.
MapRecords::Records RecordsOf(search::Spread& spread) {
  MapRecords::Records records;
  records.behind = spread.behind;
  records.rid = std::move(spread.rid);
  records.ids = std::move(spread.ids);
  records.look.reserve(spread.size());
  for (size_t i = 0; i < spread.size(); ++i) {
    records.look.push_back(MarkLook{
        .shape = ShapeOf(spread.kind[i]), .deadly = spread.killed_most[i] > 0, .in_doubt = spread.in_doubt[i] != 0});
  }
  std::vector<float>().swap(spread.killed_least);
  std::vector<float>().swap(spread.killed_most);
  static_assert(search::kNoDay == MapRecords::kNoMapDay);
  records.first_day = std::move(spread.first_day);
  records.last_day = std::move(spread.last_day);
  return records;
}

std::vector<MapRecords::Point> PointsOf(search::Spread spread) {
  std::vector<MapRecords::Point> points;
  points.reserve(spread.point_item.size());
  for (size_t i = 0; i < spread.point_item.size(); ++i) {
    const WorldPoint at = Project(FromE7(spread.lat_e7[i], spread.lon_e7[i]));
    points.push_back(
        {.place = CurveKeyOf(ToGrid(at)), .record = spread.point_item[i], .radius_m = RadiusOf(spread.point_level[i])});
  }
  return points;
}

}  // namespace

StatusOr<std::shared_ptr<const MapRecords>> ReadMapRecords(const ReadView& view, std::string_view query,
                                                           std::string_view kind, const std::atomic<bool>* stop) {
  SearchRequest request;
  request.query = query;
  request.stop = stop;
  if (!kind.empty()) {
    request.kind = KindFromWord(kind);
    if (!request.kind) return InvalidArgument("\"" + std::string(kind) + "\" is no kind of record");
  } else if (query.empty()) {
    request.kind = v1::RecordKind::INCIDENT;
  }
  DAFTAR_ASSIGN_OR_RETURN(search::Spread spread, view.SpreadOf(request));
  // Column by column, each given back when it has been read: a million records are some forty megabytes of columns.
  MapRecords::Records records = RecordsOf(spread);
  std::vector<MapRecords::Point> points = PointsOf(std::move(spread));
  return MapRecords::Make(Ground::BuiltIn(), std::move(records), std::move(points), stop);
}

}  // namespace daftar
