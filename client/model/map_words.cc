// The words around a map: see map_page.h.
#include <algorithm>
#include <cmath>

#include "client/language/countries.h"
#include "client/language/dates.h"
#include "client/language/language.h"
#include "client/language/say.h"
#include "client/model/map_page.h"

namespace daftar {
namespace {

const char* SourceKey(std::string_view what) {
  if (what == "borders") return "map.source.borders";
  return what == "rivers" ? "map.source.rivers" : "map.source.cities";
}

}  // namespace

std::string MapCountWords(const MapRecords& records, const MapScene& scene) {
  std::string words = Say("map.count", {{"count", scene.records}});
  if (records.without_point() > 0) words += " · " + Say("map.without_point", {{"count", records.without_point()}});
  if (!scene.span.all() && scene.undated > 0) words += " · " + Say("map.undated", {{"count", scene.undated}});
  if (records.records().behind > 0) words += " · " + Say("map.behind", {{"count", records.records().behind}});
  return words;
}

std::string MapSourceWords(const Ground& ground) {
  if (!ground.trouble().empty()) return Say("map.no_borders", {{"why", ground.trouble()}});
  if (ground.empty()) return Say("map.built_without");
  std::string words;
  for (const Geodata::Source& source : ground.sources()) {
    if (!words.empty()) words += " · ";
    const std::string whose = source.date.empty() ? source.whose : source.whose + ", " + source.date;
    words += Say(SourceKey(source.what), {{"whose", whose}, {"licence", source.licence}});
  }
  if (ground.rivers().empty()) words += (words.empty() ? "" : " · ") + Say("map.without_rivers");
  return words;
}

std::string MapLengthWords(double metres) {
  if (metres >= 1000) return Say("map.km", {{"count", metres / 1000}});
  return Say("map.m", {{"count", metres}});
}

std::string MapSpanWords(const MapSpan& span) {
  if (span.all()) return Say("map.all_dates");
  if (!span.to) return Say("date.since", {{"date", SayDay(*span.from)}});
  if (!span.from) return Say("date.until", {{"date", SayDay(*span.to)}});
  return Say("date.span", {{"from", SayDay(*span.from)}, {"to", SayDay(*span.to)}});
}

std::string MapAreaName(const Ground& ground, uint32_t area) {
  const Ground::Area& own = ground.areas()[area];
  std::string country;
  if (own.country > 0) {
    const Geodata::Country& known = ground.countries()[own.country - 1];
    country = known.code.empty() ? known.name : SayCountry(known.code);
  }
  if (own.names.texts[0].empty()) return Say("map.rest_of", {{"country", country}});
  const std::string& name = own.names.In(LanguageCode(CurrentLanguage()));
  return country.empty() ? name : name + " (" + country + ")";
}

}  // namespace daftar
