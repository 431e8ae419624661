#include "client/app/preferences.h"

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "client/model/address.h"
#include "storage/base/files.h"

namespace daftar::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr uint64_t kMostBytes = 64 << 10;
// What is kept in words, with those that there are. The words of the page of settings.
constexpr std::pair<const char*, const char*> kWords[] = {{"theme", "light, dark or high contrast"},
                                                          {"language", "en, ru, tg or fa"},
                                                          {"calendar", "gregorian or solar_hijri"},
                                                          {"digits", "own or latin"},
                                                          {"motion", "reduced or usual"},
                                                          {"battery", "automatic, always or never"}};

Status Wrong(const std::string& file, const std::string& what) {
  return InvalidArgument(file + ": " + what + "; the window looks as usual until its look is changed");
}

StatusOr<ui::OpenTabs> TabsFrom(const std::string& file, const Json& json) {
  ui::OpenTabs tabs;
  if (!json["tabs"].is_array()) return Wrong(file, "\"tabs\" is a list");
  for (const Json& address : json["tabs"]) {
    if (!address.is_string() || !ParseAddress(address.get<std::string>()))
      return Wrong(file, "\"tabs\" is a list of addresses such as daftar:home");
    tabs.addresses.push_back(address);
  }
  if (json.contains("tab") && json["tab"].is_number_unsigned()) tabs.current = json["tab"];
  return tabs;
}

}  // namespace

StatusOr<Preferences> LoadPreferences(const std::string& file) {
  Preferences preferences;
  if (!Exists(file)) return preferences;
  DAFTAR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(file, kMostBytes));
  const Json json = Json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return Wrong(file, "it is not a JSON object");
  for (const auto& [name, words] : kWords) {
    if (!json.contains(name)) continue;
    if (!json[name].is_string() || !Choose(preferences, name, json[name].get<std::string>()))
      return Wrong(file, "\"" + std::string(name) + "\" is " + words);
  }
  if (json.contains("tabs")) {
    DAFTAR_ASSIGN_OR_RETURN(preferences.tabs, TabsFrom(file, json));
  }
  if (json.contains("scale")) {
    const Json& scale = json["scale"];
    if (!scale.is_number() || scale < kSmallestScale || scale > kLargestScale)
      return Wrong(file, "\"scale\" is a number from 0.75 to 3");
    preferences.scale = scale.get<float>();
  }
  if (json.contains("side")) {
    const Json& side = json["side"];
    if (!side.is_number() || side < ui::SideScreen::kNarrowest || side > ui::SideScreen::kWidest)
      return Wrong(file, "\"side\" is a width from 280 to 720");
    preferences.side_width = side.get<float>();
  }
  return preferences;
}

Status SavePreferences(const std::string& file, const Preferences& preferences) {
  const Settings words = SettingsOf(preferences, false);
  Json json;
  json["theme"] = words.theme;
  json["scale"] = std::round(preferences.scale * 1000.0) / 1000.0;
  if (preferences.language) json["language"] = LanguageCode(*preferences.language);
  json["calendar"] = preferences.calendar == Calendar::kSolarHijri ? "solar_hijri" : "gregorian";
  json["digits"] = preferences.digits == Digits::kLatin ? "latin" : "own";
  json["motion"] = preferences.reduced_motion ? "reduced" : "usual";
  json["battery"] = words.battery;
  json["side"] = std::round(preferences.side_width);
  json["tabs"] = preferences.tabs.addresses;
  json["tab"] = preferences.tabs.current;
  DAFTAR_RETURN_IF_ERROR(MakeFolder(std::filesystem::path(file).parent_path()));
  return WriteFileAtomically(file, json.dump(2) + "\n");
}

}  // namespace daftar::app
