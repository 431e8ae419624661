#include "storage/search/query/nearest.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "storage/search/analysis/fold.h"

namespace daftar::search::query {
namespace {

// Longer words are nobody's typing error, and the table of distances stays small.
constexpr size_t kMostLetters = 64;

}  // namespace

std::u32string FoldedLetters(std::string_view text) {
  std::u32string letters;
  // Names of fields and codes, by far the most of what comes here, need no tables.
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    for (char c : text) {
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) letters += static_cast<char32_t>(c);
      if (c >= 'A' && c <= 'Z') letters += static_cast<char32_t>(c | 0x20);
    }
    return letters;
  }
  for (const std::string& word : FoldedWords(text)) {
    int32_t at = 0;
    const int32_t length = static_cast<int32_t>(word.size());
    while (at < length) {
      UChar32 c;
      U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(word.data()), at, length, c);
      letters += static_cast<char32_t>(c);
    }
  }
  return letters;
}

size_t EditDistance(std::u32string_view a, std::u32string_view b) {
  if (a.size() > kMostLetters || b.size() > kMostLetters) return std::max(a.size(), b.size());
  // Rows of the table for the letters of a: two before, one before, this one.
  std::array<std::array<size_t, kMostLetters + 1>, 3> rows;
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
      }
    }
  }
  return rows[a.size() % 3][b.size()];
}

std::vector<std::string> NearestWords(std::string_view word, std::span<const std::string> candidates, size_t most) {
  const std::u32string letters = FoldedLetters(word);
  const size_t reach = std::clamp<size_t>(letters.size() / 3, 1, 3);
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    const std::u32string other = FoldedLetters(candidate);
    const size_t distance = EditDistance(letters, other);
    if (distance <= reach) {
      near.emplace_back(distance, candidate);
    } else if (letters.size() >= 2 && other.starts_with(letters)) {
      near.emplace_back(reach + 1, candidate);
    }
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> words;
  for (auto& [distance, candidate] : near) {
    if (words.size() == most) break;
    if (std::find(words.begin(), words.end(), candidate) == words.end()) words.push_back(std::move(candidate));
  }
  return words;
}

}  // namespace daftar::search::query
