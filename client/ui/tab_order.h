// Tab and F6: every control can be reached from the keyboard, in the order in which they are drawn. ImGui's own Tab
// stops at fields alone, and is switched off (keys::kNoTab). The UI thread, inside a frame of ImGui.
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
  // A part of the window begins.
  void BeginRegion() { regions_.push_back(count_); }
  // ImGui's last item is a control; `field`: it is typed into. The chosen one takes the keyboard, and is scrolled to.
  // Enter presses a control that is no field, as Space does.
  void Control(bool field);
  // ImGui's last item takes the keyboard, though nobody pressed Tab. Before Control.
  void TakeKeyboard();

 private:
  // The number of the control to go to.
  size_t After(bool back) const;
  size_t RegionAfter(bool back) const;

  size_t count_ = 0;               // controls of this frame so far
  std::optional<size_t> focused_;  // that has the keyboard
  std::vector<size_t> regions_;    // their first controls
  std::optional<size_t> wanted_;
};

}  // namespace daftar::ui
