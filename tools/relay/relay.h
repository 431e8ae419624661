// A relay: a workstation that serves its replica to neighbours while it follows the server, when there is one, and
// delivers what it carries for them.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "client/sync/engine.h"
#include "client/sync/network_watch.h"
#include "client/sync/waking_connector.h"
#include "client/sync/watcher.h"
#include "client/sync/workstation.h"
#include "storage/base/mutex.h"
#include "tools/relay/relay_host.h"

namespace daftar {

// What a relay has done since it began.
struct RelayCounts {
  uint64_t neighbours = 0;  // sessions
  uint64_t carried = 0;     // pushes taken
  uint64_t delivered = 0;   // pushes that the server has answered
};

// Works from the start until it is destroyed, on a thread of its own, and on those of whoever holds sessions with its
// host. Whoever does has to stop first.
class Relay {
 public:
  // Both connectors lead to the server: one is for following it, the other for what is carried. `tell` gets what a
  // keeper should read, a line at a time, one thread at a time.
  Relay(Workstation& station, std::unique_ptr<Connector> to_follow, std::unique_ptr<Connector> to_deliver,
        std::unique_ptr<NetworkWatch> network, std::function<void(const std::string& line)> tell);
  // Ends the session with the server in good order, or cuts it where the server does not answer.
  ~Relay();

  // For neighbours' sessions.
  RelayHost& host() { return host_; }
  RelayCounts counts() const;

 private:
  void OnNeighbour(std::string_view client);
  void OnCarried(std::string_view client);
  bool OnProgress(const SyncReport& report);
  bool OnEnd(const StatusOr<SyncReport>& report);
  void Deliver();
  void TellReach(const Status& status);
  void Tell(const std::string& line);

  Workstation& station_;
  const std::unique_ptr<Connector> to_follow_, to_deliver_;
  const std::unique_ptr<NetworkWatch> network_;
  WakingConnector delivering_;
  const std::function<void(const std::string&)> tell_;
  RelayHost host_;
  Watcher watcher_;

  Mutex telling_;
  mutable Mutex mutex_;
  RelayCounts counts_ DAFTAR_GUARDED_BY(mutex_);
  std::atomic<bool> has_work_ = false;  // something was taken to be carried
  std::atomic<bool> stopping_ = false;

  // Of its own thread.
  uint64_t checkpoints_ = 0;          // of the session, as far as they were announced
  std::optional<std::string> reach_;  // what was told last of the server

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace daftar
