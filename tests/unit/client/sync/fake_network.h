// A network whose events a test writes down beforehand.
#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "client/sync/network_watch.h"
#include "storage/base/clock.h"

namespace daftar {

// One thread. A wait passes the time of the clock, unless an event has been put before it.
class FakeNetwork final : public NetworkWatch {
 public:
  explicit FakeNetwork(FakeClock& clock) : clock_(clock) {}

  Reason Wait(int64_t ms) override {
    waits.push_back(ms);
    if (on_wait) on_wait();
    if (woken_) {
      woken_ = false;
      return Reason::kWoken;
    }
    if (!events.empty()) {
      const Reason event = events.front();
      events.pop_front();
      return event;
    }
    clock_.Advance(ms > 0 ? ms : 0);
    return Reason::kTime;
  }
  void Wake() override { woken_ = true; }

  std::deque<Reason> events;      // ends of the next waits
  std::vector<int64_t> waits;     // that were asked for
  std::function<void()> on_wait;  // called in each

 private:
  FakeClock& clock_;
  bool woken_ = false;
};

}  // namespace daftar
