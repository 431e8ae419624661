// What a session refuses, and what a dataset promises to those who push.
#include "server/core/session.h"

#include <gtest/gtest.h>

#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

class ServerSessionTest : public SyncFixture {
 protected:
  v1::ClientFrame Hello() {
    v1::ClientFrame frame;
    frame.mutable_hello()->set_protocol(kProtocol);
    frame.mutable_hello()->set_client(Uuid::FromName("client").str());
    return frame;
  }
  v1::ClientFrame PushOf(const std::string& client) {
    v1::ClientFrame frame;
    frame.mutable_push()->set_client(Uuid::FromName(client).str());
    frame.mutable_push()->set_seq(1);
    return frame;
  }
  Session session{*dataset, [this] { ++wakes; }};
  int wakes = 0;
};

TEST_F(ServerSessionTest, SaysNothingBeforeTheHello) { EXPECT_FALSE(session.Next()->has_value()); }

TEST_F(ServerSessionTest, RefusesAHelloWithoutAClient) {
  v1::ClientFrame hello = Hello();
  hello.mutable_hello()->set_client("short");
  EXPECT_EQ(session.OnFrame(hello).code(), StatusCode::kInvalidArgument);
}

TEST_F(ServerSessionTest, RefusesASecondHello) {
  ASSERT_TRUE(session.OnFrame(Hello()).ok());
  EXPECT_FALSE(session.OnFrame(Hello()).ok());
}

TEST_F(ServerSessionTest, TellsAClientOfAnotherProtocolToUpgrade) {
  v1::ClientFrame hello = Hello();
  hello.mutable_hello()->set_protocol(kProtocol + 1);
  ASSERT_TRUE(session.OnFrame(hello).ok());
  EXPECT_EQ((**session.Next()).welcome().action(), v1::Welcome::Action::UPGRADE);
  EXPECT_FALSE(session.Next()->has_value());
}

TEST_F(ServerSessionTest, RefusesAPushBeforeTheHelloAndInAnothersName) {
  EXPECT_EQ(session.OnFrame(PushOf("client")).code(), StatusCode::kFailedPrecondition);
  ASSERT_TRUE(session.OnFrame(Hello()).ok());
  EXPECT_EQ(session.OnFrame(PushOf("somebody else")).code(), StatusCode::kInvalidArgument);
}

TEST_F(ServerSessionTest, RefusesToRepairMoreThanIsSane) {
  v1::ClientFrame hello = Hello();
  for (uint32_t rid = 0; rid < 10'001; ++rid) hello.mutable_hello()->add_repair(rid);
  EXPECT_FALSE(session.OnFrame(hello).ok());
}

TEST_F(ServerSessionTest, WakesWhenTheHeadMovesAndSendsOnlyWhatIsNew) {
  ASSERT_TRUE(session.OnFrame(Hello()).ok());
  while (session.Next()->has_value()) {
  }
  EXPECT_TRUE(session.idle());
  int before = wakes;
  Sync(*station);
  Queue(*station, WithNotes(*station, "news"));
  Sync(*station);
  EXPECT_GT(wakes, before);
  v1::ServerFrame delta = **session.Next();
  ASSERT_TRUE(delta.has_delta());
  EXPECT_EQ(DecodeFrame(delta.delta())->changes.size(), 1u);
  EXPECT_TRUE(delta.delta().has_checkpoint());
  EXPECT_FALSE(session.Next()->has_value());
}

TEST_F(ServerSessionTest, ASlowClientIsSentWhatIsLatestAndNotEveryStep) {
  ASSERT_TRUE(session.OnFrame(Hello()).ok());
  while (session.Next()->has_value()) {
  }
  for (int i = 0; i < 5; ++i) {
    Sync(*station);
    Queue(*station, WithNotes(*station, "step " + std::to_string(i)));
    Sync(*station);
  }
  v1::ServerFrame delta = **session.Next();
  ChangeSet set = *DecodeFrame(delta.delta());
  ASSERT_EQ(set.changes.size(), 1u);
  EXPECT_NE(set.changes[0].parts[0].value.find("step 4"), std::string::npos);
}

TEST_F(ServerSessionTest, AllWhoWatchAreSentTheSameAndGoOnFromIt) {
  Session other{*dataset, [] {}};
  for (Session* const watcher : {&session, &other}) {
    ASSERT_TRUE(watcher->OnFrame(Hello()).ok());
    while (watcher->Next()->has_value()) {
    }
  }
  Sync(*station);
  for (const char* const news : {"first", "second"}) {
    Queue(*station, WithNotes(*station, news));
    Sync(*station);
    const v1::ServerFrame sent = **session.Next();
    ASSERT_TRUE(sent.delta().has_checkpoint());
    EXPECT_EQ((**other.Next()).SerializeAsString(), sent.SerializeAsString());
    EXPECT_FALSE(session.Next()->has_value());
    EXPECT_FALSE(other.Next()->has_value());
  }
}

TEST_F(ServerSessionTest, WhoWantsSignaturesIsNotSentWhatOthersAre) {
  Session signing{*dataset, [] {}};
  v1::ClientFrame hello = Hello();
  hello.mutable_hello()->set_sign(true);
  ASSERT_TRUE(session.OnFrame(Hello()).ok());
  ASSERT_TRUE(signing.OnFrame(hello).ok());
  for (Session* const watcher : {&session, &signing}) {
    while (watcher->Next()->has_value()) {
    }
  }
  Sync(*station);
  Queue(*station, WithNotes(*station, "news"));
  Sync(*station);
  EXPECT_TRUE((**session.Next()).delta().checkpoint().signature().empty());
  EXPECT_FALSE((**signing.Next()).delta().checkpoint().signature().empty());
}

TEST_F(ServerSessionTest, AnswersAPing) {
  v1::ClientFrame ping;
  ping.set_ping(42);
  ASSERT_TRUE(session.OnFrame(ping).ok());
  EXPECT_EQ((**session.Next()).pong(), 42u);
}

TEST_F(ServerSessionTest, AnAnswerThatComesAfterTheSessionIsGoneHurtsNobody) {
  auto gone = std::make_unique<Session>(*dataset, [] {});
  ASSERT_TRUE(gone->OnFrame(Hello()).ok());
  ASSERT_TRUE(gone->OnFrame(PushOf("client")).ok());
  gone.reset();
  EXPECT_EQ(*dataset->CommitPending(), 1u);
  EXPECT_EQ(*dataset->log().LastSeq(Uuid::FromName("client").str()), 1u);
}

TEST_F(ServerSessionTest, AQueueThatIsFullRefusesMore) {
  Status status;
  int taken = 0;
  while (status.ok() && taken < 5000) {
    status = dataset->Submit(v1::Mutation(), [](StatusOr<v1::PushResult>) {});
    taken += status.ok();
  }
  EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
  EXPECT_EQ(taken, 1024);
}

}  // namespace
}  // namespace daftar
