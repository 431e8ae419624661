// A thread that keeps a dataset's chunks fresh.
#pragma once

#include <cstdint>
#include <functional>
#include <thread>

#include "server/core/dataset.h"
#include "storage/base/mutex.h"

namespace daftar {

// How it goes about it.
struct SnapshotTimes {
  // Fewer records are sent as they are: cutting them is not worth it.
  uint64_t fewest_records = 2000;
  // Between two looks at what has changed.
  int64_t pause_ms = 10 * 60'000;
  // zstd's levels: the first, so that replicas can be filled at once; and the one that chunks are kept at, twenty times
  // slower and a quarter smaller.
  int first_level = 3;
  int level = 19;
};

// Works from the start until it is destroyed, which waits for the chunk at hand. `report` is called on its own thread
// with what went wrong; the chunks that there are go on being handed out.
class SnapshotKeeper {
 public:
  SnapshotKeeper(Dataset& dataset, std::function<void(const Status&)> report, SnapshotTimes times = {});
  ~SnapshotKeeper();
  SnapshotKeeper(const SnapshotKeeper&) = delete;
  SnapshotKeeper& operator=(const SnapshotKeeper&) = delete;

 private:
  void Run() DAFTAR_EXCLUDES(mutex_);
  Status RefreshOnce();
  bool Stopping() DAFTAR_EXCLUDES(mutex_);

  Dataset& dataset_;
  const std::function<void(const Status&)> report_;
  const SnapshotTimes times_;
  Mutex mutex_;
  CondVar woken_;
  bool stopping_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace daftar
