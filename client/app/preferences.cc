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
constexpr std::pair<ui::ThemeKind, const char*> kThemeWords[] = {
    {ui::ThemeKind::kLight, "light"}, {ui::ThemeKind::kDark, "dark"}, {ui::ThemeKind::kHighContrast, "high contrast"}};

Status Wrong(const std::string& file, const std::string& what) {
  return InvalidArgument(file + ": " + what + "; the window looks as usual until its look is changed");
}

StatusOr<ui::ThemeKind> ThemeFrom(const std::string& file, const Json& value) {
  for (const auto& [theme, word] : kThemeWords) {
    if (value == word) return theme;
  }
  return Wrong(file, "\"theme\" is light, dark or high contrast");
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
  if (json.contains("theme")) {
    DAFTAR_ASSIGN_OR_RETURN(preferences.theme, ThemeFrom(file, json["theme"]));
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
  return preferences;
}

Status SavePreferences(const std::string& file, const Preferences& preferences) {
  Json json;
  for (const auto& [theme, word] : kThemeWords) {
    if (theme == preferences.theme) json["theme"] = word;
  }
  json["scale"] = std::round(preferences.scale * 1000.0) / 1000.0;
  json["tabs"] = preferences.tabs.addresses;
  json["tab"] = preferences.tabs.current;
  DAFTAR_RETURN_IF_ERROR(MakeFolder(std::filesystem::path(file).parent_path()));
  return WriteFileAtomically(file, json.dump(2) + "\n");
}

}  // namespace daftar::app
