// Ctrl+F: words that are sought in the text of the page that is shown. A line below the tabs with a field, how many
// were found, and the way from one to the next. What a long list does not draw is not searched. The UI thread, inside a
// frame of ImGui.
#pragma once

#include <cstddef>
#include <string>

#include "client/ui/widgets.h"

namespace daftar::ui {

class FindBar {
 public:
  // Ctrl+F opens it, F3 goes on, with Shift back, Esc closes it.
  void HandleKeys();
  // What it takes from the page; 0 while it is closed.
  float height(const Ui& ui) const { return open_ ? ui.Px(46) : 0; }
  bool open() const { return open_; }

  void Draw(Ui& ui);
  // Around what is searched.
  void BeginPage(Ui& ui);
  void EndPage(Ui& ui);

 private:
  void GoOn(bool back);
  void Close();

  bool open_ = false;
  bool focus_ = false;  // the next frame moves the keyboard into the field
  bool bring_ = false;  // the current one is to be scrolled to
  std::string sought_;
  size_t current_ = 0, found_ = 0;  // of the last frame
};

}  // namespace daftar::ui
