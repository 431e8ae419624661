// The one thread that commits.
#pragma once

#include <functional>
#include <thread>

#include "server/core/dataset.h"
#include "storage/base/mutex.h"
#include "storage/base/status.h"

namespace daftar {

// Commits what is queued in a dataset, group by group, while it lives. A failed commit is told to those who pushed; the
// thread goes on, since room may be made on a full disk.
class Writer {
 public:
  // `on_error` is called from the writer's thread after each commit that failed as a whole.
  Writer(Dataset& dataset, std::function<void(const Status&)> on_error);
  // Commits what is still queued first.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

 private:
  void Run() DAFTAR_EXCLUDES(mutex_);
  bool stopping() DAFTAR_EXCLUDES(mutex_);

  Dataset& dataset_;
  const std::function<void(const Status&)> on_error_;

  Mutex mutex_;
  bool stopping_ DAFTAR_GUARDED_BY(mutex_) = false;

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace daftar
