// Whole sessions between real workstations and a real server over the loopback network.
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <atomic>
#include <thread>

#include "daftar/v1/sync.grpc.pb.h"
#include "tests/integration/health_watch.h"
#include "tests/integration/session_fixture.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;

v1::ClientFrame HelloFrom(const Workstation& station) {
  v1::ClientFrame frame;
  frame.mutable_hello()->set_protocol(kProtocol);
  frame.mutable_hello()->set_client(station.SyncState()->client());
  frame.mutable_hello()->set_watch(true);
  return frame;
}

TEST_F(SessionTest, FirstSyncBringsTheWholeDataset) {
  const auto station = NewStation("reader");
  const StatusOr<SyncReport> report = Sync(*station);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->records, dataset().log().Head()->records());
}

TEST_F(SessionTest, AReplicaEqualsTheServerAfterASync) {
  const auto station = NewStation("reader");
  ASSERT_TRUE(Sync(*station).ok());
  EXPECT_EQ((*station->Read())->Head()->digest(), dataset().log().Head()->digest());
}

TEST_F(SessionTest, AReplicaThatIsUpToDateReceivesNoRecord) {
  const auto station = NewStation("reader");
  ASSERT_TRUE(Sync(*station).ok());
  const StatusOr<SyncReport> second = Sync(*station);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->records, 0u);
}

TEST_F(SessionTest, APushIsAnsweredAndLeavesTheOutbox) {
  const auto station = NewStation("editor");
  ASSERT_TRUE(Sync(*station).ok());
  WriteNotes(*station, "a ford in summer");
  const StatusOr<SyncReport> report = Sync(*station);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->applied, 1u);
  EXPECT_TRUE(station->Outbox()->empty());
}

TEST_F(SessionTest, AFollowerSeesWhatAnotherPushes) {
  const auto editor = NewStation("editor"), reader = NewStation("reader");
  ASSERT_TRUE(Sync(*editor).ok());
  Follower follower(*reader, ConnectorOf(*reader), 2);
  follower.WaitUntilCaughtUp();
  WriteNotes(*editor, "a ford in summer");
  ASSERT_TRUE(Sync(*editor).ok());
  const StatusOr<SyncReport> report = follower.Outcome();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(ReadNotes(*reader), "a ford in summer");
}

TEST_F(SessionTest, AFollowerIsToldThatTheServerStops) {
  const auto reader = NewStation("reader");
  Follower follower(*reader, ConnectorOf(*reader), 2);
  follower.WaitUntilCaughtUp();
  StopServer();
  const Status status = follower.Outcome().status();
  EXPECT_THAT(status, HasCode(StatusCode::kUnavailable));
  EXPECT_THAT(Message(status), HasSubstr("the server is stopping"));
}

TEST_F(SessionTest, TheSameConnectorReachesAServerThatCameBack) {
  const auto station = NewStation("reader");
  const std::unique_ptr<Connector> connector = MakeGrpcConnector(address());
  ASSERT_TRUE(RunSync(*station, *connector, {}).ok());
  StopServer();
  StartServer();
  const StatusOr<SyncReport> report = RunSync(*station, *connector, {});
  EXPECT_TRUE(report.ok()) << report.status();
}

TEST_F(SessionTest, AnEditMadeWhileTheServerIsAwayArrivesLater) {
  const auto station = NewStation("editor");
  ASSERT_TRUE(Sync(*station).ok());
  StopServer();
  WriteNotes(*station, "a ford in summer");
  StartServer();
  const StatusOr<SyncReport> report = Sync(*station);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->applied, 1u);
}

