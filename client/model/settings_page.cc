#include "client/model/settings_page.h"

#include <cmath>
#include <utility>

#include "client/language/say.h"

namespace daftar {
namespace {

using Choice = SettingsPage::Choice;
using Setting = SettingsPage::Setting;

Setting LanguageSetting(const Settings* settings) {
  Setting setting{"language", Say("settings.language"), Say("settings.language_help"), {}};
  for (const Language language : AllLanguages()) {
    setting.choices.push_back({std::string(LanguageCode(language)), std::string(LanguageName(language)),
                               settings != nullptr && settings->language == language});
  }
  return setting;
}

Setting CalendarSetting(const Settings* settings) {
  const bool solar = settings != nullptr && settings->calendar == Calendar::kSolarHijri;
  return {"calendar",
          Say("settings.calendar"),
          Say("settings.calendar_help"),
          {{"gregorian", Say("settings.gregorian"), settings != nullptr && !solar},
           {"solar_hijri", Say("settings.solar_hijri"), solar}}};
}

Setting DigitsSetting(const Settings* settings) {
  const bool latin = settings != nullptr && settings->digits == Digits::kLatin;
  return {"digits",
          Say("settings.digits"),
          Say("settings.digits_help"),
          {{"own", Say("settings.digits_own"), settings != nullptr && !latin},
           {"latin", Say("settings.digits_latin"), latin}}};
}

Setting ThemeSetting(const Settings* settings) {
  const auto is = [&](const char* theme) { return settings != nullptr && settings->theme == theme; };
  return {"theme",
          Say("settings.theme"),
          Say("settings.theme_help"),
          {{"light", Say("settings.light"), is("light")},
           {"dark", Say("settings.dark"), is("dark")},
           {"high contrast", Say("settings.high_contrast"), is("high contrast")}}};
}

std::string Percent(int percent) { return Say("settings.percent", {{"number", percent}}); }

Setting ScaleSetting(const Settings* settings) {
  const int now = settings != nullptr ? static_cast<int>(std::lround(settings->scale * 100)) : 0;
  Setting setting{"scale", Say("settings.scale"), Say("settings.scale_help"), {}};
  if (now > 0) setting.help = Say("settings.scale_now", {{"scale", Percent(now)}}) + " " + setting.help;
  for (const int scale : kScales) setting.choices.push_back({std::to_string(scale), Percent(scale), scale == now});
  return setting;
}

Setting MotionSetting(const Settings* settings) {
  const bool reduced = settings != nullptr && settings->reduced_motion;
  return {"motion",
          Say("settings.motion"),
          Say("settings.motion_help"),
          {{"reduced", Say("settings.motion_reduced"), reduced},
           {"usual", Say("settings.motion_usual"), settings != nullptr && !reduced}}};
}

Setting BatterySetting(const Settings* settings) {
  const auto is = [&](const char* battery) { return settings != nullptr && settings->battery == battery; };
  Setting setting{"battery",
                  Say("settings.battery"),
                  Say("settings.battery_help"),
                  {{"automatic", Say("settings.battery_automatic"), is("automatic")},
                   {"always", Say("settings.battery_always"), is("always")},
                   {"never", Say("settings.battery_never"), is("never")}}};
  if (settings != nullptr)
    setting.help += " " + Say(settings->saving ? "settings.battery_saving" : "settings.battery_not_saving");
  return setting;
}

}  // namespace

SettingsPage BuildSettings(const Settings* settings) {
  SettingsPage page;
  page.sections.push_back({"language",
                           Say("settings.section_language"),
                           {LanguageSetting(settings), CalendarSetting(settings), DigitsSetting(settings)}});
  page.sections.push_back({"look", Say("settings.section_look"), {ThemeSetting(settings), ScaleSetting(settings)}});
  page.sections.push_back(
      {"power", Say("settings.section_power"), {MotionSetting(settings), BatterySetting(settings)}});
  return page;
}

std::string SettingsAsText(const SettingsPage& page) {
  std::string text = Say("settings.title") + "\n";
  for (const SettingsPage::Section& section : page.sections) {
    text += "\n" + section.title + "\n";
    for (const Setting& setting : section.settings) {
      text += "  " + setting.label + ":";
      for (const Choice& choice : setting.choices) text += (choice.chosen ? "  ● " : "  ○ ") + choice.words;
      text += "\n    " + setting.help + "\n";
    }
  }
  return text;
}

}  // namespace daftar
