// The client's link to a server that does what servers do not do, and the server's answer to a client that does.
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include "client/transport/grpc_connector.h"
#include "daftar/v1/sync.grpc.pb.h"
#include "tests/integration/session_fixture.h"

namespace daftar {
namespace {

constexpr int kWaitMs = 10'000;
constexpr int kManyMessages = 500'000;  // empty ones: a megabyte on the wire, and thirty in memory

// Writes frames, whatever the client says, and ends the session.
class ScriptedServer final : public v1::Sync::Service {
 public:
  explicit ScriptedServer(std::vector<v1::ServerFrame> frames) : frames_(std::move(frames)) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~ScriptedServer() override { server_->Shutdown(); }

  std::unique_ptr<Link> Connect() const { return *MakeGrpcConnector(address_)->Connect(kWaitMs); }

 private:
  grpc::Status Session(grpc::ServerContext*,
                       grpc::ServerReaderWriter<v1::ServerFrame, v1::ClientFrame>* stream) override {
    for (const v1::ServerFrame& frame : frames_) stream->Write(frame);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "it ends here");
  }

  const std::vector<v1::ServerFrame> frames_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

v1::ServerFrame Pong(uint64_t number) {
  v1::ServerFrame frame;
  frame.set_pong(number);
  return frame;
}

constexpr uint64_t kMany = 200;  // frames, more than are read ahead

TEST(LinkTest, ASendAfterTheEndFailsThoughMoreFramesAreUnreadThanALinkReadsAhead) {
  std::vector<v1::ServerFrame> frames;
  for (uint64_t i = 0; i < kMany; ++i) frames.push_back(Pong(i));
  const ScriptedServer server(frames);
  const std::unique_ptr<Link> link = server.Connect();
  v1::ClientFrame ping;
  ping.set_ping(1);
  Status sent;
  while (sent.ok()) sent = link->Send(ping);
  EXPECT_THAT(sent, HasCode(StatusCode::kUnavailable));
  for (uint64_t i = 0; i < kMany; ++i) EXPECT_EQ(link->Receive(kWaitMs)->frame.pong(), i);
  EXPECT_THAT(link->Receive(kWaitMs).status(), HasCode(StatusCode::kUnavailable));
}

TEST(LinkTest, AFrameThatWouldTakeTooMuchMemoryEndsTheSessionBehindThoseBeforeIt) {
  v1::ServerFrame large;
  for (int i = 0; i < kManyMessages; ++i) large.mutable_push_result()->add_error();
  const ScriptedServer server({Pong(1), large});
  const std::unique_ptr<Link> link = server.Connect();
  EXPECT_EQ(link->Receive(kWaitMs)->frame.pong(), 1u);
  EXPECT_THAT(link->Receive(kWaitMs).status(), HasCode(StatusCode::kInvalidArgument));
}

TEST_F(SessionTest, AClientsFrameThatWouldTakeTooMuchMemoryEndsItsSessionAlone) {
  v1::ClientFrame large;
  for (int i = 0; i < kManyMessages; ++i) large.mutable_push()->add_edit();
  const auto stub = v1::Sync::NewStub(grpc::CreateChannel(address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto stream = stub->Session(&context);
  stream->Write(large);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(Sync(*NewStation("another")).ok());
}

}  // namespace
}  // namespace daftar
