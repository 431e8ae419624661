// A text that is being edited, with its caret, selection and history: the model behind a box of several lines, in every
// script. It is valid UTF-8 in normal form C without control characters at every moment, and the caret stands between
// what a reader counts as characters. Nothing of a screen is known here: what is above, below, left and right says a
// LineMap, what time it is the caller. A change takes time by the paragraph that it is in; bytes behind it move.
// One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/text/boundaries.h"
#include "client/ui/text/find.h"
#include "client/ui/text/line_map.h"
#include "client/ui/text/undo_history.h"

namespace daftar::text {

class Clipboard {
 public:
  virtual ~Clipboard() = default;
  virtual std::string Get() = 0;
  virtual void Set(const std::string& text) = 0;
};

// Words that someone has marked, and as what.
struct LabelledRange {
  ByteRange range;
  std::string label;
};

enum class Motion {
  kLeft,
  kRight,
  kWordLeft,
  kWordRight,
  kUp,
  kDown,
  kPageUp,
  kPageDown,
  kLineBegin,
  kLineEnd,
  kTextBegin,
  kTextEnd,
};

class EditBuffer {
 public:
  enum class Outcome {
    kDone,
    kNothing,  // there was nothing to do
    kNotText,  // it is not UTF-8
    kTooLong,  // there is no room for all of it; nothing was changed
  };
  enum class Erasing { kCharacterBefore, kCharacterBehind, kWordBefore, kWordBehind };

  static constexpr size_t kMostBytes = 64 << 10, kMostUndoBytes = 4 << 20;
  explicit EditBuffer(size_t most_bytes = kMostBytes, size_t most_undo_bytes = kMostUndoBytes);

  // Another text, as from another record: the caret at its end, no history, no marks. What a text may not hold is left
  // out; one that is longer than `most_bytes` stays whole, and may become shorter only.
  void Reset(std::string_view text);

  const std::string& text() const { return text_; }
  // Another number: another text.
  uint64_t revision() const { return revision_; }
  Caret caret() const { return now_.caret; }
  ByteRange selection() const;
  std::string selected() const;

  // In the place of what is selected. `typed`: it joins what was typed before it in one step of the history.
  Outcome Insert(std::string_view text, bool typed, int64_t now_ms);
  // What is selected, or else as it says. Of a letter with a zero width joiner behind it, the joiner goes first.
  Outcome Erase(Erasing what, int64_t now_ms);
  void Copy(Clipboard& clipboard) const;
  Outcome Cut(Clipboard& clipboard, int64_t now_ms);
  Outcome Paste(Clipboard& clipboard, int64_t now_ms);
  Outcome Undo();
  Outcome Redo();

  // `select`: what is selected grows or shrinks with it. Words are followed in the direction of the paragraph.
  void Move(Motion motion, bool select, LineMap& lines);
  void MoveTo(Caret caret, bool select);
  void SelectAll();
  void Select(ByteRange range);
  // The mouse was pressed there, so many times in a row: a place, a word, a paragraph; and moved there while it is
  // held down.
  void Press(Caret caret, int times);
  void Drag(Caret caret);
  // With Shift: from where the selection began to there.
  void PressOn(Caret caret);

  // What somebody marked: it stays with its words while the text is edited, and goes when they are all erased.
  const std::vector<LabelledRange>& marks() const { return marks_; }
  void set_marks(std::vector<LabelledRange> marks);

 private:
  ByteRange ParagraphAt(size_t byte) const;
  // The nearest place between characters, not before that byte.
  size_t Snap(size_t byte);
  size_t CharacterBehind(size_t byte);
  size_t CharacterBefore(size_t byte);
  size_t WordBehind(size_t byte);
  size_t WordBefore(size_t byte);
  ByteRange UnitAt(size_t byte) const;
  void MoveLines(int lines, bool select, LineMap& map);
  void MoveAside(bool right, bool select, LineMap& map);
  // Puts clean text in the place of a range, and composes it with what stands around.
  Outcome Replace(ByteRange range, std::string_view clean, UndoHistory::Kind kind, int64_t now_ms);
  void Apply(size_t begin, size_t removed, std::string_view inserted);

  const size_t most_bytes_;
  std::string text_;
  uint64_t revision_ = 1;
  Selection now_;
  std::optional<float> wanted_x_;  // where the caret was when it began to go up or down
  ByteRange pressed_;              // what the mouse was pressed on
  int press_times_ = 0;
  std::vector<LabelledRange> marks_;
  UndoHistory history_;
  Boundaries characters_{Boundaries::Of::kCharacters}, words_{Boundaries::Of::kWords};
};

}  // namespace daftar::text
