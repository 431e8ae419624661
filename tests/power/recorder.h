// What a program asked the disk to do, in order: the writes and flushes of chosen files, with marks in between.
//
// recorder.cc defines write, pwrite, writev, fdatasync, fsync, ftruncate, open and close for the whole program, so that
// LMDB's calls pass through it. While nothing is recorded they only call the system. One recorder at a time; what is
// recorded is written by one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daftar::power {

struct Event {
  enum Kind : uint8_t {
    kWrite,         // may be kept back by the disk until the file is flushed
    kDurableWrite,  // through a descriptor that was opened with O_DSYNC: durable when it returns
    kFlush,         // of all earlier writes to the file
    kMark,          // `value` was promised to somebody
  };
  Kind kind = kWrite;
  int file = 0;  // place in the list of files, or which promise
  uint64_t offset = 0;
  std::string bytes;
  uint64_t value = 0;
};

class Recorder {
 public:
  // Records what is done to files with these paths from now on; they must not be open.
  explicit Recorder(std::vector<std::string> files);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void Mark(int promise, uint64_t value);
  const std::vector<Event>& events() const;
};

}  // namespace daftar::power
