// The map as a file: borders as arcs that areas share, provinces, disputed lines, cities, rivers. tools/geo makes it at
// build time; README.md here tells the format. Read with every bound checked: a damaged file is an error, never a
// crash.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/map/mercator.h"
#include "storage/base/status.h"

namespace daftar {

// In English, Russian, Tajik and Dari; all but the first may be empty: as in English.
struct MapNames {
  std::array<std::string, 4> texts;
  // `language`: "en", "ru", "tg", "fa"; any other is English.
  const std::string& In(std::string_view language) const;
};

enum class LineKind : uint8_t { kCoast, kBorder, kProvince, kDisputed };

struct Geodata {
  struct Source {
    std::string what;  // "borders", "cities", "rivers"
    std::string whose, licence;
    std::string date;  // "2020-06-09"; empty: not known
  };
  struct Country {
    std::string code;  // ISO 3166-1 alpha-2; empty: none
    std::string name;  // in English
  };
  struct Arc {
    LineKind kind = LineKind::kCoast;
    std::vector<LatLon> points;  // at least two
  };
  // An arc, walked backwards if it says so.
  struct ArcUse {
    uint32_t arc = 0;
    bool backwards = false;
  };
  using Ring = std::vector<ArcUse>;
  using Polygon = std::vector<Ring>;  // the outline, then its holes
  struct Area {
    uint32_t country = 0;  // in countries, from 1; 0: none
    std::string key;       // GeoNames' code, "TJ.02"; empty: not known
    MapNames names;        // empty: the rest of a country, which has no provinces here
    std::vector<Polygon> polygons;
  };
  struct Disputed {
    std::string claim;    // "Indian claim"
    std::string country;  // that holds it
    uint32_t arc = 0;
  };
  struct City {
    uint32_t country = 0;
    uint32_t people = 0;
    LatLon at;
    MapNames names;
  };
  struct River {
    static constexpr int kRanks = 4;
    uint8_t rank = 0;                        // 0: the largest
    MapNames names;                          // empty: many small ones, or not known
    std::vector<std::vector<LatLon>> lines;  // of two points or more
  };

  std::vector<Source> sources;
  std::vector<Country> countries;
  std::vector<Arc> arcs;
  std::vector<Area> areas;
  std::vector<Disputed> disputed;
  std::vector<City> cities;  // largest first
  std::vector<River> rivers;
};

// DataLoss with what is wrong and where; InvalidArgument for a version that this program does not know.
StatusOr<Geodata> ReadGeodata(std::string_view bytes);

// What was built into this program; empty if the build had no borders to take.
std::string_view BuiltInGeodata();

}  // namespace daftar
