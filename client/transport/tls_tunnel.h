// One TLS connection as a plain descriptor: what is written to it goes out encrypted, what comes is read from it.
#pragma once

#include <memory>
#include <thread>

#include "storage/base/status.h"

struct ssl_st;  // OpenSSL's SSL

namespace daftar {

// A thread of its own moves the bytes, at most 64 KiB each way ahead of who takes them; so either side's slowness is
// felt by the other.
class TlsTunnel {
 public:
  // Takes a connection whose handshake is done, and the descriptor under it, which must not block. ResourceExhausted if
  // the system gives no descriptors.
  static StatusOr<std::unique_ptr<TlsTunnel>> Open(std::unique_ptr<ssl_st, void (*)(ssl_st*)> connection, int fd);
  // Sends what was written before, for half a second at most, and ends the connection.
  ~TlsTunnel();

  // The plain end: a stream socket, for the caller to use and to close. Closing it ends the connection in good order
  // once what was written has been sent. Called once.
  int TakePlainEnd();

 private:
  TlsTunnel() = default;

  int plain_ = -1;  // the caller's end, until it is taken
  int wake_ = -1;   // an eventfd: the tunnel is to end
  std::thread thread_;
};

}  // namespace daftar
