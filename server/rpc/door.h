// Who comes in by TLS: the key that a connection has shown, and what the list of devices lets it do.
#pragma once

#include <grpcpp/security/auth_context.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "server/core/push_policy.h"
#include "storage/access/devices.h"
#include "storage/base/mutex.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar {

// Who holds a session. Without a key: a program of this machine, over plaintext, which may do everything.
struct Guest {
  std::optional<PublicKey> key;
  Right right = Right::kEdit;
  // Whose its pushes are, and whether they are judged.
  Pusher pusher() const;
};

// Asks the list of devices, and reads it anew within two seconds of a change. Thread-safe.
class Door {
 public:
  // `on_change`: rights may be others now; `on_failure`: the list cannot be read, and what it said before holds on.
  // Both are called from the door's own thread, until it is destroyed.
  static StatusOr<std::unique_ptr<Door>> Open(const std::string& devices_file, std::function<void()> on_change,
                                              std::function<void(const Status&)> on_failure);
  ~Door();

  // Whether what is connected there may hold a session. PermissionDenied, with what to do, if not.
  StatusOr<Guest> Admit(const grpc::AuthContext& connection) const;
  // What the list says of a guest now.
  Right RightOf(const PublicKey& key) const { return devices_->RightOf(key); }

 private:
  Door(std::unique_ptr<DeviceList> devices, std::function<void()> on_change,
       std::function<void(const Status&)> on_failure);
  void KeepWatch() DAFTAR_EXCLUDES(mutex_);

  const std::unique_ptr<DeviceList> devices_;
  const std::function<void()> on_change_;
  const std::function<void(const Status&)> on_failure_;
  Mutex mutex_;
  CondVar closing_;
  bool closed_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread watch_;  // last: it uses all of the above
};

}  // namespace daftar
