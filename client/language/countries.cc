#include "client/language/countries.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "client/language/language.h"

namespace daftar {

std::string SayCountry(std::string_view code) {
  const icu::Locale country("", std::string(code).c_str());
  const icu::Locale reader(CurrentLanguage() == Language::kDari ? "fa_AF"
                                                                : std::string(LanguageCode(CurrentLanguage())).c_str());
  icu::UnicodeString name;
  country.getDisplayCountry(reader, name);
  std::string words;
  name.toUTF8String(words);
  return words.empty() ? std::string(code) : words;
}

}  // namespace daftar
