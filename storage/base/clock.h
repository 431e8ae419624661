// Time as an argument: no other code asks the system for the time.
#pragma once

#include <cstdint>

namespace daftar {

// Says what time it is. Implementations may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall clock, milliseconds since 1970-01-01 UTC. May jump; no order and no correctness may rest on it.
  virtual int64_t NowMs() const = 0;
  // Never goes back; its zero means nothing. Milliseconds.
  virtual int64_t MonotonicMs() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  int64_t NowMs() const override;
  int64_t MonotonicMs() const override;
};

// A clock that stands still until it is moved, for tests. One thread.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(int64_t now_ms) : now_ms_(now_ms) {}
  int64_t NowMs() const override { return now_ms_; }
  int64_t MonotonicMs() const override { return now_ms_; }
  void Advance(int64_t ms) { now_ms_ += ms; }

 private:
  int64_t now_ms_;
};

}  // namespace daftar
