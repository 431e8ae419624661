// Preferences as the page of settings chooses them: see preferences.h.
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "client/app/preferences.h"

namespace daftar::app {
namespace {

constexpr std::array<std::pair<BatterySaver, std::string_view>, 3> kBattery = {
    {{BatterySaver::kAutomatic, "automatic"}, {BatterySaver::kAlways, "always"}, {BatterySaver::kNever, "never"}}};
constexpr std::array<std::pair<ui::ThemeKind, std::string_view>, 3> kThemes = {
    {{ui::ThemeKind::kLight, "light"},
     {ui::ThemeKind::kDark, "dark"},
     {ui::ThemeKind::kHighContrast, "high contrast"}}};
constexpr std::array<std::pair<Calendar, std::string_view>, 2> kCalendars = {
    {{Calendar::kGregorian, "gregorian"}, {Calendar::kSolarHijri, "solar_hijri"}}};
constexpr std::array<std::pair<Digits, std::string_view>, 2> kDigits = {
    {{Digits::kOwn, "own"}, {Digits::kLatin, "latin"}}};
constexpr std::array<std::pair<bool, std::string_view>, 2> kMotion = {{{true, "reduced"}, {false, "usual"}}};

bool Take(const auto& words, std::string_view code, auto& value) {
  for (const auto& [each, word] : words) {
    if (word != code) continue;
    value = each;
    return true;
  }
  return false;
}

std::string WordOf(const auto& words, const auto& value) {
  for (const auto& [each, word] : words) {
    if (each == value) return std::string(word);
  }
  return "";
}

bool TakeScale(std::string_view code, float& scale) {
  int percent = 0;
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), percent);
  const float wanted = static_cast<float>(percent) / 100;
  if (error != std::errc() || end != code.data() + code.size() || wanted < kSmallestScale || wanted > kLargestScale)
    return false;
  scale = wanted;
  return true;
}

}  // namespace

Language LanguageOfDesktop() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* locale = std::getenv(variable);
    if (locale != nullptr && *locale != '\0') return LanguageOf(locale).value_or(Language::kEnglish);
  }
  return Language::kEnglish;
}

void Speak(const Preferences& preferences) {
  UseLanguage(preferences.language ? *preferences.language : LanguageOfDesktop());
  UseCalendar(preferences.calendar);
  UseDigits(preferences.digits);
}

bool Choose(Preferences& preferences, std::string_view setting, std::string_view code) {
  if (setting == "language") {
    const std::optional<Language> language = LanguageOf(code);
    if (language) preferences.language = language;
    return language.has_value();
  }
  if (setting == "calendar") return Take(kCalendars, code, preferences.calendar);
  if (setting == "digits") return Take(kDigits, code, preferences.digits);
  if (setting == "theme") return Take(kThemes, code, preferences.theme);
  if (setting == "scale") return TakeScale(code, preferences.scale);
  if (setting == "motion") return Take(kMotion, code, preferences.reduced_motion);
  return setting == "battery" && Take(kBattery, code, preferences.battery);
}

void ResetSection(Preferences& preferences, std::string_view section) {
  const Preferences first;
  if (section == "language") {
    preferences.language = first.language;
    preferences.calendar = first.calendar;
    preferences.digits = first.digits;
  } else if (section == "look") {
    preferences.theme = first.theme;
    preferences.scale = first.scale;
  } else if (section == "power") {
    preferences.reduced_motion = first.reduced_motion;
    preferences.battery = first.battery;
  }
}

Settings SettingsOf(const Preferences& preferences, bool saving) {
  Settings settings;
  settings.language = CurrentLanguage();
  settings.calendar = preferences.calendar;
  settings.digits = preferences.digits;
  settings.theme = WordOf(kThemes, preferences.theme);
  settings.scale = preferences.scale;
  settings.reduced_motion = preferences.reduced_motion;
  settings.battery = WordOf(kBattery, preferences.battery);
  settings.saving = saving;
  return settings;
}

}  // namespace daftar::app
