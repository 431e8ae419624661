#include "tests/ui/picture_difference.h"

#include <stb/stb_image.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "storage/base/status.h"

namespace daftar {

std::optional<ui::Picture> LoadPicture(const std::string& file) {
  ui::Picture picture{};
  int channels = 0;
  const std::unique_ptr<unsigned char, decltype(&stbi_image_free)> pixels(
      stbi_load(file.c_str(), &picture.width, &picture.height, &channels, 3), &stbi_image_free);
  if (!pixels) return std::nullopt;
  picture.rgb.assign(pixels.get(), pixels.get() + static_cast<size_t>(picture.width) * picture.height * 3);
  return picture;
}

ui::Picture Shrunk(const ui::Picture& picture, int times) {
  ui::Picture small{.width = picture.width / times, .height = picture.height / times, .rgb = {}};
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      for (int channel = 0; channel < 3; ++channel) {
        int sum = 0;
        for (int i = 0; i < times * times; ++i) {
          const size_t row = static_cast<size_t>(y) * times + i / times,
                       column = static_cast<size_t>(x) * times + i % times;
          sum += picture.rgb[(row * picture.width + column) * 3 + channel];
        }
        small.rgb.push_back(static_cast<uint8_t>((sum + times * times / 2) / (times * times)));
      }
    }
  }
  return small;
}

PictureDifference Compare(const ui::Picture& now, const ui::Picture& then) {
  DAFTAR_CHECK(now.rgb.size() == then.rgb.size() && now.width == then.width);
  constexpr uint8_t kRed[] = {230, 0, 0};
  PictureDifference difference{.pixels = 0, .shown = now};
  for (size_t pixel = 0; pixel < now.rgb.size(); pixel += 3) {
    int most = 0;
    for (size_t i = pixel; i < pixel + 3; ++i) {
      most = std::max(most, std::abs(now.rgb[i] - then.rgb[i]));
      difference.shown.rgb[i] = static_cast<uint8_t>(191 + now.rgb[i] / 4);
    }
    if (most <= kSameShade) continue;
    ++difference.pixels;
    std::copy(std::begin(kRed), std::end(kRed), difference.shown.rgb.begin() + static_cast<ptrdiff_t>(pixel));
  }
  return difference;
}

}  // namespace daftar
