// Web Mercator: the world as a square of side 1, x from west to east, y from north to south. Angles are kept, so a
// circle on the ground is a circle on the map; what it costs is size, which grows away from the equator. Latitudes
// beyond 85.05 degrees are drawn at the edge. Pure functions.
#pragma once

#include <cstdint>

namespace daftar {

struct WorldPoint {
  double x = 0, y = 0;
  friend bool operator==(const WorldPoint&, const WorldPoint&) = default;
};

struct LatLon {
  double latitude = 0, longitude = 0;  // degrees
  friend bool operator==(const LatLon&, const LatLon&) = default;
};

// A box of the square; empty while right < left.
struct WorldBox {
  double left = 1, top = 1, right = 0, bottom = 0;

  bool empty() const { return right < left || bottom < top; }
  bool Contains(WorldPoint at) const { return at.x >= left && at.x <= right && at.y >= top && at.y <= bottom; }
  bool Meets(const WorldBox& other) const {
    return left <= other.right && right >= other.left && top <= other.bottom && bottom >= other.top;
  }
  void Add(WorldPoint at);
  friend bool operator==(const WorldBox&, const WorldBox&) = default;
};

WorldPoint Project(LatLon at);
LatLon Unproject(WorldPoint at);
// How long a metre is at that latitude, in sides of the square.
double UnitsOfMetre(double latitude);

inline LatLon FromE7(int32_t lat_e7, int32_t lon_e7) { return {lat_e7 * 1e-7, lon_e7 * 1e-7}; }

}  // namespace daftar
