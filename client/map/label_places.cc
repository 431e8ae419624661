#include "client/map/label_places.h"

#include <algorithm>

namespace daftar {

bool LabelPlaces::Take(const LabelBox& box) {
  if (box.left < 0 || box.top < 0 || box.right > width_ || box.bottom > height_) return false;
  const bool free = std::none_of(taken_.begin(), taken_.end(), [&](const LabelBox& other) {
    return box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top;
  });
  if (free) taken_.push_back(box);
  return free;
}

std::optional<LabelBox> LabelPlaces::Beside(CanvasPoint mark, double radius, double width, double height) {
  const double middle = mark.y - height / 2, centre = mark.x - width / 2;
  const CanvasPoint corners[] = {{mark.x + radius, middle},
                                 {mark.x - radius - width, middle},
                                 {centre, mark.y - radius - height},
                                 {centre, mark.y + radius}};
  for (const CanvasPoint at : corners) {
    const LabelBox box{at.x, at.y, at.x + width, at.y + height};
    if (Take(box)) return box;
  }
  return std::nullopt;
}

std::optional<LabelBox> LabelPlaces::BesideLine(CanvasPoint mark, bool flat, double radius, double width,
                                                double height) {
  const double middle = mark.y - height / 2, centre = mark.x - width / 2;
  const CanvasPoint upright[] = {{mark.x + radius, middle}, {mark.x - radius - width, middle}};
  const CanvasPoint lying[] = {{centre, mark.y - radius - height}, {centre, mark.y + radius}};
  for (const CanvasPoint at : flat ? lying : upright) {
    const LabelBox box{at.x, at.y, at.x + width, at.y + height};
    if (Take(box)) return box;
  }
  return std::nullopt;
}

std::optional<LabelBox> LabelPlaces::On(CanvasPoint middle, double width, double height) {
  const LabelBox box{middle.x - width / 2, middle.y - height / 2, middle.x + width / 2, middle.y + height / 2};
  if (!Take(box)) return std::nullopt;
  return box;
}

}  // namespace daftar
