// The real words of each language of the generated texts, most frequent first, written by hand: ordinary words of the
// field and the small words between them. The made-up tail of vocabulary.h comes behind them.
#pragma once

#include <string_view>

namespace daftar::gen {

// The languages of the texts, in the order of their share.
enum class Language { kEnglish, kRussian, kTajik, kPersian };
inline constexpr int kLanguages = 4;

// What is known of a language before any seed. All views are of constants.
struct WordList {
  const char* tag;                // BCP 47
  std::string_view words;         // separated by single spaces or line ends, each once, most frequent first
  std::string_view collocations;  // one a line: words that stand together in every text of the field
  std::string_view onsets;        // of made-up syllables, separated by spaces
  std::string_view vowels;
  std::string_view codas;    // "-" stands for none
  std::string_view endings;  // of made-up words; "-" stands for none
};

// Pure; any thread.
const WordList& WordListOf(Language language);

}  // namespace daftar::gen
