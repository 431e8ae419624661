#include "client/transport/grpc_connector.h"

#include <grpcpp/create_channel_posix.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

#include "client/transport/dial.h"
#include "client/transport/grpc_link.h"
#include "client/transport/loopback.h"
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
  explicit GrpcConnector(std::string address) : address_(std::move(address)) {}

  StatusOr<std::unique_ptr<Link>> Connect(int timeout_ms) override {
    DAFTAR_ASSIGN_OR_RETURN(const HostAndPort server, ReadPlaintextAddress(address_));
    const StatusOr<int> fd = Dial(server.host, server.port, timeout_ms);
    if (!fd.ok()) {
      return Unavailable("no server answers at " + address_ + " (" + std::string(fd.status().message()) +
                         "); reading goes on with what is here. Check the address, or start daftard");
    }
    return OpenGrpcLink(grpc::CreateCustomInsecureChannelFromFd(address_, *fd, ArgumentsFor(address_)), address_);
  }

 private:
  const std::string address_;
};

}  // namespace

std::unique_ptr<Connector> MakeGrpcConnector(std::string address) {
  return std::make_unique<GrpcConnector>(std::move(address));
}

}  // namespace daftar
