// Pictures that are compared: made small, told apart as an eye does, kept where a person can look at them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "client/ui/png.h"

namespace daftar {

// nullopt if the file is no picture.
std::optional<ui::Picture> LoadPicture(const std::string& file);

// So many pixels of each side become one, their mean: a golden picture shows what lies where and in which colour, and
// stays small. What is left over at the edges is cut off.
ui::Picture Shrunk(const ui::Picture& picture, int times);

// How two pictures of one size differ.
struct PictureDifference {
  size_t pixels = 0;  // whose shade differs by more than kSameShade in red, green or blue
  ui::Picture shown;  // the first one, faded, with those in red
};
inline constexpr int kSameShade = 10;

PictureDifference Compare(const ui::Picture& now, const ui::Picture& then);

}  // namespace daftar
