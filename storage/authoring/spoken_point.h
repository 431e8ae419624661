// Points as people write them: "38.45, 70.81", "38.45 N 70.81 E", "70.81 в.д. 38.45 с.ш.", "38°27'00\"N, 70°48'36\"E".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

struct SpokenPoint {
  int32_t lat_e7 = 0, lon_e7 = 0;  // 1e-7 degrees, WGS 84
};

// Latitude first, unless letters say which is which. InvalidArgument names the text and what would be right.
StatusOr<SpokenPoint> ReadPoint(std::string_view text);

// The shortest text of those degrees: "38.45, 70.81". ReadPoint gives the same back.
std::string WritePoint(SpokenPoint point);

}  // namespace daftar
