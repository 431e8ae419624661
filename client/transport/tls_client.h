// The workstation's end of TLS 1.3: shows the workstation's key, and takes no other server than the one whose key it
// was given.
//
// Done here rather than by gRPC, which would wait for the server's first word after the handshake before it says any:
// on a satellite link every session would take another 0.6 seconds.
#pragma once

#include <memory>
#include <string>

#include "client/transport/tls_tunnel.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace daftar {

// For one server. From one thread at a time; tunnels may outlive it. Each connection has a whole handshake: a ticket
// for a shorter one next time is as long as the two certificates.
class TlsClient {
 public:
  static StatusOr<std::unique_ptr<TlsClient>> Make(const KeyPair& own, const PublicKey& server);
  ~TlsClient();

  // Takes a connected descriptor and does the handshake. Unavailable, with the reason, if the other end does not answer
  // in time or ends the connection; FailedPrecondition if it does not speak TLS; PermissionDenied if it shows another
  // key. Nothing of ours but the handshake has been sent then.
  StatusOr<std::unique_ptr<TlsTunnel>> Secure(int fd, int timeout_ms);

 private:
  TlsClient(ssl_ctx_st* context, const PublicKey& server) : context_(context), server_(server) {}

  ssl_ctx_st* const context_;
  const PublicKey server_;
};

}  // namespace daftar
