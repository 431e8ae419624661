// How well a term stands in a document, in eight steps: see postings.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "storage/search/index/postings.h"

namespace daftar::search {

// Of a word in a name of so many words.
constexpr uint8_t NameLevel(size_t words) {
  if (words <= 1) return 7;
  if (words == 2) return 6;
  return words <= 4 ? 5 : 4;
}

// Of a word that occurs so often in a text of so many words: BM25's saturation (k1 = 1.2, b = 0.75, for texts of 96
// words on average) in four steps.
constexpr uint8_t TextLevel(uint32_t times, uint32_t words) {
  const double length = 0.25 + 0.75 * words / 96.0;
  const double share = times / (times + 1.2 * length);
  if (share >= 0.75) return 3;
  if (share >= 0.60) return 2;
  return share >= 0.45 ? 1 : 0;
}

// What a level adds to the score of a document, for a word that is as rare as can be.
inline constexpr std::array<float, kLevels> kLevelWeight = {0.32f, 0.5f, 0.68f, 0.82f, 1.2f, 1.6f, 2.1f, 2.6f};

// Masks of levels.
inline constexpr uint8_t kNameLevels = 0xf0, kTextLevels = 0x0f, kAllLevels = 0xff;

}  // namespace daftar::search
