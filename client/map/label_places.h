// Where words on the map find room: the first ones choose, and none covers another. Plain values; one frame.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "client/map/map_view.h"

namespace daftar {

struct LabelBox {
  double left = 0, top = 0, right = 0, bottom = 0;
};

class LabelPlaces {
 public:
  // Nothing is put beyond the edges.
  LabelPlaces(double width, double height) : width_(width), height_(height) {}

  // Keeps a box free of what comes later.
  void Block(const LabelBox& box) { taken_.push_back(box); }
  // A place for words of that size beside a mark of that radius: right, left, above or below of it. nullopt: no room.
  std::optional<LabelBox> Beside(CanvasPoint mark, double radius, double width, double height);
  // The same beside a line through the mark: above or below of one that lies flat, else right or left of it.
  std::optional<LabelBox> BesideLine(CanvasPoint mark, bool flat, double radius, double width, double height);
  // The same centred on a point.
  std::optional<LabelBox> On(CanvasPoint middle, double width, double height);

 private:
  bool Take(const LabelBox& box);

  const double width_, height_;
  std::vector<LabelBox> taken_;
};

}  // namespace daftar
