// Keeps the workstation in step with its server while the window is open: a watcher (client/sync/watcher.h) on a thread
// of its own.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "client/sync/engine.h"
#include "client/sync/link.h"
#include "client/sync/network_watch.h"
#include "client/sync/watcher.h"
#include "client/sync/workstation.h"
#include "storage/base/mutex.h"

namespace daftar::app {

// What the thread tells. A change of it is worth a frame.
struct SyncProgress {
  bool busy = false;       // working on what a person waits for; an attempt in the background does not count
  Revision revision = 0;   // visible
  uint64_t settled = 0;    // pushes that have an outcome
  std::string notice;      // for people, of the last session; empty: nothing to tell
  std::string notice_key;  // of the message that it is, with {error}; empty: it is none of this program's
  std::string error;       // why the last session ended; empty: it did not, or as wanted
  friend bool operator==(const SyncProgress&, const SyncProgress&) = default;
};

// Thread-safe.
class SyncThread {
 public:
  // `changed` is called by the thread whenever the progress is another.
  SyncThread(Workstation& workstation, std::unique_ptr<Connector> connector, std::unique_ptr<NetworkWatch> network,
             std::function<void()> changed);
  // Cuts the session; whatever was received is kept.
  ~SyncThread();

  // Sends what waits and looks for news now, without waiting for the end of a pause between attempts. Where the user
  // has paused syncing, the notice says so.
  void Nudge() { watcher_.Nudge(); }
  // Ends the session that goes on, in good order: somebody has paused syncing.
  void EndSession();
  SyncProgress progress() const;

 private:
  Watcher::Hooks MakeHooks();
  void OnBegin(bool asked);
  void OnProgress(const SyncReport& report);
  void OnEnd(const StatusOr<SyncReport>& report);
  void Run();
  void Publish(const SyncProgress& progress);

  const std::unique_ptr<Connector> connector_;
  const std::unique_ptr<NetworkWatch> network_;
  const std::function<void()> changed_;
  std::atomic<bool> ending_ = false;  // a session
  Watcher watcher_;
  mutable Mutex mutex_;
  SyncProgress progress_ DAFTAR_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace daftar::app
