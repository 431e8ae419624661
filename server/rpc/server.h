// The gRPC server of a dataset, or of what a relay passes on.
#pragma once

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/core/dataset.h"
#include "server/rpc/door.h"
#include "server/rpc/executor.h"
#include "server/rpc/listen_address.h"
#include "server/rpc/sync_service.h"
#include "server/rpc/writer.h"
#include "storage/base/status.h"

namespace daftar {

// Serves from Start until Shutdown. Owns every thread that works on sessions, and the writer of a dataset.
//
// Health (grpc.health.v1.Health) answers for "" and "daftar.v1.Sync": SERVING, and NOT_SERVING from the beginning of a
// shutdown or once the storage has failed; reading goes on in that case.
class RpcServer {
 public:
  struct Options {
    ListenAddress listen;
    // For connections by TLS, which all are unless plaintext was asked for: the key that the server shows (copied), and
    // the list of devices that it lets in (storage/access/devices.h).
    const KeyPair* key = nullptr;
    std::string devices_file;
    // Told what an operator should read: what was being done, and how it failed. Called from any thread.
    std::function<void(std::string_view doing, const Status& failure)> report = [](std::string_view, const Status&) {};
  };

  // FailedPrecondition if it may not listen there (see listen_address.h) or the address is in use; InvalidArgument if
  // the list of devices cannot be read. The dataset or host
  // must outlive the server.
  static StatusOr<std::unique_ptr<RpcServer>> Start(Dataset& dataset, Options options);
  // Whoever is not a dataset commits for itself.
  static StatusOr<std::unique_ptr<RpcServer>> Start(SessionHost& host, Options options);
  // Shuts down with a grace of a second, if nobody has before.
  ~RpcServer();

  // The port that it listens on.
  int port() const { return port_; }
  // In this order: NOT_SERVING; sessions are told and ended; those that do not end in the grace period are cut; what is
  // queued is committed. From one thread, once or more.
  void Shutdown(int grace_ms);

 private:
  RpcServer(SessionHost& host, Dataset* written, Options options);
  static StatusOr<std::unique_ptr<RpcServer>> Start(SessionHost& host, Dataset* written, Options options);
  Status Listen();
  StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials();
  void OnCommitError(const Status& status);

  Dataset* const written_;  // null: a host that commits for itself
  const Options options_;
  Executor executor_;
  SyncService service_;
  std::unique_ptr<Door> door_;  // null: plaintext, or shut down
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Writer> writer_;  // null before the start and after the shutdown, and where nothing is written
};

}  // namespace daftar
