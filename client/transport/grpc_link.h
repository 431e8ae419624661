// One session over a gRPC stream, as the engine's Link.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "client/sync/link.h"
#include "client/transport/tls_tunnel.h"

namespace daftar {

// Starts a session on a channel that is connected. One thread of the link's own reads frames ahead, four at most; then
// the stream waits, and with it the server. The destructor ends the session and waits for that thread.
// `tunnel`: what the channel goes through; it is closed after the channel.
std::unique_ptr<Link> OpenGrpcLink(std::shared_ptr<grpc::Channel> channel, std::string address,
                                   std::unique_ptr<TlsTunnel> tunnel = nullptr);

}  // namespace daftar
