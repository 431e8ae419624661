// Keeps the workstation in step with its server while the window is open: one session that stays and watches, begun
// again with longer and longer pauses when it breaks.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "client/sync/engine.h"
#include "client/sync/link.h"
#include "client/sync/waking_connector.h"
#include "client/sync/workstation.h"
#include "storage/base/mutex.h"

namespace daftar::app {

// What the thread tells. A change of it is worth a frame.
struct SyncProgress {
  bool busy = false;      // working on what a person waits for; an attempt in the background does not count
  Revision revision = 0;  // visible
  uint64_t settled = 0;   // pushes that have an outcome
  std::string notice;     // for people, of the last session; empty: nothing to tell
  std::string error;      // why the last session ended; empty: it did not, or as wanted
  friend bool operator==(const SyncProgress&, const SyncProgress&) = default;
};

// Thread-safe.
class SyncThread {
 public:
  // `changed` is called by the thread whenever the progress is another.
  SyncThread(Workstation& workstation, std::unique_ptr<Connector> connector, std::function<void()> changed);
  // Ends the session in good order, or cuts it where it does not answer.
  ~SyncThread();

  // Sends what waits and looks for news now, without waiting for the end of a pause.
  void Nudge();
  SyncProgress progress() const;

 private:
  void Run();
  // False: the thread is to end.
  bool OnProgress(const SyncReport& report);
  void Publish(const SyncProgress& progress);
  // Waits so long, or until something is to be done at once.
  enum class Next { kTryAgain, kTryNow, kEnd };
  Next Pause(int64_t ms);

  Workstation& station_;
  const std::unique_ptr<Connector> connector_;
  WakingConnector waking_;
  const std::function<void()> changed_;
  mutable Mutex mutex_;
  CondVar nudged_;
  bool closing_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool nudge_ DAFTAR_GUARDED_BY(mutex_) = false;
  SyncProgress progress_ DAFTAR_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace daftar::app
