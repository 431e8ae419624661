// Words on the map: cities by their size, provinces with their counts, rivers, the scale bar. Marks come first, larger
// cities before smaller ones, rivers last, and nothing covers anything.
#include <algorithm>

#include "client/language/language.h"
#include "client/language/say.h"
#include "client/ui/map_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr int kMostCities = 60, kMostTried = 160, kMostProvinces = 40;
constexpr int kMostRivers = 24, kMostSpots = 12;  // spots that are tried of each
constexpr double kRiverNamesFrom = 0.6;           // zoom beyond that from which the river is drawn
constexpr float kDot = 2.5f, kGap = 6, kBar = 110;
constexpr double kProvincesFrom = 5.2, kProvincesTo = 9.5;  // zoom

// Smaller ones come as the map is zoomed in.
uint32_t LeastPeople(double zoom) {
  if (zoom < 3.5) return 4'000'000;
  if (zoom < 4.5) return 1'000'000;
  if (zoom < 5.5) return 250'000;
  if (zoom < 6.5) return 60'000;
  return 0;
}

class Labeller {
 public:
  Labeller(Ui& ui, const MapCanvas& canvas) : ui_(ui), canvas_(canvas), places_(canvas.size.x, canvas.size.y) {}

  void Block(ImVec2 at, float radius) {
    const ImVec2 middle{at.x - canvas_.at.x, at.y - canvas_.at.y};
    places_.Block({middle.x - radius, middle.y - radius, middle.x + radius, middle.y + radius});
  }
  // Beside a point; false: no room.
  bool Beside(WorldPoint world, const std::string& words, TextStyle style) {
    const ImVec2 size = ui_.Measure(words, style.face);
    return Draw(places_.Beside(canvas_.view.ToCanvas(world), ui_.Px(kGap), size.x, size.y), words, style);
  }
  bool On(WorldPoint world, const std::string& words, TextStyle style) {
    const ImVec2 size = ui_.Measure(words, style.face);
    return Draw(places_.On(canvas_.view.ToCanvas(world), size.x, size.y), words, style);
  }
  bool BesideRiver(const Ground::River::Spot& spot, const std::string& words, TextStyle style) {
    const ImVec2 size = ui_.Measure(words, style.face);
    const CanvasPoint at = canvas_.view.ToCanvas(spot.at);
    return Draw(places_.BesideLine(at, spot.flat, ui_.Px(kGap), size.x, size.y), words, style);
  }
  LabelPlaces& places() { return places_; }

 private:
  bool Draw(const std::optional<LabelBox>& box, const std::string& words, TextStyle style) {
    if (!box) return false;
    const ImVec2 at{canvas_.at.x + static_cast<float>(box->left), canvas_.at.y + static_cast<float>(box->top)};
    ui_.TextAt(at, words, style, 0);
    return true;
  }

  Ui& ui_;
  const MapCanvas& canvas_;
  LabelPlaces places_;
};

void DrawScaleBar(Ui& ui, const MapCanvas& canvas, const MapColours& colours, Labeller& labeller) {
  const ScaleBar bar = ScaleBarOf(canvas.view, ui.Px(kBar));
  const std::string words = MapLengthWords(bar.metres);
  const ImVec2 size = ui.Measure(words, Face::kSmall);
  const auto length = static_cast<float>(bar.pixels);
  const float left = canvas.at.x + ui.Px(12), below = canvas.at.y + canvas.size.y - ui.Px(12), tick = ui.Px(5);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  ImVec4 paper = colours.land;
  paper.w = 0.85f;
  const ImVec2 from{left - ui.Px(6), below - size.y - ui.Px(10)};
  const ImVec2 to{left + std::max(length, size.x) + ui.Px(6), below + ui.Px(6)};
  draw.AddRectFilled(from, to, ImGui::GetColorU32(paper), ui.Px(4));
  const ImVec2 line[] = {{left, below - tick}, {left, below}, {left + length, below}, {left + length, below - tick}};
  draw.AddPolyline(line, 4, ImGui::GetColorU32(colours.words), 0, ui.Px(1.5f));
  ui.TextAt({left, below - size.y - ui.Px(6)}, words, {Face::kSmall, &colours.words}, 0);
  labeller.places().Block({from.x - canvas.at.x, from.y - canvas.at.y, to.x - canvas.at.x, to.y - canvas.at.y});
}

