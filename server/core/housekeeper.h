// A thread that does what a dataset needs from time to time: keeps its chunks fresh, and ends what has been retired for
// longer than the horizon.
#pragma once

#include <cstdint>
#include <functional>
#include <thread>

#include "server/core/dataset.h"
#include "storage/base/mutex.h"

namespace daftar {

// How it goes about it.
struct HousekeepingTimes {
  // Fewer records are sent as they are: cutting them is not worth it.
  uint64_t fewest_records = 2000;
  // Between two looks at what has changed.
  int64_t pause_ms = 10 * 60'000;
  // zstd's levels: the first, so that replicas can be filled at once; and the one that chunks are kept at, twenty times
  // slower and a quarter smaller.
  int first_level = 3;
  int level = 19;
  // How long a retired record is kept, and how long its end is remembered after that. A replica that was away for
  // longer is told which records there are instead.
  int64_t horizon_ms = 400ll * 24 * 3'600'000;
  // Between two looks at what is retired.
  int64_t expiry_pause_ms = 24ll * 3'600'000;
};

// Works from the start until it is destroyed, which waits for the chunk at hand. `report` is called on its own thread
// with what went wrong; the chunks that there are go on being handed out.
class Housekeeper {
 public:
  Housekeeper(Dataset& dataset, std::function<void(const Status&)> report, HousekeepingTimes times = {});
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

 private:
  void Run() DAFTAR_EXCLUDES(mutex_);
  Status RefreshOnce();
  Status ExpireOnce();
  bool Stopping() DAFTAR_EXCLUDES(mutex_);

  Dataset& dataset_;
  const std::function<void(const Status&)> report_;
  const HousekeepingTimes times_;
  Mutex mutex_;
  CondVar woken_;
  int64_t expired_ms_ = 0;  // by the monotonic clock; 0: not yet
  bool stopping_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace daftar
