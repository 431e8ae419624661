// The parts of the map's panel, for this folder alone. Each draws, or takes the reader's hand, within the canvas; none
// keeps anything. All of them: the UI thread, inside a frame of ImGui.
#pragma once

#include <optional>
#include <vector>

#include "client/map/clusters.h"
#include "client/map/label_places.h"
#include "client/ui/panels.h"

namespace daftar::ui {

// Colours of the map, made of those of the theme: words on any ground have a contrast of 4.5 and more.
struct MapColours {
  static constexpr int kShades = 4;
  ImVec4 sea, land;
  ImVec4 shades[kShades];  // of provinces, by how many records they have
  ImVec4 coast, border, province, disputed, river;
  ImVec4 words, city, river_words;
  ImVec4 mark, mark_words;  // of clusters and filled points
  ImVec4 chosen;            // the ring round what the keyboard is at
};
MapColours MapColoursOf(const Theme& theme);
// The shade of a province with so many of at most `most`; -1: none.
int ShadeOf(uint32_t count, uint32_t most);
// The least count of a shade.
uint32_t LeastOf(int shade, uint32_t most);

// A piece of the screen on which the view is drawn.
struct MapCanvas {
  ImVec2 at, size;
  const MapView& view;
  ImVec2 To(WorldPoint world) const {
    const CanvasPoint point = view.ToCanvas(world);
    return {at.x + static_cast<float>(point.x), at.y + static_cast<float>(point.y)};
  }
};

// Land, provinces shaded by their counts, rivers.
void DrawMapGround(Ui& ui, const MapPage& map, const MapCanvas& canvas, const MapColours& colours);
// Provinces' and countries' borders, coasts, disputed lines: over the ground, on a list of corners of their own.
void DrawMapLines(Ui& ui, const MapPage& map, const MapCanvas& canvas, const MapColours& colours);
// A dashed line through points of the screen.
void DrawDashed(ImDrawList& draw, std::span<const ImVec2> line, ImU32 colour, float thickness, float dash);

// What stands on the ground: a cluster, or a single point of a record.
struct MapMark {
  Cluster cluster;
  ImVec2 at;
  float radius = 0;                // of the mark itself
  std::optional<uint32_t> record;  // of a single one
};
std::vector<MapMark> MarksOf(Ui& ui, const MapPage& map, const MapCanvas& canvas);
void DrawMapMarks(Ui& ui, const MapPage& map, const MapScreen& screen, const MapCanvas& canvas,
                  const std::vector<MapMark>& marks, const MapColours& colours);
// A mark as the list of signs shows it.
void DrawMapSign(Ui& ui, ImVec2 middle, MarkShape shape, bool filled, const MapColours& colours);
// The keyboard is on ImGui's last item and the reader is to see that, also where ImGui's own navigation is switched
// off.
bool MapItemHasKeyboard();
// The mark under a point of the screen; the nearest if there are several.
const MapMark* MarkAt(Ui& ui, const std::vector<MapMark>& marks, ImVec2 at);

// Names of provinces, cities and rivers, and the scale bar, where marks leave room.
void DrawMapLabels(Ui& ui, const MapPage& map, const MapCanvas& canvas, const std::vector<MapMark>& marks,
                   const MapColours& colours);

// The reader's hand on the canvas, which is ImGui's last item.
void HandleMap(Ui& ui, const MapPage& map, MapScreen& screen, const MapCanvas& canvas,
               const std::vector<MapMark>& marks, Wishes& wishes);

// The stretch of time, with a handle at each end; how many records begin when.
void DrawMapTime(Ui& ui, const MapPage& map, MapScreen& screen, float width);
// The list twin and what the marks mean, in the room that is left.
void DrawMapSide(Ui& ui, const MapPage& map, MapScreen& screen, const MapColours& colours, ImVec2 room);

}  // namespace daftar::ui
