// Folding: what makes two spellings of a word one word.
//
// Two forms are made of every word. The folded form joins what differs only in case, accents, joiners and letter
// variants (Arabic yeh and kaf, Persian and Tajik letters are kept apart from others). The skeleton joins scripts: the
// word is romanised as the press does it, vowels and the glides v, w, y are dropped, doubles made single and a last h
// dropped, so that Ansarullah, Ансоруллоҳ and انصارالله are all "nsrl".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daftar::search {

// Raised when folding changes: an index made by another version is rebuilt.
inline constexpr uint32_t kAnalysisVersion = 1;

// Words longer than this many bytes are cut.
inline constexpr size_t kMaxWordBytes = 64;

// The words of a text in order, folded. Invalid UTF-8 is skipped.
std::vector<std::string> FoldedWords(std::string_view text);

// The skeleton of a folded word; empty when fewer than three consonants are left, which is too little to go by.
std::string Skeleton(std::string_view folded_word);

// The folded words joined by single spaces: names that fold alike are one name.
std::string FoldedName(std::string_view text);

}  // namespace daftar::search
