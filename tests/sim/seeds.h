// Which seeds a test runs: fresh ones, from the clock, or those that the environment names (README.md).
#pragma once

#include <cstdint>
#include <optional>

#include "storage/base/clock.h"

namespace daftar::sim {

class Seeds {
 public:
  // `usual`: how many are run where nobody wants another number, if that many milliseconds are enough.
  Seeds(uint64_t usual, int64_t most_ms);

  // The next one; nullopt if there were enough, or the time is over.
  std::optional<uint64_t> Next();
  uint64_t count() const { return count_; }  // that were given
  // Where they began, and how many there was no time for, in words on standard output.
  void Say() const;

 private:
  const SystemClock clock_;
  const uint64_t only_;
  const uint64_t wanted_;
  const uint64_t base_;
  const uint64_t most_;
  const int64_t end_ms_;
  uint64_t count_ = 0;
};

}  // namespace daftar::sim
