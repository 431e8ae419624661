// Speaks a language for as long as it lives.
#pragma once

#include "client/language/language.h"

namespace daftar {

class InLanguage {
 public:
  explicit InLanguage(Language language, Calendar calendar = Calendar::kGregorian) {
    UseLanguage(language);
    UseCalendar(calendar);
  }
  ~InLanguage() {
    UseLanguage(Language::kEnglish);
    UseCalendar(Calendar::kGregorian);
    UseDigits(Digits::kOwn);
  }
  InLanguage(const InLanguage&) = delete;
  InLanguage& operator=(const InLanguage&) = delete;
};

}  // namespace daftar
