#include "client/language/countries.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "client/language/language.h"

namespace daftar {
namespace {

icu::Locale Reader() {
  return icu::Locale(CurrentLanguage() == Language::kDari ? "fa_AF"
                                                          : std::string(LanguageCode(CurrentLanguage())).c_str());
}

std::string WordsOr(const icu::UnicodeString& name, std::string_view code) {
  std::string words;
  name.toUTF8String(words);
  return words.empty() ? std::string(code) : words;
}

}  // namespace

std::string SayCountry(std::string_view code) {
  const icu::Locale country("", std::string(code).c_str());
  icu::UnicodeString name;
  country.getDisplayCountry(Reader(), name);
  return WordsOr(name, code);
}

std::string SayLanguage(std::string_view code) {
  // ICU has Dari only as the Persian of Afghanistan.
  UErrorCode error = U_ZERO_ERROR;
  const icu::Locale language = icu::Locale::forLanguageTag(
      code == "prs" ? "fa-AF" : icu::StringPiece(code.data(), static_cast<int>(code.size())), error);
  if (U_FAILURE(error) || language.isBogus()) return std::string(code);
  icu::UnicodeString name;
  language.getDisplayName(Reader(), name);
  return WordsOr(name, code);
}

}  // namespace daftar
