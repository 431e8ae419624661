#include "client/sync/engine.h"

#include <gmock/gmock.h>

#include "storage/lmdb/lmdb.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using EngineTest = SyncFixture;

TEST_F(EngineTest, AFirstSyncBringsEverythingAndTheProof) {
  SyncReport report = Sync(*station);
  EXPECT_EQ(report.records, 2u);
  EXPECT_TRUE(report.digest_equal);
  EXPECT_EQ(report.to, 1u);
  EXPECT_EQ(station->SyncState()->last_success_ms(), clock.NowMs());
}

TEST_F(EngineTest, ASecondSyncReceivesOnlyTheProof) {
  Sync(*station);
  received.clear();
  SyncReport report = Sync(*station);
  EXPECT_EQ(report.records, 0u);
  ASSERT_EQ(received.size(), 2u);
  EXPECT_TRUE(received[0].has_welcome());
  EXPECT_TRUE(received[1].has_checkpoint());
}

TEST_F(EngineTest, ThatNothingChangedIsLearntInAFewBytesAndOneRoundTrip) {
  Sync(*station);
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  size_t bytes = 0;
  const auto first = *engine.Start();
  for (const v1::ClientFrame& frame : first) {
    bytes += frame.ByteSizeLong();
    ASSERT_TRUE(session.OnFrame(frame).ok());
  }
  while (auto frame = *session.Next()) {
    bytes += frame->ByteSizeLong();
    EXPECT_TRUE(engine.OnFrame(*frame)->empty()) << "a question back is a second round trip";
  }
  EXPECT_TRUE(engine.settled());
  EXPECT_TRUE(engine.report().digest_equal);
  EXPECT_LE(bytes, 120u);
}

TEST_F(EngineTest, AnEditOfOneFieldReachesALiveReplicaInSixtyBytes) {
  Engine engine(*station, {.watch = true});
  Session session(*dataset, [] {});
  const auto first = *engine.Start();
  for (const v1::ClientFrame& frame : first) ASSERT_TRUE(session.OnFrame(frame).ok());
  while (auto frame = *session.Next()) ASSERT_TRUE(engine.OnFrame(*frame).ok());

  std::unique_ptr<Workstation> other = NewStation("nodira");
  Sync(*other);
  auto edited = std::make_shared<v1::Incident>(Incident(*other).incident());
  edited->set_event_clarity(2);
  Queue(*other, {kIncident, v1::RecordKind::INCIDENT, edited});
  Sync(*other);
  size_t bytes = 0;
  while (auto frame = *session.Next()) {
    bytes += frame->ByteSizeLong();
    ASSERT_TRUE(engine.OnFrame(*frame).ok());
  }
  EXPECT_EQ(Incident(*station).incident().event_clarity(), 2u);
  EXPECT_LE(bytes, 60u) << "with the digest that proves the replica equal";
}

TEST_F(EngineTest, APushLeavesTheOutboxOnlyWhenItsOutcomeIsVisible) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "mine"));
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  auto frames = *engine.Start();
  for (const v1::ClientFrame& frame : frames) ASSERT_TRUE(session.OnFrame(frame).ok());
  ASSERT_TRUE(dataset->CommitPending().ok());
  while (true) {
    v1::ServerFrame frame = **session.Next();
    bool is_checkpoint = frame.has_checkpoint() || frame.delta().has_checkpoint();
    ASSERT_TRUE(engine.OnFrame(frame).ok());
    EXPECT_EQ(station->Outbox()->size(), is_checkpoint ? 0u : 1u);
    EXPECT_EQ(Incident(*station).notes(), "mine") << "it never flickers";
    if (is_checkpoint) break;
  }
  EXPECT_TRUE(engine.settled());
  EXPECT_EQ(engine.report().applied, 1u);
}

TEST_F(EngineTest, AnAnswerLostOnTheWayIsGivenAgain) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "mine"));
  {
    Engine engine(*station, {});
    Session session(*dataset, [] {});
    auto frames = *engine.Start();
    for (const v1::ClientFrame& frame : frames) ASSERT_TRUE(session.OnFrame(frame).ok());
    ASSERT_TRUE(dataset->CommitPending().ok());
  }
  SyncReport report = Sync(*station);
  EXPECT_EQ(report.applied, 1u);
  EXPECT_EQ(dataset->log().Head()->cursor().revision(), 2u);
  EXPECT_TRUE(station->Outbox()->empty());
}

