// Keeps a workstation in step with its server for as long as a program runs: one session that stays and watches, and
// another one when it breaks.
//
//   attempt → it fails → the pause of backoff.h, ended at once by a network that comes up or by somebody who asks → …
//   attempt → a budget is used up → nothing before the next day (UTC), unless somebody asks
//   paused  → nothing at all
#pragma once

#include <atomic>
#include <functional>

#include "client/sync/engine.h"
#include "client/sync/link.h"
#include "client/sync/network_watch.h"
#include "client/sync/waking_connector.h"
#include "client/sync/workstation.h"

namespace daftar {

// What is said to whoever asks for a sync while syncing is paused.
Status SyncIsPaused();

// Run on one thread; Nudge, Stop and Cut from any.
class Watcher {
 public:
  // Called on the thread of Run.
  struct Hooks {
    std::function<void(bool asked)> on_begin;                 // an attempt begins; somebody waits for it, or nobody
    std::function<bool(const SyncReport&)> on_progress;       // as in RunOptions
    std::function<bool(const StatusOr<SyncReport>&)> on_end;  // of an attempt; false: it was the last one
  };
  // `options.engine.watch` and `options.on_progress` are set here. `despite_pause`: the stored pause does not count.
  Watcher(Workstation& station, Connector& connector, NetworkWatch& network, RunOptions options, bool despite_pause,
          Hooks hooks);

  // Until it is stopped, or a hook ends it. An error is one of the workstation's own store.
  Status Run();
  // Sends what waits and looks for news now, whatever pause there is; a stored pause answers with SyncIsPaused.
  void Nudge();
  // Ends Run in good order, as soon as whatever is under way allows.
  void Stop();
  // Ends Run at once: a session is cut, and Run's hooks learn of it as Cancelled.
  void Cut();

 private:
  // How long nothing is tried; negative: until somebody asks.
  struct Pause {
    int64_t ms = 0;
    bool ends_with_network = false;
  };
  StatusOr<Pause> PauseNow() const;
  // False: there is a reason not to try yet, and Run looks again.
  bool WaitOut(const Pause& pause);

  Workstation& station_;
  WakingConnector waking_;
  NetworkWatch& network_;
  RunOptions options_;
  const bool despite_pause_;
  const Hooks hooks_;
  bool budget_used_up_ = false;
  std::atomic<bool> nudged_ = false, stopping_ = false;
};

}  // namespace daftar
