// What the worker read while the window measured itself: which page, when, and what of the time was work. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/app/workstation_library.h"
#include "storage/base/mutex.h"

namespace daftar::app {

struct ReadTimes {
  std::string address;
  int64_t begun_ns = 0, ended_ns = 0;  // as NowNs
  int64_t cpu_ns = 0;                  // of the worker's thread between them
};

class ReadLog {
 public:
  void Add(ReadTimes read) DAFTAR_EXCLUDES(mutex_);
  // Those since the last call, in the order in which they ended.
  std::vector<ReadTimes> Take() DAFTAR_EXCLUDES(mutex_);

 private:
  Mutex mutex_;
  std::vector<ReadTimes> reads_ DAFTAR_GUARDED_BY(mutex_);
};

// A library that leaves what the reader keeps alone as it is: pages that a script opens were not read by anybody. Notes
// what it reads.
class WatchedLibrary final : public WorkstationLibrary {
 public:
  // Both outlive it.
  WatchedLibrary(Workstation& workstation, ReadLog& log) : WorkstationLibrary(workstation), log_(log) {}
  StatusOr<Content> Read(const Address& address, bool patient, const std::atomic<bool>& stop) override;
  Status Keep(const OwnChange&) override { return OkStatus(); }

 private:
  ReadLog& log_;
};

}  // namespace daftar::app
