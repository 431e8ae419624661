// A thread that does a view's background work whenever there is some.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <thread>

#include "storage/base/mutex.h"
#include "storage/view/view.h"

namespace daftar {

// When a Tidier compacts the file, if that is worth it (storage/view/compaction.h).
struct CompactionTimes {
  // Nothing is left to tidy and nobody has poked for so long.
  int64_t quiet_ms = 60'000;
  // After an attempt that a commit, or a full disk, put an end to, none is made for so long.
  int64_t retry_ms = 10 * 60'000;
};

// Works from the start until it is destroyed, which waits for the piece at hand to be given up. `report` is called with
// what went wrong; it then rests until the next Poke. `changed` is called after each piece. Both on its own thread.
//
// It compacts once at most: the copy is for the next opening of the folder, and a second one would only be made because
// commits made the first one useless.
class Tidier {
 public:
  Tidier(View& view, const Clock& clock, std::function<void(const Status&)> report,
         std::function<void()> changed = nullptr, CompactionTimes times = {});
  ~Tidier();
  Tidier(const Tidier&) = delete;
  Tidier& operator=(const Tidier&) = delete;

  // There may be something to do.
  void Poke() DAFTAR_EXCLUDES(mutex_);

 private:
  enum class Next { kTidy, kCompact, kEnd };

  void Run() DAFTAR_EXCLUDES(mutex_);
  bool Stopping() DAFTAR_EXCLUDES(mutex_);
  Next WaitForWork() DAFTAR_EXCLUDES(mutex_);
  void TidyUp() DAFTAR_EXCLUDES(mutex_);
  void TryToCompact() DAFTAR_EXCLUDES(mutex_);

  View& view_;
  const Clock& clock_;
  const std::function<void(const Status&)> report_;
  const std::function<void()> changed_;
  const CompactionTimes times_;
  // Of its own thread.
  bool look_at_file_ = false;  // something was done since the file was looked at last
  bool compacted_ = false;     // or will never be
  int64_t not_before_ms_ = 0;  // the next attempt
  Mutex mutex_;
  CondVar woken_;
  bool poked_ DAFTAR_GUARDED_BY(mutex_) = true;
  bool stopping_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// Does all of it now, on this thread, and does not compact. `progress` as in View; it is called with the records that
// are still behind.
Status TidyAll(View& view, const Clock& clock, const std::function<bool(uint64_t behind)>& progress);

}  // namespace daftar
