// Numbers as words of English, Russian, Tajik and Dari: "four", "двух", "панҷ", "سه".
#pragma once

#include <optional>
#include <string_view>

namespace daftar {

// Of one word in small letters: 1–20, tens to 90, a dozen and a hundred, in the cases in which they count people and
// things; nullopt for any other word. "no", "some" and "dozens" are no numbers.
std::optional<double> NumberWordOf(std::string_view word);

}  // namespace daftar
