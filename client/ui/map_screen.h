// A map as it stands on the screen: what the reader has dragged, narrowed and chosen. The panel changes it and asks for
// the rest by Wishes. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/map/clusters.h"
#include "client/map/map_view.h"
#include "client/model/map_page.h"

namespace daftar::ui {

struct MapScreen {
  bool fresh = true;  // just opened: the next frame takes view and span from the page, and clears this
  MapView view;
  MapSpan span;                      // as it is being dragged; the scene follows
  std::optional<MapPlace> told;      // the place whose rows have been asked for
  std::optional<WorldBox> told_box;  // …

  std::optional<CellId> chosen;       // mark that the keyboard is at
  std::optional<WorldBox> spot;       // the list is of this spot instead of all that is in view
  std::optional<uint32_t> area;       // province that was clicked
  bool legend = false;                // what the marks mean is shown
  std::optional<uint32_t> looked_at;  // record under the pointer
  std::string looked_at_words;        // what is known of it; empty: not yet read

  std::string picking;  // what a point is being chosen for; empty: nothing

  // A press of the mouse on the ground, until it is let go.
  struct Press {
    CanvasPoint at;
    bool boxing = false;  // with Shift: a box is drawn instead of the map being dragged
    bool moved = false;   // farther than a click
  };
  std::optional<Press> press;
};

}  // namespace daftar::ui
