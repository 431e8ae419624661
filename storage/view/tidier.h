// A thread that does a view's background work whenever there is some.
#pragma once

#include <functional>
#include <thread>

#include "storage/base/mutex.h"
#include "storage/view/view.h"

namespace daftar {

// Works from the start until it is destroyed, which waits for the piece at hand to be given up. `report` is called with
// what went wrong; it then rests until the next Poke. `changed` is called after each piece. Both on its own thread.
class Tidier {
 public:
  Tidier(View& view, const Clock& clock, std::function<void(const Status&)> report,
         std::function<void()> changed = nullptr);
  ~Tidier();
  Tidier(const Tidier&) = delete;
  Tidier& operator=(const Tidier&) = delete;

  // There may be something to do.
  void Poke() DAFTAR_EXCLUDES(mutex_);

 private:
  void Run() DAFTAR_EXCLUDES(mutex_);
  bool Stopping() DAFTAR_EXCLUDES(mutex_);
  // False if it shall end.
  bool WaitForPoke() DAFTAR_EXCLUDES(mutex_);

  View& view_;
  const Clock& clock_;
  const std::function<void(const Status&)> report_;
  const std::function<void()> changed_;
  Mutex mutex_;
  CondVar woken_;
  bool poked_ DAFTAR_GUARDED_BY(mutex_) = true;
  bool stopping_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// Does all of it now, on this thread. `progress` as in View; it is called with the records that are still behind.
Status TidyAll(View& view, const Clock& clock, const std::function<bool(uint64_t behind)>& progress);

}  // namespace daftar
