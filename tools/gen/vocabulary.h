// The words of a language by rank: the real ones first, then made-up ones of its syllables and endings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/gen/prng.h"
#include "tools/gen/word_lists.h"
#include "tools/gen/zipf.h"

namespace daftar::gen {

// Immutable; any thread. About 30 bytes a word.
class Vocabulary {
 public:
  // With that many made-up words, which depend on the seed.
  Vocabulary(Language language, uint32_t made_up, uint64_t seed);

  // By Zipf's law. The view lives as long as the vocabulary.
  std::string_view Sample(Prng& random) const { return word(zipf_.Sample(random)); }
  // Words that stand together in all texts, as one text.
  std::string_view Collocation(Prng& random) const { return collocations_[random.Below(collocations_.size())]; }
  std::string_view word(uint32_t rank) const {
    return std::string_view(letters_).substr(ends_[rank], ends_[rank + 1] - ends_[rank]);
  }
  uint32_t size() const { return static_cast<uint32_t>(ends_.size() - 1); }
  uint32_t real_words() const { return real_words_; }

 private:
  void Add(std::string_view word);

  std::string letters_;
  std::vector<uint32_t> ends_{0};
  uint32_t real_words_ = 0;
  std::vector<std::string_view> collocations_;
  Zipf zipf_;
};

}  // namespace daftar::gen
