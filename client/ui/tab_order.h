// Tab, F6, and J and K: every control can be reached from the keyboard, in the order in which they are drawn. ImGui's
// own Tab stops at fields alone, and is switched off (keys::kNoTab). The UI thread, inside a frame of ImGui.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace daftar::ui {

class TabOrder {
 public:
  // A frame begins: Tab goes on to the next control, with Shift to the one before; F6 to the first of the next part of
  // the window, with Shift of the part before.
  void BeginFrame();
  // A part of the window begins. `walked`: J and Down go on to the next row of it, K and Up to the one before.
  void BeginRegion(bool walked = false) {
    regions_.push_back(count_);
    walked_ = walked;
  }
  // ImGui's last item is a control; `field`: it is typed into; `row`: it is one of many, one below the other. The
  // chosen one takes the keyboard, and is scrolled to. Enter presses a control that is no field, as Space does.
  void Control(bool field, bool row = false);
  // Until the end of the frame, Ctrl+Enter presses no control: the page has a use of its own for it.
  void TakeCtrlEnter() { ctrl_enter_taken_ = true; }
  // ImGui's last item takes the keyboard, though nobody pressed Tab. Before Control.
  void TakeKeyboard();

 private:
  // The number of the control to go to.
  size_t After(bool back) const;
  size_t RegionAfter(bool back) const;
  // nullopt: there is no row, or none further on.
  std::optional<size_t> RowAfter(bool back) const;
  std::optional<size_t> WantedRow() const;

  size_t count_ = 0;                // controls of this frame so far
  std::optional<size_t> focused_;   // that has the keyboard
  std::vector<size_t> regions_;     // their first controls
  std::vector<size_t> rows_;        // of the parts that are walked
  std::optional<size_t> seen_row_;  // the first of them that can be seen
  bool walked_ = false;
  bool ctrl_enter_taken_ = false;
  std::optional<size_t> wanted_;
};

}  // namespace daftar::ui
