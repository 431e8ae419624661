// One frame of the window: top bar, rail, page, status bar, and the keys that work everywhere.
#pragma once

#include "client/ui/find_bar.h"
#include "client/ui/screen.h"
#include "client/ui/widgets.h"

namespace daftar::ui {

// The UI thread, inside a frame of ImGui.
class Shell {
 public:
  explicit Shell(Ui& ui) : ui_(ui) {}

  // Draws all of the window, and reports what the reader did. The registry then holds this frame.
  void Draw(Screen& screen, Wishes& wishes);

 private:
  void HandleKeys(Screen& screen, Wishes& wishes);
  void HandleTabKeys(const Screen& screen, Wishes& wishes);
  void HandleSearchKeys(const Screen& screen, Wishes& wishes);
  void HandleCommandKeys(const Screen& screen, Wishes& wishes);
  void DrawContent(Screen& screen, Wishes& wishes);
  void DrawBody(Screen& screen, Wishes& wishes);
  size_t Selected() const { return searching_ ? selected_ : SIZE_MAX; }
  void DrawNotice(Screen& screen, Wishes& wishes);
  void Scroll(Screen& screen, Wishes& wishes);
  // The parts of the window, and where they meet. Pixels.
  struct Frame {
    ImVec2 size;
    float bar, tabs, top, foot, left, side;
    float height() const { return foot - top; }
    float page() const { return size.x - left - side; }
  };
  Frame FrameOf(const Screen& screen) const;
  void DrawAbove(const Frame& frame, Screen& screen, Wishes& wishes);
  void DrawMiddle(const Frame& frame, Screen& screen, Wishes& wishes);
  void DrawBeside(const Frame& frame, Screen& screen, Wishes& wishes);
  void DrawLines(const Frame& frame);
  // What was pressed on the records that were drawn, and with the mouse on text.
  void HandleRecords(const Screen& screen, Wishes& wishes);
  void HandleSelection();
  static void OpenOrBeside(const Ui::Opened& opened, Wishes& wishes);

  Ui& ui_;
  FindBar find_;
  std::string focused_record_;  // in the last frame
  size_t selected_ = 0;         // hit that Enter opens, or command that it runs
  std::string selected_in_;     // query that it belongs to
  bool searching_ = false;      // the keyboard is in the search box
  int restoring_ = 0;           // frames during which the scroll of a turned page is set
};

}  // namespace daftar::ui
