// Progress on a terminal, and Ctrl-C for work that must end in good order.
#pragma once

#include <csignal>
#include <cstdint>
#include <string>

#include "storage/base/clock.h"

namespace daftar::gen {

// While it lives, SIGINT and SIGTERM do not end the program but are there to be asked for. Make one, before any thread.
class InterruptLatch {
 public:
  InterruptLatch();
  ~InterruptLatch();
  InterruptLatch(const InterruptLatch&) = delete;
  InterruptLatch& operator=(const InterruptLatch&) = delete;
  // Whether one has come.
  bool Interrupted();

 private:
  sigset_t wanted_, before_;
  bool interrupted_ = false;
};

// A line on standard error that is drawn anew ten times a second; nothing where that is not a terminal. One thread.
class ProgressBar {
 public:
  ProgressBar(std::string what, const Clock& clock);
  ~ProgressBar();  // leaves the line
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  void Show(uint64_t done, uint64_t total);

 private:
  const std::string what_;
  const Clock& clock_;
  const int64_t began_ms_;
  const bool on_terminal_;
  int64_t next_ms_ = 0;
  bool drawn_ = false;
};

}  // namespace daftar::gen
