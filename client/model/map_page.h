// The map of a search: its records on the ground, those in view as rows, and the words around it. What can be dragged
// and narrowed is in MapPlace; whoever draws changes that and asks for the rest anew.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/address.h"
#include "client/model/map_records.h"
#include "client/model/row.h"

namespace daftar {

// Where a reader is on a map: what its address says, besides the query.
struct MapPlace {
  std::optional<LatLon> centre;  // nullopt: wherever the records are
  double zoom = 0;
  MapSpan span;
  friend bool operator==(const MapPlace&, const MapPlace&) = default;
};

// The list beside the map: it shows the same records.
struct MapRows {
  std::vector<ListRow> rows;      // newest first
  std::vector<uint32_t> records;  // their numbers in MapRecords
  size_t total = 0;               // of which these are the newest
};

struct MapPage {
  std::string query;
  std::string kind;  // word; empty: all kinds
  MapPlace place;    // as the address had it
  std::shared_ptr<const MapRecords> records;
  std::shared_ptr<const MapScene> scene;
  MapRows rows;
  std::vector<uint32_t> areas;  // that hold any of the scene's points, most first
};

struct MapOptions {
  size_t rows = 100;
  std::string language;  // of names; empty: the reader's
  const std::atomic<bool>* stop = nullptr;
};

// daftar:map?q=clash&kind=incident&lat=38.5&lon=68.8&zoom=6&from=2023-01-01&to=2023-12-31
std::string MapAddress(std::string_view query, std::string_view kind = "", const MapPlace& place = {});
// InvalidArgument names the parameter that is no number or no day.
StatusOr<MapPlace> MapPlaceOf(const Address& address);

// Without a window its size is that of a small one, which matters for the rows alone.
StatusOr<MapPage> BuildMap(const ReadView& view, const Address& address, const MapOptions& options);
// The view of a canvas that shows the place.
MapView ViewOf(const MapRecords& records, const MapPlace& place, double width, double height, double pixels_of_point);

StatusOr<MapRows> ReadMapRows(const ReadView& view, const MapRecords& records, const MapScene& scene,
                              const WorldBox& box, const MapOptions& options);
// One record as a row; nullopt: it is not there any more.
StatusOr<std::optional<ListRow>> ReadMapRow(const ReadView& view, const MapRecords& records, uint32_t record,
                                            const MapOptions& options);

// The same search as a list, without the map.
std::string MapListAddress(const MapPage& page, const MapSpan& span);
// … and only what lies in the box, or by the dataset's own places in the area.
std::string MapBoxAddress(const MapPage& page, const MapSpan& span, const WorldBox& box);
std::string MapAreaAddress(const MapPage& page, const MapSpan& span, uint32_t area);

// Words around the map, in the reader's language.
std::string MapCountWords(const MapRecords& records, const MapScene& scene);
std::string MapSourceWords(const Ground& ground);
std::string MapLengthWords(double metres);
// "1 Jan 2023 – today", "all dates".
std::string MapSpanWords(const MapSpan& span);
// Name of an area, and of its country where two share it.
std::string MapAreaName(const Ground& ground, uint32_t area);

}  // namespace daftar
