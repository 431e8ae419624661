// The word list of each language, a file each. Only word_lists.cc reads this.
#pragma once

#include "tools/gen/word_lists.h"

namespace daftar::gen {

extern const WordList kEnglishWords;
extern const WordList kRussianWords;
extern const WordList kTajikWords;
extern const WordList kPersianWords;

}  // namespace daftar::gen
