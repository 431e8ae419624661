// The words of dates in English, Russian, Tajik and Dari.
#pragma once

#include <optional>
#include <string_view>

#include "daftar/v1/values.pb.h"

namespace daftar {

struct DateWord {
  enum class Meaning {
    kNothing,  // "of", "the", "in": says nothing by itself
    kMonth,    // value: 1 to 12
    kPart,     // value: DayPart
    kThird,    // value: 0 early, 1 middle, 2 late
    kAbout,
    kPerhaps,
    kBefore,
    kAfter,
    kFrom,  // after one date; before the first of two
    kTo,    // between two dates
  };
  Meaning meaning = Meaning::kNothing;
  int value = 0;
};

// Of a word in small letters, without marks around it; nullopt for one that no date has.
std::optional<DateWord> DateWordOf(std::string_view word);

}  // namespace daftar
