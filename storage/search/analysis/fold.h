// Folding: what makes two spellings of a word one word.
//
// Two forms are made of every word. The folded form joins what differs only in case, accents, vowel points, joiners,
// apostrophes, digits of another script and letter variants (Arabic yeh, kaf, heh, alef); letters that stand for sounds
// of their own (Tajik ҳ қ ғ ҷ, Pashto ځ څ ډ ړ ږ ښ ڼ) stay. The skeleton joins scripts.
//
// All functions are pure and may be called from any thread. Texts are of less than 2 GiB.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace daftar::search {

// Raised when folding, skeletons or stems change: an index made by another version is rebuilt.
inline constexpr uint32_t kAnalysisVersion = 2;

// Words longer than this many bytes are cut, between code points.
inline constexpr size_t kMaxWordBytes = 64;

// The words of a text in order, folded. Invalid UTF-8 is skipped, and ends a word.
std::vector<std::string> FoldedWords(std::string_view text);

// A folded word and the bytes of the text that it was made of. A character that is several words (½ is 1 and 2) is the
// place of each of them, so that spans never go back but may be equal.
struct FoldedSpan {
  std::string word;
  uint32_t begin = 0, end = 0;
};

// The words of FoldedWords with their places. Slower.
std::vector<FoldedSpan> FoldedSpans(std::string_view text);

// Whether `c` parts words whatever stands beside it: the text before it and the text after it may be folded apart, and
// it gives no word itself. False for some characters that only mostly part words.
bool PartsWords(char32_t c);

// The folded words joined by single spaces: names that fold alike are one name.
std::string FoldedName(std::string_view text);

// The skeleton of a folded word: what its spellings in Latin, Cyrillic and Arabic letters have in common. The word is
// romanised as the press does it, vowels and the glides v, w, y are dropped, double letters made single, a last h
// dropped, and a vowel at the beginning is an a, so that Ansarullah, Ансоруллоҳ and انصارالله are all "ansrl". Empty
// when fewer than three consonants are left, which is too little to go by, and for words with digits. Only for names:
// in running text it matches too much.
std::string Skeleton(std::string_view folded_word);

}  // namespace daftar::search
