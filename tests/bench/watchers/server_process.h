// A server that runs as a process of its own, and what it has cost so far.
#pragma once

#include <string>
#include <vector>

#include "tests/integration/program.h"

namespace daftar::bench {

// Of /proc/PID/smaps_rollup, in KiB.
struct Memory {
  double rss = 0;        // all pages, those of the mapped store too
  double anonymous = 0;  // pages that lie in no file
};

// Killed when it is destroyed. One thread.
class ServerProcess {
 public:
  // A command whose first line of output is "listening on HOST:PORT". Ends the process if it says anything else.
  explicit ServerProcess(const std::vector<std::string>& command);

  const std::string& address() const { return address_; }
  Memory memory() const;
  // Of all its threads, in user and kernel.
  double processor_ms() const;

 private:
  std::string File(const std::string& name) const;

  Program program_;
  std::string address_;
};

}  // namespace daftar::bench
