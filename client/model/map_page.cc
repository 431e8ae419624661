#include "client/model/map_page.h"

#include <absl/strings/numbers.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

#include "client/model/rows.h"
#include "storage/model/date.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

constexpr double kPlainWidth = 1000, kPlainHeight = 640, kMargin = 48;
// A single place is shown with what is around it.
constexpr double kClosestAtFirst = 8;
constexpr double kFieldZoom = 5;

StatusOr<std::optional<double>> NumberOf(const Address& address, std::string_view name, double least, double most) {
  const std::string text = address.Param(name);
  if (text.empty()) return std::optional<double>();
  double number = 0;
  if (!absl::SimpleAtod(text, &number) || !(number >= least && number <= most)) {
    return InvalidArgument(std::string(name) + "=" + text + " is not a number from " +
                           std::to_string(static_cast<int>(least)) + " to " + std::to_string(static_cast<int>(most)));
  }
  return std::optional<double>(number);
}

StatusOr<std::optional<int32_t>> DayOf(const Address& address, std::string_view name) {
  const std::string text = address.Param(name);
  if (text.empty()) return std::optional<int32_t>();
  DAFTAR_ASSIGN_OR_RETURN(const int32_t day, ParseIsoDay(text));
  return std::optional<int32_t>(day);
}

std::string Rounded(double number, int digits) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.*f", digits, number);
  return text;
}

// The query with more asked of it; "a OR b" stands in parentheses.
std::string Narrowed(const MapPage& page, const MapSpan& span, const std::string& more) {
  std::string query = page.query;
  const bool alternatives = query.find(" OR ") != std::string::npos || query.find('|') != std::string::npos ||
                            query.find(" ИЛИ ") != std::string::npos;
  if (alternatives && !(more.empty() && span.all())) query = "(" + query + ")";
  const auto add = [&](const std::string& term) { query += (query.empty() ? "" : " ") + term; };
  if (page.query.empty() && page.kind.empty()) add("kind:incident");
  if (span.from) add("since:" + IsoDay(*span.from));
  if (span.to) add("until:" + IsoDay(*span.to));
  if (!more.empty()) add(more);
  return query;
}

StatusOr<std::optional<ListRow>> RowOf(const MapRecords& records, uint32_t record,
                                       const std::optional<ListedRecord>* listed, Names& names) {
  const MapRecords::Records& columns = records.records();
  std::optional<ListRow> row;
  if (record >= columns.rid.size()) {
    row = MakeRow(columns.ids[record - columns.rid.size()], std::nullopt, names);
  } else if (listed != nullptr && *listed) {
    row = MakeRow((*listed)->id, (*listed)->row, names);
  }
  if (!names.status().ok()) return names.status();
  return row;
}

// As lists are: by the day that a row shows, which is that of its shown date. The newest were chosen by the last day
// that any account gives.
void SortNewestFirst(MapRows& found) {
  std::vector<size_t> order(found.rows.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return found.rows[a].sort_day > found.rows[b].sort_day; });
  MapRows sorted{.rows = {}, .records = {}, .total = found.total};
  for (const size_t at : order) {
    sorted.rows.push_back(std::move(found.rows[at]));
    sorted.records.push_back(found.records[at]);
  }
  found = std::move(sorted);
}

}  // namespace

std::string MapAddress(std::string_view query, std::string_view kind, const MapPlace& place) {
  Address address{"map", "", {}};
  const auto set = [&](const char* name, const std::string& value) {
    if (!value.empty()) address.params[name] = value;
  };
  set("q", std::string(query));
  set("kind", std::string(kind));
  if (place.centre) {
    set("lat", Rounded(place.centre->latitude, 4));
    set("lon", Rounded(place.centre->longitude, 4));
    set("zoom", Rounded(place.zoom, 2));
  }
  if (place.span.from) set("from", IsoDay(*place.span.from));
  if (place.span.to) set("to", IsoDay(*place.span.to));
  return address.ToString();
}

StatusOr<MapPlace> MapPlaceOf(const Address& address) {
  MapPlace place;
  DAFTAR_ASSIGN_OR_RETURN(const auto latitude, NumberOf(address, "lat", -90, 90));
  DAFTAR_ASSIGN_OR_RETURN(const auto longitude, NumberOf(address, "lon", -180, 180));
  DAFTAR_ASSIGN_OR_RETURN(const auto zoom, NumberOf(address, "zoom", 0, 30));
  if (latitude && longitude) place.centre = LatLon{*latitude, *longitude};
  place.zoom = place.centre ? zoom.value_or(kFieldZoom) : 0;
  DAFTAR_ASSIGN_OR_RETURN(place.span.from, DayOf(address, "from"));
  DAFTAR_ASSIGN_OR_RETURN(place.span.to, DayOf(address, "to"));
  return place;
}

