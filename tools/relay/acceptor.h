// What lets neighbours in: a place to listen at, and a session with the host for each who comes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/core/session_host.h"
#include "storage/base/status.h"

namespace daftar {

// Accepts from the start until it is destroyed, which sends everybody away first.
class Acceptor {
 public:
  virtual ~Acceptor() = default;
  // "127.0.0.1:40123": with the port that was chosen.
  virtual std::string address() const = 0;
};

// Where to listen; `insecure_loopback`: plaintext was asked for, for programs of this machine only.
struct AcceptorPlace {
  std::string listen;
  bool insecure_loopback = false;
};

// Begins to accept. FailedPrecondition or InvalidArgument, in words, if it may not listen there. The host outlives it.
using AcceptorFactory = std::function<StatusOr<std::unique_ptr<Acceptor>>(SessionHost& host, AcceptorPlace place)>;

}  // namespace daftar
