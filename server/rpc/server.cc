#include "server/rpc/server.h"

#include <grpc/grpc_security_constants.h>
#include <grpc/support/time.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <string>
#include <utility>

#include "storage/access/certificate.h"
#include "storage/access/tls_defaults.h"

namespace daftar {
namespace {

constexpr int kSessionThreads = 2;
// Frames are 2 MiB at most; the rest is room for a schema that grows.
constexpr int kMaxMessageBytes = 4 << 20;
constexpr int kMaxStreamsPerConnection = 32;
constexpr int kMaxHeaderBytes = 8 << 10;
constexpr size_t kMemoryQuota = 256 << 20;
constexpr int kMinPingIntervalMs = 20000;
constexpr char kServiceName[] = "daftar.v1.Sync";

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  builder.SetResourceQuota(grpc::ResourceQuota("daftard").Resize(kMemoryQuota));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxHeaderBytes);
  // Frames are compressed already; and pushes are small, so that a link need not be measured by pings that cost bytes.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  // Two servers must not share a port, each with half of the clients.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

// Whether a commit failed for good, so that no other can be expected to succeed.
bool StorageIsBroken(const Status& status) {
  return status.code() != StatusCode::kResourceExhausted && status.code() != StatusCode::kUnavailable;
}

}  // namespace

RpcServer::RpcServer(SessionHost& host, Dataset* written, Options options)
    : written_(written), options_(std::move(options)), executor_(kSessionThreads), service_(host, executor_) {}

StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(Dataset& dataset, Options options) {
  return Start(dataset, &dataset, std::move(options));
}

StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(SessionHost& host, Options options) {
  return Start(host, nullptr, std::move(options));
}

StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(SessionHost& host, Dataset* written, Options options) {
  DAFTAR_RETURN_IF_ERROR(CheckListenAddress(options.listen));
  std::unique_ptr<RpcServer> server(new RpcServer(host, written, std::move(options)));
  DAFTAR_RETURN_IF_ERROR(server->Listen());
  return server;
}

StatusOr<std::shared_ptr<grpc::ServerCredentials>> RpcServer::Credentials() {
  if (options_.listen.insecure_loopback) return grpc::InsecureServerCredentials();
  DAFTAR_CHECK(options_.key != nullptr);
  DAFTAR_ASSIGN_OR_RETURN(door_,
                          Door::Open(
                              options_.devices_file, [this] { service_.CheckRights(); },
                              [this](const Status& failure) { options_.report("read the list of devices", failure); }));
  service_.SetDoor(*door_);
  DAFTAR_RETURN_IF_ERROR(TightenTlsDefaults());
  DAFTAR_ASSIGN_OR_RETURN(const Certificate shown, CertificateOf(*options_.key));
  // The door looks at the key; there is no authority to ask.
  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
  tls.pem_key_cert_pairs.push_back({shown.private_key, shown.chain});
  return grpc::SslServerCredentials(tls);
}

Status RpcServer::Listen() {
  DAFTAR_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ServerCredentials> credentials, Credentials());
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  SetLimits(builder);
  builder.AddListeningPort(options_.listen.address, credentials, &port_);
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    return FailedPrecondition("cannot listen on " + options_.listen.address +
                              ": another program listens there; choose another port, or stop that program");
  }
  if (written_ != nullptr)
    writer_ = std::make_unique<Writer>(*written_, [this](const Status& status) { OnCommitError(status); });
  server_->GetHealthCheckService()->SetServingStatus(kServiceName, true);
  return OkStatus();
}

RpcServer::~RpcServer() { Shutdown(1000); }

void RpcServer::OnCommitError(const Status& status) {
  options_.report("commit", status);
  if (StorageIsBroken(status)) server_->GetHealthCheckService()->SetServingStatus(false);
}

void RpcServer::Shutdown(int grace_ms) {
  if (server_ == nullptr) return;
  server_->GetHealthCheckService()->SetServingStatus(false);
  service_.GoAway();
  server_->Shutdown(gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(grace_ms, GPR_TIMESPAN)));
  service_.WaitUntilEmpty();
  // While the server still stands: a failure of the last commit is told to its health service.
  writer_.reset();
  server_.reset();
  door_.reset();
}

}  // namespace daftar
