// The language in which the program speaks to its reader: one for the whole process, as the screen and the command line
// have one reader. Names in the data are another matter: they are what the sources wrote.
//
// Thread-safe. What was made before a change keeps its words: pages are built anew.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace daftar {

enum class Language { kEnglish, kRussian, kTajik, kDari };
enum class Calendar { kGregorian, kSolarHijri };
// kOwn: those that the language writes (۱۲۳ in Dari); kLatin: 123 in every language.
enum class Digits { kOwn, kLatin };

// What can be chosen.
std::span<const Language> AllLanguages();
// BCP 47: "en", "ru", "tg", "fa"; the name of its folder of messages.
std::string_view LanguageCode(Language language);
// As its readers write it: "Тоҷикӣ".
std::string_view LanguageName(Language language);
// Of a code or a locale such as "ru_RU.UTF-8"; "prs" and "fa_AF" are Dari. nullopt for a language that there is not.
std::optional<Language> LanguageOf(std::string_view code);
// It is written from right to left, and so is the window.
bool RightToLeft(Language language);

// What is spoken now; English, Gregorian, kOwn at first.
Language CurrentLanguage();
Calendar CurrentCalendar();
Digits CurrentDigits();
void UseLanguage(Language language);
void UseCalendar(Calendar calendar);
void UseDigits(Digits digits);

}  // namespace daftar
