// The real frame of the made-up places: countries and provinces, with names in four languages and rough boxes.
#pragma once

#include <cstdint>
#include <span>

#include "tools/gen/word_lists.h"

namespace daftar::gen {

// A name as texts of each language write it.
struct KnownName {
  const char *english, *russian, *tajik, *persian;
  const char* In(Language language) const;
};

struct Country {
  const char* code;  // ISO 3166-1 alpha-2
  KnownName name;
};

// A province, and the box about which most of it lies, in hundredths of a degree.
struct Province {
  int country;  // position in Countries()
  KnownName name;
  int south, north, west, east;
};

// The centre of the field first; pure, any thread.
std::span<const Country> Countries();
// Tajikistan's and Afghanistan's first.
std::span<const Province> Provinces();
// How many of them are Tajikistan's and Afghanistan's.
inline constexpr uint64_t kInnerProvinces = 18;

}  // namespace daftar::gen
