#include "client/language/language.h"

#include <array>
#include <atomic>

namespace daftar {
namespace {

struct Described {
  Language language;
  std::string_view code, name;
  bool right_to_left;
};
constexpr std::array kDescribed = {
    Described{Language::kEnglish, "en", "English", false},
    Described{Language::kRussian, "ru", "Русский", false},
    Described{Language::kTajik, "tg", "Тоҷикӣ", false},
    Described{Language::kDari, "fa", "دری", true},
};
constexpr std::array kAll = {Language::kEnglish, Language::kRussian, Language::kTajik, Language::kDari};

const Described& Of(Language language) { return kDescribed[static_cast<size_t>(language)]; }

std::atomic<Language> current_language{Language::kEnglish};
std::atomic<Calendar> current_calendar{Calendar::kGregorian};
std::atomic<Digits> current_digits{Digits::kOwn};

}  // namespace

std::span<const Language> AllLanguages() { return kAll; }
std::string_view LanguageCode(Language language) { return Of(language).code; }
std::string_view LanguageName(Language language) { return Of(language).name; }
bool RightToLeft(Language language) { return Of(language).right_to_left; }

std::optional<Language> LanguageOf(std::string_view code) {
  const std::string_view bare = code.substr(0, code.find_first_of("_-.@"));
  if (bare == "prs") return Language::kDari;
  for (const Described& described : kDescribed) {
    if (bare == described.code) return described.language;
  }
  return std::nullopt;
}

Language CurrentLanguage() { return current_language; }
Calendar CurrentCalendar() { return current_calendar; }
Digits CurrentDigits() { return current_digits; }
void UseLanguage(Language language) { current_language = language; }
void UseCalendar(Calendar calendar) { current_calendar = calendar; }
void UseDigits(Digits digits) { current_digits = digits; }

}  // namespace daftar
