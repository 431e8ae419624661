// Countries by their codes. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace daftar {

// "Tajikistan" for "TJ", in the reader's language; the code itself where ICU knows no name.
std::string SayCountry(std::string_view code);

}  // namespace daftar
