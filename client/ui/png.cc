#include "client/ui/png.h"

#include <stb/stb_image_write.h>

namespace daftar::ui {

Status WritePng(const Picture& picture, const std::string& path) {
  constexpr int kChannels = 3;
  int written = stbi_write_png(path.c_str(), picture.width, picture.height, kChannels, picture.rgb.data(),
                               picture.width * kChannels);
  return written != 0 ? OkStatus() : Unavailable("the picture could not be written to " + path);
}

}  // namespace daftar::ui
