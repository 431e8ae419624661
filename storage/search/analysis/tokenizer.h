// Words of texts, fast: each different spelling is folded once and then found again by its bytes.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace daftar::search {

// A word of a text.
struct Token {
  uint32_t word = 0;             // number of the folded word: Tokenizer::word(number)
  uint32_t begin = 0, end = 0;  // its bytes in the text
};

// Takes texts apart into the same words as FoldedWords does. Numbers are dense, from 0, in order of first appearance, and
// stay valid while the tokenizer lives; memory grows with the number of different words. One thread at a time.
class Tokenizer {
 public:
  // Replaces what `out` held.
  void Tokenize(std::string_view text, std::vector<Token>* out);
  // The folded word. REQUIRES: number < size().
  std::string_view word(uint32_t number) const { return words_[number]; }
  size_t size() const { return words_.size(); }

 private:
  uint32_t Intern(std::string_view folded);

  std::deque<std::string> words_;
  std::unordered_map<std::string_view, uint32_t> numbers_;  // views into words_
};

}  // namespace daftar::search
