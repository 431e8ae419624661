#include "client/transport/grpc_connector.h"

#include <grpcpp/create_channel_posix.h>
#include <grpcpp/support/channel_arguments.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "client/sync/server_address.h"
#include "client/transport/dial.h"
#include "client/transport/grpc_link.h"
#include "client/transport/tls_client.h"
#include "storage/base/clock.h"
#include "storage/base/status.h"

namespace daftar {
namespace {

// Frames are 2 MiB at most; the rest is room for a schema that grows.
constexpr int kMaxMessageBytes = 4 << 20;
constexpr int kWindowBytes = 2 << 20;

grpc::ChannelArguments ArgumentsFor(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  arguments.SetString(GRPC_ARG_DEFAULT_AUTHORITY, address);
  // Frames are compressed already.
  arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  // A window that is as wide as a link may need from the start, instead of pings that measure the link, which cost
  // bytes.
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kWindowBytes);
  // The server takes a ping every 20 s at most.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20000);
  return arguments;
}

// A connection for each link: a session is resumed by its cursor, never replayed by the library.
class GrpcConnector final : public Connector {
 public:
  GrpcConnector(std::string address, std::optional<KeyPair> own) : address_(std::move(address)), own_(std::move(own)) {}

  StatusOr<std::unique_ptr<Link>> Connect(int timeout_ms) override {
    const SystemClock clock;
    const int64_t deadline = clock.MonotonicMs() + timeout_ms;
    DAFTAR_ASSIGN_OR_RETURN(const ServerAddress server, ReadServerAddress(address_));
    StatusOr<int> fd = Dial(server.host, server.port, timeout_ms);
    if (!fd.ok()) {
      return Unavailable("no server answers at " + server.where + " (" + std::string(fd.status().message()) +
                         "); reading goes on with what is here. Check the address, or start daftard");
    }
    std::unique_ptr<TlsTunnel> tunnel;
    if (server.key) {
      const int left = static_cast<int>(std::max<int64_t>(deadline - clock.MonotonicMs(), 1));
      DAFTAR_ASSIGN_OR_RETURN(tunnel, Secure(*fd, server, left));
      fd = tunnel->TakePlainEnd();
    }
    return OpenGrpcLink(grpc::CreateCustomInsecureChannelFromFd(server.where, *fd, ArgumentsFor(server.where)),
                        server.where, std::move(tunnel));
  }

 private:
  StatusOr<std::unique_ptr<TlsTunnel>> Secure(int fd, const ServerAddress& server, int timeout_ms) {
    if (tls_ == nullptr) {
      StatusOr<std::unique_ptr<TlsClient>> made =
          own_ ? TlsClient::Make(*own_, *server.key)
               : FailedPrecondition("a connection by TLS needs this workstation's own key");
      if (!made.ok()) {
        close(fd);
        return made.status();
      }
      tls_ = *std::move(made);
    }
    StatusOr<std::unique_ptr<TlsTunnel>> tunnel = tls_->Secure(fd, timeout_ms);
    if (tunnel.ok()) return tunnel;
    return MakeStatus(tunnel.status().code(), "no secure connection to " + server.where + ": " +
                                                  std::string(tunnel.status().message()) +
                                                  ". Nothing was sent; reading goes on with what is here");
  }

  const std::string address_;
  const std::optional<KeyPair> own_;
  std::unique_ptr<TlsClient> tls_;  // once there was a connection by TLS
};

}  // namespace

std::unique_ptr<Connector> MakeGrpcConnector(std::string address, std::optional<KeyPair> own) {
  return std::make_unique<GrpcConnector>(std::move(address), std::move(own));
}

}  // namespace daftar
