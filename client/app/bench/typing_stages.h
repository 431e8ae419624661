// Where the time of a key goes, from when it is due to what is found for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/app/bench/read_log.h"
#include "client/app/bench/report.h"

namespace daftar::app {

// Nanoseconds of one clock, ascending.
struct KeyTimes {
  std::string typed;     // the whole box with the key
  std::string answered;  // what the search was for that was shown: typed, or more of it
  int64_t due = 0, pressed = 0, shown = 0;
};

class TypingStages {
 public:
  // What was read meanwhile, in order.
  void AddReads(const std::vector<ReadTimes>& reads);
  // A key whose answer is shown; its read was added before.
  void AddKey(const KeyTimes& key);
  // A row for each stage, and a remark for each of the slowest keys.
  void Tell(Report& report) const;

 private:
  // Milliseconds.
  struct Key {
    std::string typed, answered, stopped;  // `stopped`: what the worker was reading still
    double whole = 0, busy = 0, waited = 0, read = 0, cpu = 0, shown = 0;
  };

  std::vector<ReadTimes> reads_;
  std::vector<Key> keys_;
};

}  // namespace daftar::app