MapView ViewOf(const MapRecords& records, const MapPlace& place, double width, double height, double pixels_of_point) {
  MapView view{.width = width, .height = height, .pixels_of_point = pixels_of_point};
  if (place.centre) {
    view.centre = Project(*place.centre);
    view.zoom = place.zoom;
    view.Clamp();
  } else if (!records.core().empty()) {
    view.Fit(records.core(), kMargin * pixels_of_point, kClosestAtFirst);
  }
  return view;
}

StatusOr<MapPage> BuildMap(const ReadView& view, const Address& address, const MapOptions& options) {
  MapPage page{.query = address.Param("q"), .kind = address.Param("kind")};
  DAFTAR_ASSIGN_OR_RETURN(page.place, MapPlaceOf(address));
  DAFTAR_ASSIGN_OR_RETURN(page.records, ReadMapRecords(view, page.query, page.kind, options.stop));
  page.scene = NarrowMap(*page.records, page.place.span);
  const WorldBox box = ViewOf(*page.records, page.place, kPlainWidth, kPlainHeight, 1).Box();
  DAFTAR_ASSIGN_OR_RETURN(page.rows, ReadMapRows(view, *page.records, *page.scene, box, options));
  for (uint32_t area = 0; area < page.scene->area_counts.size(); ++area) {
    if (page.scene->area_counts[area] > 0) page.areas.push_back(area);
  }
  std::stable_sort(page.areas.begin(), page.areas.end(),
                   [&](uint32_t a, uint32_t b) { return page.scene->area_counts[a] > page.scene->area_counts[b]; });
  return page;
}

StatusOr<MapRows> ReadMapRows(const ReadView& view, const MapRecords& records, const MapScene& scene,
                              const WorldBox& box, const MapOptions& options) {
  MapRows found;
  const std::vector<uint32_t> newest = NewestIn(records, scene, box, options.rows, &found.total);
  std::vector<Rid> rids;
  for (const uint32_t record : newest) {
    if (record < records.records().rid.size()) rids.push_back(records.records().rid[record]);
  }
  DAFTAR_ASSIGN_OR_RETURN(const auto listed, view.RowsOf(rids));
  Names names(view, options.language);
  size_t next = 0;
  for (const uint32_t record : newest) {
    const bool has_rid = record < records.records().rid.size();
    DAFTAR_ASSIGN_OR_RETURN(std::optional<ListRow> row,
                            RowOf(records, record, has_rid ? &listed[next++] : nullptr, names));
    if (!row) continue;  // gone since
    found.rows.push_back(*std::move(row));
    found.records.push_back(record);
  }
  SortNewestFirst(found);
  return found;
}

StatusOr<std::optional<ListRow>> ReadMapRow(const ReadView& view, const MapRecords& records, uint32_t record,
                                            const MapOptions& options) {
  Names names(view, options.language);
  if (record >= records.records().rid.size()) return RowOf(records, record, nullptr, names);
  const Rid rid = records.records().rid[record];
  DAFTAR_ASSIGN_OR_RETURN(const auto listed, view.RowsOf({&rid, 1}));
  return RowOf(records, record, &listed.front(), names);
}

std::string MapListAddress(const MapPage& page, const MapSpan& span) {
  return SearchAddress(Narrowed(page, span, ""), page.kind);
}

std::string MapBoxAddress(const MapPage& page, const MapSpan& span, const WorldBox& box) {
  const LatLon north_west = Unproject({box.left, box.top}), south_east = Unproject({box.right, box.bottom});
  return SearchAddress(Narrowed(page, span,
                                "box:" + Rounded(south_east.latitude, 4) + "," + Rounded(north_west.longitude, 4) +
                                    "," + Rounded(north_west.latitude, 4) + "," + Rounded(south_east.longitude, 4)),
                       page.kind);
}

std::string MapAreaAddress(const MapPage& page, const MapSpan& span, uint32_t area) {
  const std::string& name = page.records->ground().areas()[area].names.texts[0];
  return SearchAddress(Narrowed(page, span, "province:\"" + name + "\""), page.kind);
}

}  // namespace daftar
