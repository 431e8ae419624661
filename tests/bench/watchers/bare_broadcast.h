// The least that a server of streams can do: whatever one client says, all are sent.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <ostream>

namespace daftar::bench {

inline constexpr char kBareMethod[] = "/bare/Broadcast";

// Serves, with those credentials, on a free port of loopback, which it prints as "listening on HOST:PORT", until the
// process is killed. The first message of a stream comes back to it alone; every later one goes to all streams, to that
// one too.
[[noreturn]] void ServeBareBroadcast(const std::shared_ptr<grpc::ServerCredentials>& credentials, std::ostream& out);

}  // namespace daftar::bench
