// Pictures of the window as PNG files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/base/status.h"

namespace daftar::ui {

struct Picture {
  int width = 0, height = 0;
  std::vector<uint8_t> rgb;  // rows from the top, three bytes a pixel
};

// Writes the file; an error names it.
Status WritePng(const Picture& picture, const std::string& path);

}  // namespace daftar::ui
