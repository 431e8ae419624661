// Edits that a relay carries: they arrive once, whoever brings them, and their maker keeps them until the server's
// state shows them.
#include "tests/unit/tools/relay/relay_fixture.h"

namespace daftar {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class CarriedTest : public RelayFixture {
 protected:
  CarriedTest() {
    EXPECT_TRUE(WithServer(*neighbour).ok());
    FollowServer();
  }

  void WriteAndHandOver(const std::string& notes) {
    Queue(*neighbour, WithNotes(*neighbour, notes));
    const auto report = ByWayOfRelay();
    ASSERT_TRUE(report.ok()) << report.status();
    ASSERT_EQ(report->carried, 1u);
  }
  // The server's last state, with the answers that the relay has by now.
  void MeetServerAgain() {
    Deliver();
    FollowServer();
  }
  uint64_t Kept() { return *relay_station->user().carried().WaitingCount(); }
};

TEST_F(CarriedTest, AnEditStaysInTheOutboxWhileItIsCarried) {
  WriteAndHandOver("by relay");
  EXPECT_EQ(Waiting(*neighbour), 1u);
  EXPECT_THAT(*neighbour->CarriedByRelay(), SizeIs(1));
  EXPECT_EQ(Kept(), 1u);
}

TEST_F(CarriedTest, AnEditArrivesAndItsMakerLearnsIt) {
  WriteAndHandOver("by relay");
  MeetServerAgain();
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->applied, 1u);
  EXPECT_EQ(report->carried, 0u);
  EXPECT_EQ(Waiting(*neighbour), 0u);
  EXPECT_THAT(*neighbour->CarriedByRelay(), IsEmpty());
  EXPECT_EQ(NotesOf(*neighbour), "by relay");
}

TEST_F(CarriedTest, AnEditThatIsAlsoSentDirectlyCountsOnce) {
  const Revision before = ServerHead();
  WriteAndHandOver("twice on its way");
  const auto direct = WithServer(*neighbour);
  ASSERT_TRUE(direct.ok()) << direct.status();
  EXPECT_EQ(direct->applied, 1u);
  Deliver();
  EXPECT_EQ(ServerHead(), before + 1);
  EXPECT_EQ(Kept(), 0u);
}

TEST_F(CarriedTest, AnEditThatTheRelayBroughtFirstIsAnsweredDirectly) {
  const Revision before = ServerHead();
  WriteAndHandOver("by relay");
  Deliver();
  const auto direct = WithServer(*neighbour);
  ASSERT_TRUE(direct.ok()) << direct.status();
  EXPECT_EQ(direct->applied, 1u);
  EXPECT_EQ(Waiting(*neighbour), 0u);
  EXPECT_EQ(ServerHead(), before + 1);
}

TEST_F(CarriedTest, ARelayThatIsRestartedStillDelivers) {
  WriteAndHandOver("through a restart");
  RestartRelay();
  EXPECT_EQ(Kept(), 1u);
  Deliver();
  EXPECT_EQ(Kept(), 0u);
  OthersWrite("after it");
  EXPECT_EQ(ServerHead(), 3u);
}

TEST_F(CarriedTest, ManyEditsArriveInOrder) {
  for (int i = 0; i < 40; ++i) Queue(*neighbour, WithNotes(*neighbour, "edit " + std::to_string(i)));
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->carried, 40u);
  const Revision before = ServerHead();
  MeetServerAgain();
  EXPECT_EQ(ServerHead(), before + 40);
  ASSERT_TRUE(WithServer(*neighbour).ok());
  EXPECT_EQ(Waiting(*neighbour), 0u);
  EXPECT_EQ(NotesOf(*neighbour), "edit 39");
}

TEST_F(CarriedTest, WhatIsCarriedWaitsForAServerThatIsAway) {
  WriteAndHandOver("patience");
  to_server.is_down = true;
  EXPECT_EQ(DeliverCarried(relay_station->user().carried(), to_server).status().code(), StatusCode::kUnavailable);
  EXPECT_EQ(Kept(), 1u);
}

TEST_F(CarriedTest, ARelayThatIsBehindCarriesAllTheSame) {
  OthersWrite("only the neighbour has it");
  ASSERT_TRUE(WithServer(*neighbour).ok());
  WriteAndHandOver("carried by one who is behind");
  Deliver();
  EXPECT_EQ(ServerHead(), 3u);
}

TEST_F(CarriedTest, AnEditWithoutItsPredecessorsIsGivenUpAndSentAgainByItsMaker) {
  Queue(*neighbour, WithNotes(*neighbour, "first"));
  Queue(*neighbour, WithNotes(*neighbour, "second"));
  v1::Mutation second = (*neighbour->Outbox())[1].mutation();
  ASSERT_TRUE(relay_station->user().carried().Take(second).ok());
  const auto delivered = DeliverCarried(relay_station->user().carried(), to_server);
  ASSERT_TRUE(delivered.ok()) << delivered.status();
  EXPECT_EQ(delivered->dropped, 1u);
  ASSERT_TRUE(WithServer(*neighbour).ok());
  EXPECT_EQ(Waiting(*neighbour), 0u);
}

TEST_F(CarriedTest, AFullRelaySaysSoAndKeepsWhatItHas) {
  v1::Mutation large;
  large.set_client(Uuid::FromName("somebody").str());
  large.set_reason(std::string(3 << 20, 'x'));
  Status status;
  for (uint64_t seq = 1; seq < 100 && status.ok(); ++seq) {
    large.set_seq(seq);
    status = relay_station->user().carried().Take(large).status();
  }
  EXPECT_EQ(status.code(), StatusCode::kResourceExhausted);
  EXPECT_EQ(Kept(), 21u);
}

TEST_F(CarriedTest, AnAnswerThatTheStateDoesNotShowLeavesTheEditInTheOutbox) {
  WriteAndHandOver("never delivered");
  to_relay->alter = [](v1::ServerFrame& frame) {
    if (!frame.has_carried()) return;
    const uint64_t seq = frame.carried();
    frame.mutable_push_result()->set_seq(seq);
    frame.mutable_push_result()->set_outcome(v1::PushResult::Outcome::APPLIED);
    frame.mutable_push_result()->set_revision(1);
    frame.mutable_push_result()->set_head(1);
  };
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->applied, 0u);
  EXPECT_EQ(report->carried, 1u);
  EXPECT_EQ(Waiting(*neighbour), 1u);
  ASSERT_TRUE(WithServer(*neighbour).ok());
  EXPECT_EQ(NotesOf(*neighbour), "never delivered");
}

TEST_F(CarriedTest, AConflictComesBackByTheRelay) {
  OthersWrite("theirs");
  WriteAndHandOver("mine");
  MeetServerAgain();
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->conflicts, 1u);
  EXPECT_EQ(Waiting(*neighbour), 0u);
  ASSERT_THAT(*neighbour->Conflicts(), SizeIs(1));
}

TEST_F(CarriedTest, ANeighbourThatStaysLearnsOfItsEditWhenTheRelayDoes) {
  Queue(*neighbour, WithNotes(*neighbour, "live"));
  RunOptions options;
  options.engine.watch = true;
  bool met = false;
  options.on_progress = [&](const SyncReport& report) {
    if (report.carried == 1 && !met) {
      met = true;
      MeetServerAgain();
      host->HeadMoved();
    }
    return report.applied == 0;
  };
  const auto report = ByWayOfRelay(options);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->applied, 1u);
  EXPECT_EQ(Waiting(*neighbour), 0u);
}

}  // namespace
}  // namespace daftar