TEST_F(EngineTest, OverlappingEditsOfTwoStationsAreKeptBoth) {
  auto other = NewStation("b");
  Sync(*station);
  Sync(*other);
  Queue(*station, WithNotes(*station, "the first"));
  Queue(*other, WithNotes(*other, "the second"));
  Sync(*station);
  SyncReport report = Sync(*other);
  EXPECT_EQ(report.conflicts, 1u);
  ASSERT_EQ(other->Conflicts()->size(), 1u);
  EXPECT_THAT((*other->Conflicts())[0].conflict().mine(), ::testing::HasSubstr("the second"));
  EXPECT_EQ(Incident(*other).notes(), "the first");
}

TEST_F(EngineTest, ARefusedPushGoesBackToTheDraftsWithItsReason) {
  Sync(*station);
  std::vector<Edit> edits{WithNotes(*station, "mine")};
  v1::Mutation mutation = station->Check(edits, "because")->mutation;
  mutation.mutable_edit(0)->set_kind(v1::RecordKind::ACTOR);  // as a faulty client might send it
  ASSERT_TRUE(station->Queue(mutation).ok());
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  auto frames = *engine.Start();
  for (const v1::ClientFrame& frame : frames) ASSERT_TRUE(session.OnFrame(frame).ok());
  ASSERT_TRUE(dataset->CommitPending().ok());
  for (auto next = session.Next(); next.ok() && *next; next = session.Next()) ASSERT_TRUE(engine.OnFrame(**next).ok());
  EXPECT_EQ(engine.report().denied, 1u);
  EXPECT_TRUE(station->Outbox()->empty());
  ASSERT_EQ(station->Drafts()->size(), 1u);
  EXPECT_GT((*station->Drafts())[0].error_size(), 0);
}

TEST_F(EngineTest, AServerOfAnotherHistoryIsNotFollowed) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "mine"));
  dataset.reset();
  dataset = *Dataset::Create(folder.File("another"), clock, random);
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  auto frames = *engine.Start();
  ASSERT_TRUE(session.OnFrame(frames[0]).ok());
  Status status = engine.OnFrame(**session.Next()).status();
  EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
  ASSERT_TRUE(session.OnFrame(frames[1]).ok());
  EXPECT_EQ(*dataset->CommitPending(), 0u) << "nor does it take pushes";
  EXPECT_EQ(station->Outbox()->size(), 1u);
  EXPECT_EQ(Incident(*station).notes(), "mine");
}

TEST_F(EngineTest, ADamagedRecordIsRepairedByTheNextSyncAlone) {
  Sync(*station);
  DamageRecord(*station, kIncident);
  SyncReport report = Sync(*station);
  EXPECT_EQ(report.repaired, 1u);
  EXPECT_EQ(report.records, 0u);
  EXPECT_TRUE(station->view().Verify(nullptr)->healthy());
}

TEST_F(EngineTest, ASessionThatBreaksBetweenFramesGoesOnFromTheLastDurableOne) {
  Engine engine(*station, {.frame_bytes = 4096});
  std::vector<NewRecord> many;
  for (int i = 0; i < 40; ++i) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    incident.add_name()->set_text(std::string(900, 'x') + std::to_string(i));
    incident.mutable_name(0)->set_key(1);
    many.push_back({Uuid::FromName("many" + std::to_string(i)), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
  }
  Found(many);
  uint64_t deltas = 0;
  for (int session_number = 0; session_number < 30 && !engine.settled(); ++session_number) {
    Session session(*dataset, [] {});
    auto frames = *engine.Start();
    for (const v1::ClientFrame& frame : frames) ASSERT_TRUE(session.OnFrame(frame).ok());
    for (int frame = 0; frame < 3; ++frame) {  // the welcome and at most two more, then the link breaks
      auto next = session.Next();
      if (!*next) break;
      deltas += (**next).has_delta();
      ASSERT_TRUE(engine.OnFrame(**next).ok());
    }
  }
  EXPECT_TRUE(engine.settled());
  EXPECT_GE(deltas, 8u);
  EXPECT_LT(deltas, 14u) << "no frame was sent twice";
}

}  // namespace
}  // namespace daftar
