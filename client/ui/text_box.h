// A box of several lines to edit text in: in every script, wrapped at its width, with a caret that goes left where Left
// is pressed also in text from right to left. It grows with its text up to `most_lines`, then it scrolls; only what is
// in sight is set in lines. Tab and Esc leave it. The UI thread.
//
// What somebody has marked is shown under its words, in a line of its own:
//   state.buffer.set_marks({{{0, 5}, "who"}});       // "who" stands under the first five bytes
//   text::ByteRange marked = state.buffer.selection();  // which words the reader has selected, to be marked next
#pragma once

#include <cstddef>
#include <string>

#include "client/ui/text/edit_buffer.h"
#include "client/ui/text/text_flow.h"
#include "client/ui/widgets.h"

namespace daftar::ui {

struct TextBoxOptions {
  std::string hint;    // shown while the box is empty
  bool focus = false;  // takes the keyboard now
  float width = 0;     // 0: all there is
  int least_lines = 3, most_lines = 12;
  // Its words are selected and copied, and not changed: the mouse takes whole words, and letters and the arrows to the
  // side are left to who shows it.
  bool read_only = false;
};

// Whoever shows the box keeps it from frame to frame.
struct TextBoxState {
  text::EditBuffer buffer;
  bool active = false;  // it has the keyboard, as of the frame drawn last

  // The box's own.
  text::TextFlow flow;
  size_t top = 0;                                                   // the first paragraph in sight
  float hidden = 0;                                                 // so many pixels of it are scrolled away
  enum class Held { kNothing, kText, kBar } held = Held::kNothing;  // by the mouse
  double acted_s = 0;                                               // when the caret was last moved, by ImGui's time
  std::string notice;                                               // why what was just typed or pasted is not there
};

}  // namespace daftar::ui
