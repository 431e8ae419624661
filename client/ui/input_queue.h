// Keys in the order in which they came, shared out over frames.
//
// ImGui 1.86 looks at the keyboard once a frame: a key that goes down and up between two frames is never seen. So a
// frame is given events only up to the first one that would move a key for the second time; the rest waits for the
// next.
#pragma once

#include <deque>
#include <vector>

namespace daftar::ui {

// A key that moved, or a character that was typed.
struct KeyEvent {
  int key = 0;  // as in keys.h
  int scancode = 0, action = 0, mods = 0;
  unsigned character = 0;  // not 0: typed, and nothing else is set
};

class InputQueue {
 public:
  void Push(const KeyEvent& event) { waiting_.push_back(event); }
  bool empty() const { return waiting_.empty(); }
  // Takes what the next frame may see.
  std::vector<KeyEvent> TakeFrame();

 private:
  std::deque<KeyEvent> waiting_;
};

}  // namespace daftar::ui
