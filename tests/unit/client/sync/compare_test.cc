// What differs is found without downloading everything: after a restored backup, and where a replica does not add up.
#include <filesystem>

#include "client/sync/user_store.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/view_writer.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

class CompareTest : public SyncFixture {
 protected:
  void FoundMany(int count) {
    std::vector<NewRecord> records;
    for (int i = 0; i < count; ++i) {
      v1::Incident incident;
      incident.add_kind(v1::IncidentKind::CLASH);
      incident.add_name()->set_key(1);
      incident.mutable_name(0)->set_text("clash " + std::to_string(i));
      records.push_back(
          {Uuid::FromName("incident " + std::to_string(i)), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
    }
    Found(records);
  }
  void BackUp() {
    Reopen([this] { std::filesystem::copy(folder.File("server"), folder.File("backup"), kAll); });
  }
  void Restore() {
    Reopen([this] {
      std::filesystem::remove_all(folder.File("server"));
      std::filesystem::copy(folder.File("backup"), folder.File("server"), kAll);
    });
  }
  // Sessions until one ends with nothing left to do; what all of them did is in `report`.
  SyncReport SyncToTheEnd(Workstation& of) {
    Engine engine(of, {});
    for (int tries = 0; tries < 4; ++tries) {
      Session session(*dataset, [] {});
      const Status status = Talk(engine, session);
      if (engine.settled()) break;
      EXPECT_TRUE(status.ok() || status.code() == StatusCode::kDataLoss) << status;
    }
    EXPECT_TRUE(engine.settled());
    EXPECT_EQ((*of.Read())->Head()->digest(), dataset->log().Head()->digest());
    EXPECT_TRUE(of.view().Verify(nullptr)->healthy());
    return engine.report();
  }
  // The server commits an edit of the station, and the link breaks.
  void PushWithoutAnswer(const std::string& notes) {
    Queue(*station, WithNotes(*station, notes));
    Engine engine(*station, {});
    Session session(*dataset, [] {});
    const auto said = engine.Start();
    for (const v1::ClientFrame& frame : *said) ASSERT_TRUE(session.OnFrame(frame).ok());
    ASSERT_TRUE(dataset->CommitPending().ok());
  }
  // The source with another address.
  Edit WithUrl(Workstation& of, const std::string& url) {
    auto view = of.Read();
    auto message = std::make_shared<v1::Source>((**(*view)->Get(kSource)).source());
    message->set_url(url);
    return {kSource, v1::RecordKind::SOURCE, message};
  }
  // Changes a record of the replica behind everybody's back, so that its bytes are sound and not the server's.
  void Tamper(Workstation& of, Rid rid) {
    auto& view = static_cast<LmdbView&>(of.view());
    lmdb::WriteTxn txn = *view.env().BeginWrite();
    ViewWriter writer = *ViewWriter::Begin(view.env(), view.records(), txn);
    v1::Incident notes;
    notes.set_notes("not what the server has");
    const Revision revision = writer.head().checkpoint().cursor().revision();
    ASSERT_TRUE(writer
                    .Apply({rid,
                            revision,
                            false,
                            Uuid(),
                            v1::RecordKind::UNSET,
                            0,
                            {{{32, 0}, revision, notes.SerializeAsString()}}})
                    .ok());
    const v1::Checkpoint head = writer.head().checkpoint();
    ASSERT_TRUE(writer.Finish(head.cursor(), head.server_ms()).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }

 private:
  static constexpr auto kAll = std::filesystem::copy_options::recursive;
  template <typename Work>
  void Reopen(Work work) {
    dataset.reset();
    work();
    dataset = *Dataset::Open(folder.File("server"), clock);
  }
};

TEST_F(CompareTest, ARestoredServerIsFollowedAndWhatItLostBecomesADraftUnderItsAuthorsName) {
  BackUp();
  Sync(*station);
  clock.Advance(1000);
  Queue(*station, WithNotes(*station, "lost with the server"));
  Sync(*station);
  auto other = NewStation("reader");
  Sync(*other);
  Restore();

  EXPECT_EQ(SyncToTheEnd(*other).salvaged, 1u);
  EXPECT_EQ(Incident(*other).notes(), "");
  ASSERT_EQ(other->Drafts()->size(), 1u);
  const v1::Draft draft = (*other->Drafts())[0];
  EXPECT_EQ(draft.mutation().author(), "a") << "not the reader's";
  EXPECT_NE(draft.mutation().reason().find("because"), std::string::npos);
  EXPECT_NE(draft.mutation().SerializeAsString().find("lost with the server"), std::string::npos);
  EXPECT_GT(draft.error_size(), 0);
}

TEST_F(CompareTest, AnEditOnTopOfOneThatIsSentAgainAfterTheRestoreIsNotTakenForOverwritten) {
  BackUp();
  Sync(*station);
  PushWithoutAnswer("committed, and never answered");
  auto other = NewStation("other");
  Sync(*other);
  Queue(*other, WithNotes(*other, "on top of it"));
  Sync(*other);
  Restore();
  clock.Advance(60'000);
  Sync(*station);
  EXPECT_EQ(Incident(*station).notes(), "committed, and never answered");

  SyncToTheEnd(*other);
  ASSERT_EQ(other->Drafts()->size(), 1u);
  EXPECT_NE((*other->Drafts())[0].mutation().SerializeAsString().find("on top of it"), std::string::npos);
}

TEST_F(CompareTest, AnEditIsNotTakenForOverwrittenWhereNothingIsLeftOfWhatTheServerAcceptedInItsPlace) {
  BackUp();
  Sync(*station);
  PushWithoutAnswer("committed, and never answered");
  auto other = NewStation("other");
  Sync(*other);
  Queue(*other, WithNotes(*other, "on top of it"));
  Sync(*other);
  const Revision lost = dataset->log().Head()->cursor().revision();
  Restore();
  clock.Advance(60'000);
  // Of these only the last, above the lost revision, still has a value in the server's state.
  auto third = NewStation("third");
  while (dataset->log().Head()->cursor().revision() <= lost) {
    Sync(*third);
    Queue(*third, WithUrl(*third, "https://example.org/" + std::to_string(clock.NowMs())));
    Sync(*third);
    clock.Advance(1000);
  }
  Sync(*station);
  EXPECT_EQ(Incident(*station).notes(), "committed, and never answered");

  SyncToTheEnd(*other);
  ASSERT_EQ(other->Drafts()->size(), 1u);
  EXPECT_NE((*other->Drafts())[0].mutation().SerializeAsString().find("on top of it"), std::string::npos);
}

TEST_F(CompareTest, AnEditThatWasOverwrittenOnTheRestoredServerByWhoHadSeenItIsNoDraft) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "seen by all"));
  Sync(*station);
  BackUp();
  auto other = NewStation("other");
  Sync(*other);
  v1::Source elsewhere;
  elsewhere.add_name()->set_key(1);
  elsewhere.mutable_name(0)->set_text("a source that is lost");
  Found({{Uuid::FromName("lost"), v1::RecordKind::SOURCE, *CanonicalBody(elsewhere)}});
  Sync(*other);
  Restore();
  clock.Advance(60'000);
  Queue(*station, WithNotes(*station, "and overwritten after the restore"));
  Sync(*station);

  SyncToTheEnd(*other);
  ASSERT_EQ(other->Drafts()->size(), 1u);
  EXPECT_EQ((*other->Drafts())[0].mutation().edit(0).record(), Uuid::FromName("lost").str());
  EXPECT_EQ(Incident(*other).notes(), "and overwritten after the restore");
}

TEST_F(CompareTest, ARecordThatIsDamagedHereKeepsNobodyFromFollowingARestoredServer) {
  BackUp();
  Sync(*station);
  Queue(*station, WithNotes(*station, "lost with the server, and damaged here"));
  Sync(*station);
  Restore();
  DamageRecord(*station, kIncident);
  SyncToTheEnd(*station);
  EXPECT_EQ(Incident(*station).notes(), "");
}

TEST_F(CompareTest, AnEditThatARestoredServerHasIsAnsweredAgainAndNotCommittedTwice) {
  Sync(*station);
  PushWithoutAnswer("committed, and never answered");
  BackUp();
  const Revision kept = dataset->log().Head()->cursor().revision();
  auto other = NewStation("other");
  Sync(*other);
  Queue(*other, WithNotes(*other, "lost with the server"));
  Sync(*other);
  {
    // The station learns of both commits, and not of the answer.
    Engine engine(*station, {});
    Session session(*dataset, [] {});
    const auto said = engine.Start();
    ASSERT_TRUE(session.OnFrame(said->front()).ok());
    while (const std::optional<v1::ServerFrame> frame = *session.Next()) ASSERT_TRUE(engine.OnFrame(*frame).ok());
  }
  Restore();
  SyncToTheEnd(*station);
  EXPECT_EQ(dataset->log().Head()->cursor().revision(), kept);
  EXPECT_TRUE(station->Outbox()->empty());
  EXPECT_EQ(Incident(*station).notes(), "committed, and never answered");
}

TEST_F(CompareTest, WhatWaitedForTheServerStillReachesItAfterItWasRestored) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "first"));
  Sync(*station);
  BackUp();
  auto account = std::make_shared<v1::Incident>(Incident(*station).incident());
  account->set_event_clarity(1);
  Queue(*station, {kIncident, v1::RecordKind::INCIDENT, account});
  Sync(*station);
  Queue(*station, WithNotes(*station, "waits"));
  Restore();
  SyncToTheEnd(*station);
  EXPECT_EQ(Incident(*station).notes(), "waits");
  EXPECT_TRUE(station->Outbox()->empty());
}

