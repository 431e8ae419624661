// What lets neighbours in: a place to listen at, and a session with the host for each who comes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/core/session_host.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar {

// Accepts from the start until it is destroyed, which sends everybody away first.
class Acceptor {
 public:
  virtual ~Acceptor() = default;
  // "127.0.0.1:40123": with the port that was chosen.
  virtual std::string address() const = 0;
};

// Where to listen, and whom to let in.
struct AcceptorPlace {
  std::string listen;
  bool insecure_loopback = false;  // plaintext was asked for, for programs of this machine only
  // Otherwise: the key to show, copied, and the list of devices that are let in (storage/access/devices.h).
  const KeyPair* key = nullptr;
  std::string devices_file;
};

// Begins to accept. FailedPrecondition or InvalidArgument, in words, if it may not listen there. The host outlives it.
using AcceptorFactory = std::function<StatusOr<std::unique_ptr<Acceptor>>(SessionHost& host, AcceptorPlace place)>;

}  // namespace daftar
