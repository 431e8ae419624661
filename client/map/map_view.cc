#include "client/map/map_view.h"

#include <algorithm>
#include <cmath>

namespace daftar {
namespace {

constexpr double kWorldPoints = 256;

}  // namespace

double MapView::Scale() const { return kWorldPoints * pixels_of_point * std::exp2(zoom); }

CanvasPoint MapView::ToCanvas(WorldPoint at) const {
  const double scale = Scale();
  return {(at.x - centre.x) * scale + width / 2, (at.y - centre.y) * scale + height / 2};
}

WorldPoint MapView::ToWorld(CanvasPoint at) const {
  const double scale = Scale();
  return {(at.x - width / 2) / scale + centre.x, (at.y - height / 2) / scale + centre.y};
}

WorldBox MapView::Box() const {
  const WorldPoint from = ToWorld({0, 0}), to = ToWorld({width, height});
  return {from.x, from.y, to.x, to.y};
}

void MapView::Clamp() {
  zoom = std::isfinite(zoom) ? std::clamp(zoom, kLeastZoom, kMostZoom) : kLeastZoom;
  if (!std::isfinite(centre.x) || !std::isfinite(centre.y)) centre = {0.5, 0.5};
  centre.x = std::clamp(centre.x, 0.0, 1.0);
  centre.y = std::clamp(centre.y, 0.0, 1.0);
}

void MapView::PanBy(double right, double down) {
  const double scale = Scale();
  centre.x += right / scale;
  centre.y += down / scale;
  Clamp();
}

void MapView::ZoomAt(CanvasPoint at, double steps) {
  const WorldPoint under = ToWorld(at);
  zoom = std::clamp(zoom + steps, kLeastZoom, kMostZoom);
  const WorldPoint now = ToWorld(at);
  centre.x += under.x - now.x;
  centre.y += under.y - now.y;
  Clamp();
}

void MapView::Fit(const WorldBox& box, double margin, double most_zoom) {
  if (box.empty()) return;
  centre = {(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  const double across = std::max(box.right - box.left, 1e-9), down = std::max(box.bottom - box.top, 1e-9);
  const double room = std::max(width - 2 * margin, 32.0), height_room = std::max(height - 2 * margin, 32.0);
  zoom = std::min(std::log2(std::min(room / across, height_room / down) / (kWorldPoints * pixels_of_point)), most_zoom);
  Clamp();
}

ScaleBar ScaleBarOf(const MapView& view, double most) {
  const double metre = UnitsOfMetre(Unproject(view.centre).latitude) * view.Scale();  // pixels
  const double longest = most / metre;
  if (!(longest > 0)) return {};
  double metres = std::pow(10, std::floor(std::log10(longest)));
  for (const double times : {5.0, 2.0}) {
    if (metres * times <= longest) {
      metres *= times;
      break;
    }
  }
  return {metres, metres * metre};
}

}  // namespace daftar
