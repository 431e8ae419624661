#include "tools/gen/word_lists.h"

#include "tools/gen/word_lists_of.h"

namespace daftar::gen {

const WordList& WordListOf(Language language) {
  switch (language) {
    case Language::kEnglish:
      return kEnglishWords;
    case Language::kRussian:
      return kRussianWords;
    case Language::kTajik:
      return kTajikWords;
    case Language::kPersian:
      break;
  }
  return kPersianWords;
}

}  // namespace daftar::gen
