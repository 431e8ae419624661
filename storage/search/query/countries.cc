#include "storage/search/query/countries.h"

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <map>
#include <vector>

#include "storage/search/analysis/fold.h"

namespace daftar::search::query {
namespace {

struct Countries {
  std::map<std::string, std::string> by_name;  // folded name or code → alpha-2
  std::vector<std::string> english;
};

std::string NameIn(const char* language, const icu::Locale& country) {
  icu::UnicodeString name;
  country.getDisplayCountry(icu::Locale(language), name);
  std::string utf8;
  name.toUTF8String(utf8);
  return utf8;
}

Countries ReadCountries() {
  Countries countries;
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    const icu::Locale country("", *code);
    countries.by_name.emplace(FoldedName(*code), *code);
    if (const std::string three = country.getISO3Country(); !three.empty()) {
      countries.by_name.emplace(FoldedName(three), *code);
    }
    for (const char* language : {"en", "ru", "tg", "fa", "ps"}) {
      // Where ICU has no name it gives the code.
      if (const std::string name = NameIn(language, country); name != *code) {
        countries.by_name.emplace(FoldedName(name), *code);
      }
    }
    countries.english.push_back(NameIn("en", country));
  }
  // What everybody writes and ISO does not.
  countries.by_name.emplace("uk", "GB");
  countries.by_name.emplace("great britain", "GB");
  countries.by_name.emplace("сша", "US");
  return countries;
}

const Countries& AllCountries() {
  static const Countries& countries = *new Countries(ReadCountries());
  return countries;
}

}  // namespace

std::optional<std::string> CountryCode(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (c == '_') c = ' ';
  }
  const auto& by_name = AllCountries().by_name;
  const auto at = by_name.find(FoldedName(name));
  if (at == by_name.end()) return std::nullopt;
  return at->second;
}

std::span<const std::string> EnglishCountryNames() { return AllCountries().english; }

}  // namespace daftar::search::query
