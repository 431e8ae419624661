// A few threads for the work of many sessions: the library's own threads never wait for a disk.
#pragma once

#include <deque>
#include <memory>
#include <thread>
#include <vector>

#include "storage/base/mutex.h"

namespace daftar {

// Work that is done step by step, whenever there is a reason to. Never run by two threads at once.
class Work {
 public:
  virtual ~Work() = default;
  // Does whatever can be done now. Calls are ordered: what one has written, the next sees.
  virtual void Step() = 0;

 private:
  friend class Executor;
  enum class Place { kResting, kQueued, kRunning, kRunningAndWanted };
  Place place_ = Place::kResting;  // guarded by the executor's mutex
};

// A fixed number of threads. Thread-safe. Destroying it finishes what is scheduled.
class Executor {
 public:
  explicit Executor(int threads);
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // One more Step that begins after this call. Many calls before it begins are one. The work is kept alive until then.
  void Schedule(std::shared_ptr<Work> work) DAFTAR_EXCLUDES(mutex_);

 private:
  void Run() DAFTAR_EXCLUDES(mutex_);

  Mutex mutex_;
  CondVar changed_;
  std::deque<std::shared_ptr<Work>> queue_ DAFTAR_GUARDED_BY(mutex_);
  bool stopping_ DAFTAR_GUARDED_BY(mutex_) = false;

  std::vector<std::thread> threads_;
};

}  // namespace daftar
