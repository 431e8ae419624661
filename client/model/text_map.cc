// A map as text: how many records lie in each province, and the newest of them.
#include "client/language/say.h"
#include "client/model/layout.h"
#include "client/model/map_page.h"
#include "client/model/text_page.h"
#include "client/model/text_rows.h"

namespace daftar {
namespace {

constexpr size_t kMostAreas = 40;
constexpr size_t kCountWidth = 10;

}  // namespace

std::string MapAsText(const MapPage& page, const TextOptions& options) {
  const MapRecords& records = *page.records;
  const MapScene& scene = *page.scene;
  std::string out = (page.query.empty() ? Say("map.title") : Say("map.title_of", {{"query", page.query}})) + "\n";
  const auto add = [&](const std::string& words) { out += Hanging("", words, TextWidth(options)); };
  add(MapCountWords(records, scene));
  add(MapSpanWords(scene.span));
  if (!scene.areas.empty()) out += Heading(Say("map.by_area"));
  size_t shown = 0;
  for (const uint32_t area : scene.areas) {
    if (++shown > kMostAreas) {
      out += "…\n";
      break;
    }
    const std::string count = SayNumber(static_cast<double>(scene.area_counts[area]));
    out += Hanging(Pad(count, kCountWidth), MapAreaName(records.ground(), area), TextWidth(options));
  }
  if (!page.rows.rows.empty()) {
    out += Heading(Say("map.in_view", {{"count", page.rows.total}}));
    out += RowsAsText(page.rows.rows, page.rows.total > page.rows.rows.size(), options);
  }
  out += "\n";
  add(MapSourceWords(records.ground()));
  return out;
}

}  // namespace daftar
