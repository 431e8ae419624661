// A state of the dataset as the reader saw it. A plain value.
#pragma once

#include <cstdint>
#include <string>

namespace daftar {

struct Moment {
  std::string epoch;      // bytes: which unbroken history of the server
  uint64_t revision = 0;  // the newest that was visible
  int64_t at_ms = 0;      // when it was seen, by the reader's own clock
};

}  // namespace daftar
