// Made-up names that are one name in several scripts and press spellings.
#pragma once

#include <cstdint>
#include <string>

#include "tools/gen/prng.h"
#include "tools/gen/word_lists.h"

namespace daftar::gen {

// The spellings of one name. All of them have one skeleton (storage/search/analysis/fold.h).
struct Spellings {
  std::string latin;    // "Ghulomshoh"
  std::string press;    // "Gulamshah", as newspapers happen to spell it
  std::string russian;  // "Гуломшох"
  std::string tajik;    // "Ғуломшоҳ"
  std::string persian;  // "غلامشاه"

  // The spelling of texts in that language.
  const std::string& In(Language language) const;
  // These with a separator and others behind them.
  void Append(const std::string& separator, const Spellings& other);
};

// A name of that many syllables, 2 to 4.
Spellings MadeUpName(Prng& random, uint64_t syllables);
// A family name, mostly with an ending of the region, such as -zoda.
Spellings MadeUpFamilyName(Prng& random);

}  // namespace daftar::gen
