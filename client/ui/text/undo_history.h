// What was changed in a text, step by step, so that it can be undone. What is typed in one go is one step: it ends at a
// pause, behind a word, and where the caret is moved. Plain; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "client/ui/text/line_map.h"

namespace daftar::text {

// From `anchor` to the caret; nothing is selected where they are the same.
struct Selection {
  size_t anchor = 0;
  Caret caret;
  friend bool operator==(const Selection&, const Selection&) = default;
};

// At that byte, `inserted` stands now for `removed`.
struct TextEdit {
  size_t begin = 0;
  std::string removed, inserted;
};

class UndoHistory {
 public:
  enum class Kind { kTyping, kErasing, kOther };
  struct Step {
    TextEdit edit;
    Selection before, after;
    Kind kind = Kind::kOther;
    int64_t time_ms = 0;  // of its last change
  };

  // `most_bytes`: of what is kept; the oldest steps go first.
  explicit UndoHistory(size_t most_bytes) : most_bytes_(most_bytes) {}

  // What was just done. It becomes part of the last step if that is still open; `closes`: it is the last that may.
  void Add(Step step, bool closes);
  // What comes next is a step of its own.
  void Close() { open_ = false; }
  void Clear();

  // The step to undo, or to do once more; nullptr: there is none. It stays until the next call of anything here.
  const Step* Undo();
  const Step* Redo();
  size_t bytes() const { return bytes_; }

  static constexpr int64_t kPauseMs = 1000;

 private:
  bool Join(const Step& step);
  static size_t BytesOf(const Step& step) {
    return sizeof(Step) + step.edit.removed.capacity() + step.edit.inserted.capacity();
  }
  void Trim();

  const size_t most_bytes_;
  std::deque<Step> steps_;
  size_t done_ = 0;  // of the steps: those behind were undone
  size_t bytes_ = 0;
  bool open_ = false;
};

}  // namespace daftar::text
