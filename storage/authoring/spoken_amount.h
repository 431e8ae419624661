// Figures as people write them: "3", "3–5", "4 (3–5)", "about 100", "at least 20", "5 kg", "USD 10,000", "not given".
//
// Read are, in English, Russian, Tajik and Dari, with digits of either script:
//   one figure        "3", "10,000", "2.5", "four" (number_words.h)
//   bounds            "3-5", "3 to 5", "between 3 and 5"; "4 (3–5)": the best figure with its bounds
//   one side          "at least 20", "≥ 20", "over 20"; "at most 7", "≤ 7", "up to 7"
//   how sure          "about 100", "~100"
//   none              "not given": the source names the thing and gives no number
//   by name           "low 3 best 4 high 5 about": whatever else an amount can hold
// with a unit where the amount is measured: g, kg, t; m, km; s, min, h, days; %; an ISO 4217 currency. WriteAmount says
// any amount so that ReadAmount gives the same one back, in signs that no language owns.
#pragma once

#include <string>
#include <string_view>

#include "daftar/v1/values.pb.h"
#include "storage/base/status.h"

namespace daftar {

// Figures, unit, bound and currency; wording is left empty. A figure without a unit counts `unit`. InvalidArgument
// names the text, what of it was not understood, and what would be right.
StatusOr<v1::Amount> ReadAmount(std::string_view text, v1::Unit::Code unit = v1::Unit::COUNT);

// "4 (3–5)", "≥ 20", "~ 5 t"; empty for an amount that says nothing.
std::string WriteAmount(const v1::Amount& amount);

}  // namespace daftar
