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
  uint32_t word = 0;            // number of the folded word: Tokenizer::word(number)
  uint32_t begin = 0, end = 0;  // its bytes in the text
};

// Takes texts apart into the same words as FoldedWords does. Numbers are dense, from 0, in order of first appearance,
// and stay valid while the tokenizer lives; memory grows with the number of different words. One thread at a time.
//
// A text is cut at characters that part words whatever stands beside them; the run of bytes between two cuts folds
// alike in every text, so that its words are remembered. What is remembered is bounded: runs of up to kMaxCachedBytes,
// and no more than `max_spellings` of them; others are folded each time that they come.
class Tokenizer {
 public:
  static constexpr size_t kMaxCachedBytes = 64;
  static constexpr size_t kMaxSpellings = size_t{1} << 20;  // up to 32 MB of table and as much of bytes

  explicit Tokenizer(size_t max_spellings = kMaxSpellings);
  Tokenizer(Tokenizer&&) = default;
  Tokenizer& operator=(Tokenizer&&) = default;

  // Replaces what `out` held. Tokens are in the order of the text: neither begin nor end ever goes back.
  void Tokenize(std::string_view text, std::vector<Token>* out);
  // The folded word. REQUIRES: number < size().
  std::string_view word(uint32_t number) const { return words_[number]; }
  size_t size() const { return words_.size(); }
  // How many spellings are remembered.
  size_t spellings() const { return used_; }

 private:
  // What a run of bytes folds to: one word that is the whole run (its number), or a list of tokens with places from the
  // begin of the run (kIsList and the list's place in lists_).
  using Folded = uint32_t;
  static constexpr Folded kIsList = 0x80000000;
  struct Slot {
    uint32_t hash = 0;
    uint32_t key = 0;     // where its bytes begin in keys_
    uint32_t length = 0;  // 0: free
    Folded folded = 0;
  };

  uint32_t Intern(std::string_view folded);
  void AddRun(std::string_view text, size_t begin, size_t end, std::vector<Token>* out);
  Folded Remember(std::string_view run);
  // Folds a run into `tokens`; true when it is one word, and all of the run.
  bool Fold(std::string_view run, std::vector<Token>* tokens);
  void Grow();

  std::deque<std::string> words_;
  std::unordered_map<std::string_view, uint32_t> numbers_;  // views into words_

  size_t max_spellings_;
  std::vector<Slot> slots_;  // a power of two, at most half full; the next free slot after a collision
  size_t used_ = 0;
  std::string keys_;
  std::vector<Token> lists_;  // of each list a token whose `word` is its length, and its tokens
  std::vector<Token> scratch_;
};

}  // namespace daftar::search
