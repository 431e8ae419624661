// Countries by name, as ICU has them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace daftar::search::query {

// ISO 3166-1 alpha-2 of "TJ", "TJK", or a name in English, Russian, Tajik, Persian or Pashto; nullopt for none.
// The first call reads ICU's lists, which takes some milliseconds.
std::optional<std::string> CountryCode(std::string_view text);

// All names that CountryCode knows, in English: what a suggestion is chosen from.
std::span<const std::string> EnglishCountryNames();

}  // namespace daftar::search::query
