// The mark of an open environment: FOLDER/open holds the id of the process that has it open, locked while it lives. A
// clean close removes it; one that is left behind says that the program ended otherwise. Private to this folder.
//
// The mark is not flushed for itself: it reaches the disk with the first commit after it, before which there is nothing
// that a crash could have harmed.
#pragma once

#include <optional>
#include <string>

#include "storage/base/status.h"

namespace daftar::lmdb {

class OpenMark {
 public:
  // FailedPrecondition, naming the process, if another one has the folder open.
  static StatusOr<OpenMark> Set(const std::string& folder);
  // Removes the mark, unless it was left behind by another process and Settle was not called. In a child that was
  // forked off it stays with the parent.
  ~OpenMark();
  OpenMark(OpenMark&& other) noexcept;
  OpenMark& operator=(OpenMark&&) = delete;

  // True if the one before did not close the folder.
  bool was_left_behind() const { return left_behind_; }
  // The folder was looked at and may be closed cleanly from now on.
  void Settle() { settled_ = true; }

 private:
  OpenMark(std::string path, int fd, bool left_behind);
  std::string path_;
  int fd_;
  int process_;
  bool left_behind_;
  bool settled_ = false;
};

// The process that has the folder open now, for messages; nullopt if none has.
std::optional<std::string> ProcessThatHasOpen(const std::string& folder);
// True if the folder carries the mark of a process that is no more.
bool WasNotClosed(const std::string& folder);

}  // namespace daftar::lmdb
