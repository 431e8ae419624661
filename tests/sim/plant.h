// The places where a fault can be planted into a run: around the server's log and view, the wakes of its writer, the
// frames on their way, the replica, and what lies on disk when a program dies. This one plants nothing.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "server/core/dataset.h"

namespace daftar::sim {

// One for each run, on its thread.
class Plant {
 public:
  virtual ~Plant() = default;

  virtual std::unique_ptr<LogStore> WrapLog(std::unique_ptr<LogStore> log) { return log; }
  virtual std::unique_ptr<View> WrapReplica(std::unique_ptr<View> view) { return view; }
  // Whether a session is told that there is something to send.
  virtual bool PassesWake() { return true; }

  // A frame that a client sends, which may be altered; false: it is not sent. `log`: the server's.
  virtual bool Sends(int client, v1::ClientFrame& frame, const LogStore& log) {
    (void)client, (void)frame, (void)log;
    return true;
  }
  // Frames on their way to a client; the last one is new.
  virtual void Down(int client, std::deque<v1::ServerFrame>& frames) { (void)client, (void)frames; }
  // The client has taken that frame.
  virtual void AfterTaken(const v1::ServerFrame& frame, Workstation& station) { (void)frame, (void)station; }

  // With the programs stopped, or about to commit.
  virtual void BeforeCommit(const std::string& server_folder) { (void)server_folder; }
  virtual void ServerDied(const std::string& server_folder) { (void)server_folder; }
  virtual void ClientDied(int client, const std::string& folder) { (void)client, (void)folder; }
  virtual void ClientCameBack(int client, Workstation& station) { (void)client, (void)station; }
};

}  // namespace daftar::sim