TEST_F(SessionTest, NoServerIsSaidWithinTenSeconds) {
  const auto station = NewStation("reader");
  StopServer();
  const int64_t begun = clock_.MonotonicMs();
  const Status status = Sync(*station).status();
  EXPECT_THAT(status, HasCode(StatusCode::kUnavailable));
  EXPECT_THAT(Message(status), HasSubstr("no server answers at " + address()));
  EXPECT_LT(clock_.MonotonicMs() - begun, 10'000);
}

TEST_F(SessionTest, AClientThatReadsNothingDoesNotHoldUpAShutdown) {
  const auto station = NewStation("sleeper");
  const auto stub = v1::Sync::NewStub(grpc::CreateChannel(address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto stream = stub->Session(&context);
  ASSERT_TRUE(stream->Write(HelloFrom(*station)));
  const int64_t begun = clock_.MonotonicMs();
  server().Shutdown(1000);
  EXPECT_LT(clock_.MonotonicMs() - begun, 5000);
  context.TryCancel();
  stream->Finish();
}

TEST_F(SessionTest, AClientThatHasFinishedIsSentTheRestAndOk) {
  const auto station = NewStation("reader");
  const auto stub = v1::Sync::NewStub(grpc::CreateChannel(address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  const auto stream = stub->Session(&context);
  ASSERT_TRUE(stream->Write(HelloFrom(*station)));
  stream->WritesDone();
  v1::ServerFrame frame, last;
  while (stream->Read(&frame)) last = frame;
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_TRUE(last.has_checkpoint() || last.delta().has_checkpoint()) << last.ShortDebugString();
}

TEST_F(SessionTest, SessionsMayBreakAtAnyMomentWhileOthersPush) {
  const auto editor = NewStation("editor"), passer_by = NewStation("passer-by");
  ASSERT_TRUE(Sync(*editor).ok());
  const v1::ClientFrame hello = HelloFrom(*passer_by);
  std::atomic<bool> stop = false;
  std::thread passing([&] {
    const std::unique_ptr<Connector> connector = MakeGrpcConnector(address());
    for (int i = 0; !stop; ++i) {
      auto link = connector->Connect(5000);
      if (!link.ok() || !(*link)->Send(hello).ok()) continue;
      // Gone before the first answer, or in the midst of them.
      for (int frames = i % 3; frames > 0; --frames) (void)(*link)->Receive(1000);
    }
  });
  for (int i = 0; i < 20; ++i) {
    WriteNotes(*editor, "ford " + std::to_string(i));
    const auto report = Sync(*editor);
    EXPECT_TRUE(report.ok()) << report.status();
  }
  stop = true;
  passing.join();
  EXPECT_EQ(dataset().log().Head()->cursor().revision(), 21u);
}

TEST_F(SessionTest, HealthIsServingWhileTheServerStands) {
  HealthWatch all(address(), ""), sync(address(), "daftar.v1.Sync");
  EXPECT_EQ(all.Next(), HealthWatch::Answer::kServing);
  EXPECT_EQ(sync.Next(), HealthWatch::Answer::kServing);
}

TEST_F(SessionTest, HealthIsNotServingFromTheBeginningOfAShutdown) {
  auto watch = std::make_unique<HealthWatch>(address(), "daftar.v1.Sync");
  ASSERT_EQ(watch->Next(), HealthWatch::Answer::kServing);
  std::thread stopping([this] { server().Shutdown(5000); });
  EXPECT_EQ(watch->Next(), HealthWatch::Answer::kNotServing);
  watch.reset();
  stopping.join();
}

TEST(GrpcConnector, RefusesServersBeyondThisMachine) {
  for (const char* address : {"192.0.2.1:7700", "example.org:7700", "[2001:db8::1]:7700", "128.0.0.1:7700"}) {
    EXPECT_THAT(MakeGrpcConnector(address)->Connect(1000).status(), HasCode(StatusCode::kFailedPrecondition))
        << address;
  }
}

TEST(GrpcConnector, RefusesWhatIsNoAddress) {
  for (const char* address :
       {"", "localhost", "127.0.0.1:", ":7700", "127.0.0.1:port", "::1:7700", "localhost:99999"}) {
    EXPECT_THAT(MakeGrpcConnector(address)->Connect(1000).status(), HasCode(StatusCode::kInvalidArgument)) << address;
  }
}

}  // namespace
}  // namespace daftar
