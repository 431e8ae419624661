// The words of figures in English, Russian, Tajik and Dari.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daftar/v1/codes.pb.h"

namespace daftar {

struct AmountWord {
  enum class Meaning { kNothing, kAbout, kAtLeast, kAtMost, kTo, kNotGiven, kLow, kBest, kHigh, kUnit };
  Meaning meaning = Meaning::kNothing;
  v1::Unit::Code unit = v1::Unit::COUNT;  // of kUnit
  double times = 1;                       // of kUnit: so many of the stored unit
};

// Money is stored in hundredths of its unit.
inline constexpr double kMinorOfCurrency = 100;
// What stands for a currency where none is said (ISO 4217).
inline std::string NoCurrency() { return std::string(3, 'X'); }

// Of some words in small letters with one space between them; nullopt for what no figure has.
std::optional<AmountWord> AmountWordOf(std::string_view words);
// So many words has the longest of them.
inline constexpr int kMostAmountWords = 3;

}  // namespace daftar
