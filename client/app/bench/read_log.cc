#include "client/app/bench/read_log.h"

#include <utility>

#include "client/app/bench/stopwatch.h"

namespace daftar::app {

void ReadLog::Add(ReadTimes read) {
  MutexLock lock(mutex_);
  reads_.push_back(std::move(read));
}

std::vector<ReadTimes> ReadLog::Take() {
  MutexLock lock(mutex_);
  return std::exchange(reads_, {});
}

StatusOr<Content> WatchedLibrary::Read(const Address& address, bool patient, const std::atomic<bool>& stop) {
  ReadTimes read{.address = address.ToString(), .begun_ns = NowNs()};
  const int64_t cpu = ThreadCpuNs();
  StatusOr<Content> content = WorkstationLibrary::Read(address, patient, stop);
  read.cpu_ns = ThreadCpuNs() - cpu;
  read.ended_ns = NowNs();
  log_.Add(std::move(read));
  return content;
}

}  // namespace daftar::app
