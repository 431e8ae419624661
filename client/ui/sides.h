// At which side the window begins. In a language that is written from right to left everything is laid out from left to
// right as ever, and the picture is turned over when it is done: what was 10 pixels from the left edge is 10 pixels
// from the right one. So no panel knows of it, rails, tables and scroll bars change sides together, and Tab and the
// mouse find them there.
//
// Text is drawn turned over beforehand (Fonts), and so is seen as it is read. What must keep its left and right, such
// as a map, or a box whose text ImGui draws itself, is drawn between BeginAsIs and EndAsIs.
//
// One for each ImGui context; the UI thread. Pixels: layout is where ImGui thinks that things are, screen where they
// are seen.
#pragma once

#include <optional>
#include <vector>

#include "imgui.h"

namespace daftar::ui {

class Sides {
 public:
  // Right before ImGui::NewFrame, when ImGui knows where the mouse is on the screen.
  void BeginFrame(bool right_to_left);
  // Right after ImGui::Render: turns over what was drawn.
  void EndFrame();

  // The window is turned over, and what is drawn now with it.
  bool turned() const { return right_to_left_ && !as_is_; }
  bool right_to_left() const { return right_to_left_; }

  struct Span {
    float left, right;
  };
  // Where on the screen something of the layout is seen.
  Span OnScreen(float left, float right) const;

  // What is drawn into the current window's list from here to EndAsIs, within that box of the layout, keeps its left
  // and right; mouse and arrow keys are as they are in such a box. Not inside of one another.
  void BeginAsIs(ImVec2 low, ImVec2 high);
  void EndAsIs();
  // In between, something else is drawn, such as a tooltip. Whether Resume is to be called.
  bool Suspend();
  void Resume();
  // All of that list was drawn in such a box: a child that ImGui fills by itself.
  void KeepAsIs(ImDrawList& list);

 private:
  struct Box {
    ImVec2 low, high;
    ImDrawList* list;
    int begin;
  };
  // Vertices [begin, end) of a list that are moved and not turned over.
  struct Kept {
    ImDrawList* list;
    int begin, end;
    float shift;
    bool all;  // of the list, its clipping too
  };
  // Mouse and arrows on the screen, and in the layout: the one becomes the other.
  static void Reflect(const Box& box);
  float Shift(const Box& box) const { return width_ - box.low.x - box.high.x; }
  void TurnOver(ImDrawList& list) const;

  bool right_to_left_ = false;
  float width_ = 0;
  std::optional<Box> as_is_, suspended_;
  std::vector<Kept> kept_;
};

}  // namespace daftar::ui
