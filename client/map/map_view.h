// What part of the world a canvas shows: its centre and how far it is zoomed in. One zoom step doubles the size; at
// zoom 0 the world is 256 points wide, a point being a pixel of a screen at scale 1. Plain values.
#pragma once

#include "client/map/mercator.h"

namespace daftar {

struct CanvasPoint {
  double x = 0, y = 0;  // pixels from the canvas' upper left corner
};

struct MapView {
  static constexpr double kLeastZoom = 1, kMostZoom = 15;

  WorldPoint centre = Project({38.2, 69.5});
  double zoom = 5.5;
  double width = 1, height = 1;  // of the canvas, pixels
  double pixels_of_point = 1;    // the screen's scale

  // Pixels of a side of the world.
  double Scale() const;
  CanvasPoint ToCanvas(WorldPoint at) const;
  WorldPoint ToWorld(CanvasPoint at) const;
  WorldBox Box() const;

  // All of these stay within the world and the limits of zoom.
  void PanBy(double right, double down);  // pixels
  // What lies under the point stays under it.
  void ZoomAt(CanvasPoint at, double steps);
  // Shows all of the box, with `margin` pixels around it, but no closer than `most_zoom`.
  void Fit(const WorldBox& box, double margin, double most_zoom);
  void Clamp();

  friend bool operator==(const MapView&, const MapView&) = default;
};

// A round length that fits into `most` pixels at the view's centre.
struct ScaleBar {
  double metres = 0;
  double pixels = 0;
};
ScaleBar ScaleBarOf(const MapView& view, double most);

}  // namespace daftar
