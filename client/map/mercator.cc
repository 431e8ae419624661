#include "client/map/mercator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace daftar {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNorthmost = 85.0511287798066;  // where the square ends
constexpr double kEquatorMetres = 40'075'016.686;

double Radians(double degrees) { return degrees * kPi / 180; }

}  // namespace

void WorldBox::Add(WorldPoint at) {
  if (empty()) {
    *this = {at.x, at.y, at.x, at.y};
    return;
  }
  left = std::min(left, at.x);
  right = std::max(right, at.x);
  top = std::min(top, at.y);
  bottom = std::max(bottom, at.y);
}

WorldPoint Project(LatLon at) {
  const double latitude = Radians(std::clamp(at.latitude, -kNorthmost, kNorthmost));
  return {std::clamp((at.longitude + 180) / 360, 0.0, 1.0),
          std::clamp((1 - std::asinh(std::tan(latitude)) / kPi) / 2, 0.0, 1.0)};
}

LatLon Unproject(WorldPoint at) { return {std::atan(std::sinh(kPi * (1 - 2 * at.y))) * 180 / kPi, at.x * 360 - 180}; }

double UnitsOfMetre(double latitude) {
  return 1 / (kEquatorMetres * std::cos(Radians(std::clamp(latitude, -kNorthmost, kNorthmost))));
}

}  // namespace daftar
