// The parts of the timeline's panel; for this folder alone. The UI thread, inside a frame.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "client/language/say.h"
#include "client/model/timeline.h"
#include "client/ui/widgets.h"
#include "imgui.h"

namespace daftar::ui {

// How many rows each lane has in that height; 0: nothing stands in it.
std::array<int, kLanes> RowsOfLanes(const Ui& ui, const Timeline& timeline, float height);

// How high lanes of so many rows are, with the axis.
float HeightOfLanes(const Ui& ui, const std::array<int, kLanes>& rows);

// Bars and blocks under an axis. For one frame. REQUIRES: the timeline has been looked at in this width.
class LanesDrawing {
 public:
  LanesDrawing(Ui& ui, Timeline& timeline, ImVec2 at, ImVec2 size);
  void set_rows(const std::array<int, kLanes>& rows) { rows_ = rows; }

  // `step`: how many boxes further the keyboard goes, 0: it stays. The window that the reader wishes for.
  TimeWindow Draw(int step);
  // What is said of the box that has the keyboard, if the mouse does not show it.
  const std::string& focus_words() const { return focus_words_; }

 private:
  void DrawLane(size_t lane, float top);
  void DrawBox(size_t lane, const TimelineBox& box, const std::string& words, float top);
  void Choose(int step);
  void FollowMouse();

  Ui& ui_;
  Timeline& timeline_;
  const ImVec2 at_, size_;
  std::array<int, kLanes> rows_ = {};
  TimeWindow wish_;
  std::optional<Timeline::Choice> move_to_;
  std::string focus_words_;
};

}  // namespace daftar::ui
