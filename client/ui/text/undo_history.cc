#include "client/ui/text/undo_history.h"

#include <utility>

namespace daftar::text {

void UndoHistory::Clear() {
  steps_.clear();
  done_ = bytes_ = 0;
  open_ = false;
}

bool UndoHistory::Join(const Step& step) {
  if (!open_ || done_ == 0) return false;
  Step& last = steps_[done_ - 1];
  if (last.kind != step.kind || last.after != step.before || step.time_ms - last.time_ms > kPauseMs) return false;
  TextEdit& edit = last.edit;
  const TextEdit& more = step.edit;
  const size_t written = edit.begin + edit.inserted.size();
  if (step.kind == Kind::kTyping) {
    // What it replaces, an accent with its letter for instance, must have been typed in the same step.
    if (more.begin < edit.begin || more.begin + more.removed.size() != written) return false;
    edit.inserted.resize(more.begin - edit.begin);
    edit.inserted += more.inserted;
  } else if (step.kind == Kind::kErasing && edit.inserted.empty() && more.inserted.empty()) {
    if (more.begin == edit.begin) {
      edit.removed += more.removed;
    } else if (more.begin + more.removed.size() == edit.begin) {
      edit.removed.insert(0, more.removed);
      edit.begin = more.begin;
    } else {
      return false;
    }
  } else {
    return false;
  }
  last.after = step.after;
  last.time_ms = step.time_ms;
  return true;
}

void UndoHistory::Add(Step step, bool closes) {
  while (steps_.size() > done_) {
    bytes_ -= BytesOf(steps_.back());
    steps_.pop_back();
    open_ = false;
  }
  const size_t before = done_ > 0 ? BytesOf(steps_.back()) : 0;
  if (Join(step)) {
    bytes_ += BytesOf(steps_.back()) - before;
  } else {
    steps_.push_back(std::move(step));
    bytes_ += BytesOf(steps_.back());
    ++done_;
  }
  open_ = !closes;
  Trim();
}

void UndoHistory::Trim() {
  while (bytes_ > most_bytes_ && !steps_.empty()) {
    bytes_ -= BytesOf(steps_.front());
    steps_.pop_front();
    --done_;
  }
}

const UndoHistory::Step* UndoHistory::Undo() {
  Close();
  return done_ == 0 ? nullptr : &steps_[--done_];
}

const UndoHistory::Step* UndoHistory::Redo() {
  Close();
  return done_ == steps_.size() ? nullptr : &steps_[done_++];
}

}  // namespace daftar::text
