// Countries and languages by their codes. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace daftar {

// "Tajikistan" for "TJ", in the reader's language; the code itself where ICU knows no name.
std::string SayCountry(std::string_view code);
// "Persian" for "fa", "Persian (Afghanistan)" for "fa-AF" and "prs" (BCP 47), in the reader's language; the code itself
// where ICU knows no name.
std::string SayLanguage(std::string_view code);

}  // namespace daftar
