// Capitals in Latin and Cyrillic, without a locale.
#pragma once

#include <string>
#include <string_view>

namespace daftar::gen {

// How many bytes the first character has. REQUIRES: UTF-8, not empty.
inline size_t FirstSize(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

// The text with a capital first letter; as it is where the script has none. Knows the letters that we write: ASCII,
// Russian and Tajik.
std::string Capitalised(std::string_view text);

// Calls `visit` with each of the pieces between single separators, which are none of `separators` themselves.
template <typename Visit>
void ForEachPiece(std::string_view text, std::string_view separators, Visit visit) {
  while (!text.empty()) {
    const size_t end = text.find_first_of(separators);
    if (end != 0) visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace daftar::gen
