// What somebody perhaps meant to write: words within a few edits.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daftar::search::query {

// The letters and digits of a text, folded; what separates them is left out, so that "armed-clash" is "armedclash".
std::u32string FoldedLetters(std::string_view text);

// Letters added, left out, replaced or swapped with a neighbour, to make one word of the other.
size_t EditDistance(std::u32string_view a, std::u32string_view b);

// The candidates nearest to the word, best first, at most `most` of them: those within a third of its letters (at least
// one edit, at most three), then those that begin with it, if it has two letters.
std::vector<std::string> NearestWords(std::string_view word, std::span<const std::string> candidates, size_t most);

}  // namespace daftar::search::query
