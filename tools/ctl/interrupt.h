// Ctrl-C for work that must end in good order.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace daftar::ctl {

// While it lives, the first SIGINT or SIGTERM does not end the program but calls `on_interrupt`, from a thread of its
// own; the second one ends it. Make it before any thread that would otherwise take the signal.
class InterruptWatch {
 public:
  explicit InterruptWatch(std::function<void()> on_interrupt);
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  bool interrupted() const { return interrupted_; }

 private:
  void Watch();

  const std::function<void()> on_interrupt_;
  sigset_t before_;  // the mask to put back
  int signals_ = -1;
  int over_ = -1;
  std::atomic<bool> interrupted_ = false;
  std::thread thread_;
};

}  // namespace daftar::ctl
