// Towns by name: where a place is that has no record yet, or whose record has no point. From the map that is built into
// the program (client/map/README.md names the source). Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/map/mercator.h"

namespace daftar {

struct Town {
  std::string name;     // in the reader's language
  std::string inside;   // the province, or the country; empty: not known
  uint32_t people = 0;  // 0: not known
  LatLon at;
};

// Those of which a name in any of the four languages begins with what is typed, or is spelt alike in another script;
// the largest first. Empty for less than two letters.
std::vector<Town> FindTowns(std::string_view typed, std::string_view language, size_t limit);

}  // namespace daftar
