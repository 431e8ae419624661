// Ctrl-C for work that must end in good order.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "client/sync/link.h"
#include "storage/base/mutex.h"

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

// A connector whose links can be woken from another thread.
class WakingConnector final : public Connector {
 public:
  explicit WakingConnector(Connector& connector) : connector_(connector) {}
  StatusOr<std::unique_ptr<Link>> Connect(int timeout_ms) override;
  // Ends the wait of the link that is open, if one is. Any thread.
  void Wake();

 private:
  class WakingLink;
  Connector& connector_;
  Mutex mutex_;
  Link* open_ DAFTAR_GUARDED_BY(mutex_) = nullptr;
};

}  // namespace daftar::ctl
