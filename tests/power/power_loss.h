// What a disk may hold after the power went: all that was flushed before, and of the rest any part in any order.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "storage/base/random.h"
#include "tests/power/recorder.h"

namespace daftar::power {

inline constexpr size_t kSector = 512;

// Faults of a machine that lies; to see that the test would notice.
struct Lies {
  bool flushes_do_nothing = false;  // and durable writes are like any other
  size_t promises_come_early = 0;   // by so many events
};

// What is left of the files, and what had been promised by then.
struct Ruins {
  std::vector<std::string> files;          // bytes; empty: the file may as well not be there
  std::map<int, uint64_t> promised;        // the last value of each promise
  size_t pending = 0, lost = 0, torn = 0;  // writes that were not flushed
};

// Walks the moments of one recording, forwards.
class PowerLoss {
 public:
  PowerLoss(const std::vector<Event>& events, size_t files, const Lies& lies = {});

  // The power goes while event `at` is under way. REQUIRES: ascending, at < events.
  Ruins At(size_t at, Random& random);

 private:
  void Finish(const Event& event);
  static void Put(std::string& file, const Event& write);

  const std::vector<Event>& events_;
  const Lies lies_;
  size_t next_ = 0;                                 // the first event that is not finished
  std::vector<std::string> durable_;                // of each file
  std::vector<std::vector<const Event*>> pending_;  // of each file, in order
};

}  // namespace daftar::power
