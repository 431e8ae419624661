// Work that a run brings along for its clients: what the editors there do when a step says so, and what must hold of it
// at the end.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "daftar/v1/commit.pb.h"
#include "storage/log/log_store.h"

namespace daftar::sim {

// Of one run, on its thread.
class Work {
 public:
  virtual ~Work() = default;

  // The editor at that client makes one edit. What it has put into the outbox, each under a tag of its own (edits.h);
  // `made`: false if there was nothing to do. An error: a program gave up.
  struct Made {
    bool made = false;
    std::vector<v1::Mutation> queued;
  };
  virtual StatusOr<Made> Do(int client, Workstation& station, uint64_t drawn) = 0;

  // When all is settled: what is wrong with it; empty: nothing.
  virtual StatusOr<std::string> Ends(const LogStore& log, const std::vector<Workstation*>& stations) = 0;
};

// A new one for each run; nullptr: the run has none.
using WorkMaker = std::function<std::unique_ptr<Work>()>;

}  // namespace daftar::sim
