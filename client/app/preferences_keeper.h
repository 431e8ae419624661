// Writes preferences on a thread of its own: the disk is waited for until it has them, and drawing never waits for it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "client/app/preferences.h"
#include "storage/base/mutex.h"

namespace daftar::app {

// Thread-safe. Of preferences that come while others are written, the newest are written next.
class PreferencesKeeper {
 public:
  using Write = std::function<Status(const Preferences&)>;
  // `write` is called by the thread, and `tell` where it fails.
  PreferencesKeeper(Write write, std::function<void(const Status&)> tell);
  // Once the last ones are written.
  ~PreferencesKeeper();

  void Keep(const Preferences& preferences);

 private:
  void Run();

  const Write write_;
  const std::function<void(const Status&)> tell_;
  Mutex mutex_;
  CondVar changed_;
  std::optional<Preferences> waiting_ DAFTAR_GUARDED_BY(mutex_);
  bool closing_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace daftar::app
