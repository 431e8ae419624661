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
  MapRecords::Records records;
  MapRecords::Points points;
  records.shape.reserve(spread.size());
  records.deadly.reserve(spread.size());
  records.in_doubt.reserve(spread.size());
  records.first_day.reserve(spread.size());
  records.last_day.reserve(spread.size());
  for (size_t i = 0; i < spread.size(); ++i) {
    const bool dated = spread.has_day(i);
    records.shape.push_back(ShapeOf(spread.kind[i]));
    records.deadly.push_back(spread.killed_most[i] > 0 ? 1 : 0);
    records.in_doubt.push_back(spread.in_doubt[i]);
    records.first_day.push_back(dated ? spread.first_day[i] : MapRecords::kNoMapDay);
    records.last_day.push_back(dated ? spread.last_day[i] : MapRecords::kNoMapDay);
  }
  points.at.reserve(spread.point_item.size());
  points.radius_m.reserve(spread.point_item.size());
  for (size_t i = 0; i < spread.point_item.size(); ++i) {
    points.at.push_back(Project(FromE7(spread.lat_e7[i], spread.lon_e7[i])));
    points.radius_m.push_back(RadiusOf(spread.point_level[i]));
  }
  points.record = std::move(spread.point_item);
  records.behind = spread.behind;
  records.rid = std::move(spread.rid);
  records.ids = std::move(spread.ids);
  return MapRecords::Make(Ground::BuiltIn(), std::move(records), std::move(points), stop);
}

}  // namespace daftar
