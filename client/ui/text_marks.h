// What is marked in the text of a page: where the words stand that are sought in it, and what the reader has selected
// with the mouse. Every text that is drawn asks for its marks; what it is selected from is one paragraph.
//
// A paragraph is known from frame to frame by its text and by how many of the same text were drawn before it. One for a
// window; the UI thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "client/ui/text/find.h"

namespace daftar::ui {

struct TextMark {
  enum class What { kFound, kCurrent, kSelected };
  text::ByteRange range;
  What what = What::kFound;
};

class TextMarks {
 public:
  void BeginFrame();

  // Between the two, what is drawn is searched; `current`: the number of the one that is marked most.
  void BeginSeeking(std::string sought, size_t current);
  void EndSeeking() { sought_.clear(); }
  // How many were found in this frame so far.
  size_t found() const { return found_; }

  // Of the next text that is drawn.
  std::vector<TextMark> Next(std::string_view text);
  // The same of a paragraph that can be selected from. `paragraph`: its name, for what follows.
  std::vector<TextMark> NextParagraph(std::string_view text, std::string& paragraph);

  // The mouse was pressed there, so many times in a row: a place, a word, all of it.
  void Press(const std::string& paragraph, std::string_view text, size_t byte, int times);
  // It was moved there while it is held down.
  void Drag(const std::string& paragraph, size_t byte);
  void Release() { dragging_ = false; }
  bool dragging() const { return dragging_; }
  void Clear() { selection_.reset(); }
  // What is selected, as it is stored; empty: nothing.
  std::string selected() const;

 private:
  struct Selection {
    std::string paragraph, text;
    text::ByteRange first;  // what was pressed on: a place, a word
    text::ByteRange all;
  };

  std::string sought_;
  size_t current_ = 0, found_ = 0;
  std::unordered_map<std::string, int> drawn_;  // of this frame: how often each text was drawn
  std::optional<Selection> selection_;
  bool dragging_ = false;
};

}  // namespace daftar::ui
