#include "client/app/preferences_keeper.h"

#include <utility>

namespace daftar::app {

PreferencesKeeper::PreferencesKeeper(Write write, std::function<void(const Status&)> tell)
    : write_(std::move(write)), tell_(std::move(tell)), thread_([this] { Run(); }) {}

PreferencesKeeper::~PreferencesKeeper() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
}

void PreferencesKeeper::Keep(const Preferences& preferences) {
  MutexLock lock(mutex_);
  waiting_ = preferences;
  changed_.NotifyAll();
}

void PreferencesKeeper::Run() {
  while (true) {
    Preferences next;
    {
      MutexLock lock(mutex_);
      while (!waiting_ && !closing_) changed_.Wait(mutex_);
      if (!waiting_) return;
      next = *std::exchange(waiting_, std::nullopt);
    }
    const Status written = write_(next);
    if (!written.ok()) tell_(written);
  }
}

}  // namespace daftar::app