void DrawCities(Ui& ui, const Ground& ground, const MapCanvas& canvas, const MapColours& colours, Labeller& labeller) {
  const std::string_view language = LanguageCode(CurrentLanguage());
  const WorldBox box = canvas.view.Box();
  const uint32_t least = LeastPeople(canvas.view.zoom);
  int shown = 0, tried = 0;
  for (const Ground::City& city : ground.cities()) {
    if (city.people < least || shown >= kMostCities || tried >= kMostTried) break;
    if (!box.Contains(city.at)) continue;
    ++tried;
    const double dot = 2 * ui.Px(kDot);
    if (!labeller.places().On(canvas.view.ToCanvas(city.at), dot, dot)) continue;
    const bool large = city.people >= 500'000;
    if (!labeller.Beside(city.at, city.names.In(language), {large ? Face::kBody : Face::kSmall, &colours.city}))
      continue;
    ++shown;
    const ImVec2 at = canvas.To(city.at);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled({at.x - ui.Px(kDot), at.y - ui.Px(kDot)}, {at.x + ui.Px(kDot), at.y + ui.Px(kDot)},
                       ImGui::GetColorU32(colours.city));
  }
}

// "Khatlon · 12": so that a shade does not stand alone.
void DrawProvinces(const MapPage& map, const MapCanvas& canvas, const MapColours& colours, Labeller& labeller) {
  if (canvas.view.zoom < kProvincesFrom || canvas.view.zoom > kProvincesTo) return;
  const Ground& ground = map.records->ground();
  const std::string_view language = LanguageCode(CurrentLanguage());
  const WorldBox box = canvas.view.Box();
  int tried = 0;
  for (const uint32_t i : map.scene->areas) {
    const Ground::Area& area = ground.areas()[i];
    const uint32_t count = map.scene->area_counts[i];
    if (area.names.texts[0].empty() || !box.Contains(area.middle)) continue;
    if (++tried > kMostProvinces) break;
    const std::string words = area.names.In(language) + " · " + SayNumber(static_cast<double>(count));
    labeller.On(area.middle, words, {Face::kSmall, &colours.words});
  }
}

// Once each, where it is in sight: by the first of its spots that has room.
void DrawRiverNames(const Ground& ground, const MapCanvas& canvas, const MapColours& colours, Labeller& labeller) {
  const std::string_view language = LanguageCode(CurrentLanguage());
  const WorldBox box = canvas.view.Box();
  int shown = 0;
  for (const Ground::River& river : ground.rivers()) {
    if (canvas.view.zoom < Ground::RiverZoom(river.rank) + kRiverNamesFrom || river.spots.empty()) continue;
    if (shown >= kMostRivers) break;
    int tried = 0;
    for (const Ground::River::Spot& spot : river.spots) {
      if (!box.Contains(spot.at)) continue;
      if (++tried > kMostSpots) break;
      if (!labeller.BesideRiver(spot, river.names.In(language), {Face::kSmall, &colours.river_words})) continue;
      ++shown;
      break;
    }
  }
}

}  // namespace

void DrawMapLabels(Ui& ui, const MapPage& map, const MapCanvas& canvas, const std::vector<MapMark>& marks,
                   const MapColours& colours) {
  Labeller labeller(ui, canvas);
  for (const MapMark& mark : marks) labeller.Block(mark.at, mark.radius + ui.Px(2));
  DrawScaleBar(ui, canvas, colours, labeller);
  DrawProvinces(map, canvas, colours, labeller);
  DrawCities(ui, map.records->ground(), canvas, colours, labeller);
  DrawRiverNames(map.records->ground(), canvas, colours, labeller);
}

}  // namespace daftar::ui
