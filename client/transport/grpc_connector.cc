#include "client/transport/grpc_connector.h"

#include <grpc/support/time.h>
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>

#include "client/transport/grpc_link.h"
#include "client/transport/loopback.h"
#include "storage/base/status.h"

namespace daftar {
namespace {

// Frames are 2 MiB at most; the rest is room for a schema that grows.
constexpr int kMaxMessageBytes = 4 << 20;

grpc::ChannelArguments Arguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 250);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  // The server takes a ping every 20 s at most.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20000);
  // A session is resumed by its cursor, never replayed by the library; and no proxy stands before loopback.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  return arguments;
}

class GrpcConnector final : public Connector {
 public:
  explicit GrpcConnector(std::string address) : address_(std::move(address)) {}

  StatusOr<std::unique_ptr<Link>> Connect(int timeout_ms) override {
    if (channel_ == nullptr) {
      DAFTAR_RETURN_IF_ERROR(CheckPlaintextAddress(address_));
      channel_ = grpc::CreateCustomChannel("dns:///" + address_, grpc::InsecureChannelCredentials(), Arguments());
    }
    const gpr_timespec deadline =
        gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(timeout_ms, GPR_TIMESPAN));
    grpc_connectivity_state state = channel_->GetState(/*try_to_connect=*/true);
    while (state != GRPC_CHANNEL_READY && state != GRPC_CHANNEL_TRANSIENT_FAILURE &&
           channel_->WaitForStateChange(state, deadline)) {
      state = channel_->GetState(/*try_to_connect=*/true);
    }
    if (state != GRPC_CHANNEL_READY) {
      channel_.reset();  // the next try begins at once, without the library's pause
      return Unavailable("no server answers at " + address_ +
                         "; reading goes on with what is here. Check the address, or start daftard");
    }
    return OpenGrpcLink(channel_, address_);
  }

 private:
  const std::string address_;
  std::shared_ptr<grpc::Channel> channel_;  // shared with the links, which use it
};

}  // namespace

std::unique_ptr<Connector> MakeGrpcConnector(std::string address) {
  return std::make_unique<GrpcConnector>(std::move(address));
}

}  // namespace daftar
