// Sentences and titles in four languages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/gen/prng.h"
#include "tools/gen/vocabulary.h"

namespace daftar::gen {

// Immutable; any thread. About 10 MB.
class Prose {
 public:
  explicit Prose(uint64_t seed);

  // 60 % English, 20 % Russian, 10 % Tajik, 10 % Persian.
  static Language LanguageOf(Prng& random);
  const Vocabulary& words(Language language) const { return vocabularies_[static_cast<size_t>(language)]; }

  // That many words, and more only where names end the text; `names` are put in somewhere, whole. Sentences begin with
  // a capital and end with a full stop.
  std::string Sentences(Prng& random, Language language, uint64_t words,
                        const std::vector<std::string>& names = {}) const;
  // One capital at the start and no full stop.
  std::string Title(Prng& random, Language language, uint64_t words, const std::vector<std::string>& names = {}) const;

 private:
  std::vector<Vocabulary> vocabularies_;
};

}  // namespace daftar::gen
