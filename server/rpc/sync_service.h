// The Sync service: one SessionCall for each session.
#pragma once

#include <grpcpp/server_context.h>

#include <map>
#include <memory>
#include <vector>

#include "daftar/v1/sync.grpc.pb.h"
#include "server/core/session_host.h"
#include "server/rpc/door.h"
#include "server/rpc/executor.h"
#include "server/rpc/session_call.h"
#include "storage/base/mutex.h"

namespace daftar {

// Untyped, so that frames are weighed before they are parsed. Thread-safe. The host and the executor outlive it; it
// outlives the gRPC server that it is registered with.
class SyncService final : public v1::Sync::WithRawCallbackMethod_Session<v1::Sync::Service> {
 public:
  SyncService(SessionHost& host, Executor& executor) : host_(host), executor_(executor) {}

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* Session(grpc::CallbackServerContext* context) override
      DAFTAR_EXCLUDES(mutex_);

  // Lets in whom the door lets in; without one, everybody. Before the service is registered; the door outlives the gRPC
  // server.
  void SetDoor(const Door& door) { door_ = &door; }
  // Ends the sessions of those who have other rights than when they came.
  void CheckRights() DAFTAR_EXCLUDES(mutex_);

  // Sends all sessions away, and those that still come.
  void GoAway() DAFTAR_EXCLUDES(mutex_);
  // Waits until no session is left.
  void WaitUntilEmpty() DAFTAR_EXCLUDES(mutex_);

 private:
  std::vector<std::shared_ptr<SessionCall>> Calls() DAFTAR_REQUIRES(mutex_);
  void Forget(SessionCall* call) DAFTAR_EXCLUDES(mutex_);

  SessionHost& host_;
  Executor& executor_;
  const Door* door_ = nullptr;

  Mutex mutex_;
  CondVar empty_;
  std::map<SessionCall*, std::weak_ptr<SessionCall>> calls_ DAFTAR_GUARDED_BY(mutex_);
  bool going_away_ DAFTAR_GUARDED_BY(mutex_) = false;
};

}  // namespace daftar
