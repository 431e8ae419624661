// A real server on a free port of this machine, and workstations that sync with it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

#include "client/sync/engine.h"
#include "client/sync/workstation.h"
#include "client/transport/grpc_connector.h"
#include "server/core/dataset.h"
#include "server/rpc/server.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"

namespace daftar {

// EXPECT_THAT(status, HasCode(StatusCode::kUnavailable)).
MATCHER_P(HasCode, code, "has the code " + absl::StatusCodeToString(code)) {
  *result_listener << arg.ToString();
  return arg.code() == code;
}

// Starts with a server that has the sample.
class SessionTest : public ::testing::Test {
 protected:
  void SetUp() override;

  // On the port of the first start, once there was one.
  void StartServer();
  void StopServer();
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  Dataset& dataset() { return *dataset_; }
  RpcServer& server() { return *server_; }

  // How the server listens: in plaintext, unless a test wants it otherwise.
  virtual RpcServer::Options ServerOptions();
  // A way to the server.
  virtual std::unique_ptr<Connector> ConnectorOf(Workstation& station);

  std::unique_ptr<Workstation> NewStation(const std::string& name);
  // One session, until everything is sent and received.
  StatusOr<SyncReport> Sync(Workstation& station);
  // Puts an edit into the outbox of a station that has synced: a place's notes. Its text is what is looked for later.
  void WriteNotes(Workstation& station, const std::string& text);
  std::string ReadNotes(Workstation& station);

  TemporaryFolder home_;
  const SystemClock clock_{};
  SystemRandom random_;

 private:
  std::unique_ptr<Dataset> dataset_;
  std::unique_ptr<RpcServer> server_;
  int port_ = 0;
};

// A station that stays in a session until it shows a revision, on a thread of its own.
class Follower {
 public:
  Follower(Workstation& station, std::unique_ptr<Connector> connector, Revision until);
  // Waits until it has seen all that there is.
  void WaitUntilCaughtUp() { caught_up_.get_future().wait(); }
  // Waits until it has ended.
  StatusOr<SyncReport> Outcome() { return outcome_.get(); }

 private:
  bool OnProgress(const SyncReport& report);

  const std::unique_ptr<Connector> connector_;
  const Revision until_;
  std::promise<void> caught_up_;
  bool said_so_ = false;
  std::future<StatusOr<SyncReport>> outcome_;
};

}  // namespace daftar