TEST_F(CompareTest, APushThatTheServerForgotIsSentAgainThoughItsStateIsKnown) {
  Sync(*station);
  BackUp();
  Queue(*station, WithNotes(*station, "answered, never seen"));
  {
    Engine engine(*station, {});
    Session session(*dataset, [] {});
    auto frames = *engine.Start();
    for (const v1::ClientFrame& frame : frames) ASSERT_TRUE(session.OnFrame(frame).ok());
    ASSERT_TRUE(dataset->CommitPending().ok());
    while (true) {
      const v1::ServerFrame frame = **session.Next();
      ASSERT_TRUE(engine.OnFrame(frame).ok());
      if (frame.has_push_result()) break;
    }
  }
  Restore();
  SyncToTheEnd(*station);
  EXPECT_EQ(Incident(*station).notes(), "answered, never seen");
  EXPECT_TRUE(station->Drafts()->empty());
}

TEST_F(CompareTest, OneRecordThatDiffersAmongTenThousandIsFoundInTwoRoundTripsAndAKilobyteAndAHalf) {
  for (int batch = 0; batch < 1; ++batch) FoundMany(9'000);
  Sync(*station);
  Tamper(*station, 4321);
  auto other = NewStation("b");
  Sync(*other);
  Queue(*other, WithNotes(*other, "news, so that the proof is looked at"));
  Sync(*other);

  Engine engine(*station, {});
  {
    Session session(*dataset, [] {});
    EXPECT_EQ(Talk(engine, session).code(), StatusCode::kDataLoss);
  }
  Session session(*dataset, [] {});
  size_t bytes = 0;
  int round_trips = 0;
  auto frames = *engine.Start();
  while (!engine.settled() && round_trips < 10) {
    ++round_trips;
    for (const v1::ClientFrame& frame : frames) {
      bytes += frame.ByteSizeLong();
      ASSERT_TRUE(session.OnFrame(frame).ok());
    }
    frames.clear();
    while (auto next = *session.Next()) {
      bytes += next->ByteSizeLong();
      auto answers = engine.OnFrame(*next);
      ASSERT_TRUE(answers.ok()) << answers.status();
      frames.insert(frames.end(), answers->begin(), answers->end());
    }
  }
  EXPECT_TRUE(engine.settled());
  EXPECT_EQ(engine.report().repaired, 2u) << "the one that differed, and the news";
  EXPECT_LE(round_trips, 3) << "hello, and two to compare";
  EXPECT_LE(bytes, 1'500u);
  EXPECT_EQ((*station->Read())->Head()->digest(), dataset->log().Head()->digest());
  EXPECT_TRUE(station->view().Verify(nullptr)->healthy());
}

TEST_F(CompareTest, ARecordThatOnlyTheReplicaHasGoesWithEverythingThatWasDerivedFromIt) {
  BackUp();
  Sync(*station);
  FoundMany(3);
  Sync(*station);
  Restore();
  const SyncReport report = SyncToTheEnd(*station);
  EXPECT_EQ(report.removed, 3u);
  EXPECT_FALSE((*(*station->Read())->Get(Uuid::FromName("incident 1"))).has_value());
  EXPECT_EQ((*station->Read())->List(v1::RecordKind::INCIDENT, 10)->size(), 1u);
  EXPECT_TRUE(station->view().CheckTextIndex(clock, nullptr)->healthy());
  ASSERT_EQ(station->Drafts()->size(), 1u) << "one commit was lost";
  EXPECT_EQ((*station->Drafts())[0].mutation().edit_size(), 3);
}

TEST_F(CompareTest, WhatLeavesTheSliceIsNotTakenForLostByARestoredServer) {
  FoundMany(10);
  SyncToTheEnd(*station);
  BackUp();
  Queue(*station, WithNotes(*station, "lost"));
  SyncToTheEnd(*station);
  Restore();
  v1::Scope scope;
  scope.add_tag("nothing has it");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Engine engine(*station, {});
  for (int sessions = 0; sessions < 3; ++sessions) {
    Session session(*dataset, [] {});
    ASSERT_TRUE(Talk(engine, session).ok());
  }
  EXPECT_TRUE(engine.settled());
  EXPECT_EQ((*station->Read())->Head()->records(), 1u);  // the source
  ASSERT_EQ(station->Drafts()->size(), 1u);
  const v1::Draft draft = (*station->Drafts())[0];
  EXPECT_EQ(draft.mutation().edit_size(), 1);
  EXPECT_EQ(draft.mutation().edit(0).part_size(), 1);
}

}  // namespace
}  // namespace daftar
