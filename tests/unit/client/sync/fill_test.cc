// A replica that has nothing is filled from chunks, whatever happens on the way.
#include <gmock/gmock.h>

#include <filesystem>
#include <functional>

#include "client/sync/user_store.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::testing::IsEmpty;

class FillTest : public SyncFixture {
 protected:
  FillTest() {
    // A cell holds 4,096 rids: these are three, of which the last has most of the incidents.
    for (int batch = 0; batch < 5; ++batch) {
      std::vector<NewRecord> records;
      for (int i = 0; i < 2000; ++i) {
        v1::Incident incident;
        incident.add_kind(v1::IncidentKind::CLASH);
        incident.add_name()->set_key(1);
        incident.mutable_name(0)->set_text("clash " + std::to_string(batch * 2000 + i));
        records.push_back({Uuid::FromName("incident " + std::to_string(batch * 2000 + i)), v1::RecordKind::INCIDENT,
                           *CanonicalBody(incident)});
      }
      Found(records);
    }
    Refresh();
  }

  void Refresh() {
    const auto cut = dataset->snapshots().Refresh(dataset->view(), clock, 1, nullptr);
    ASSERT_TRUE(cut.ok()) << cut.status();
    cut_ = *cut;
  }
  uint64_t Pieces() const {
    return static_cast<uint64_t>(std::count_if(received.begin(), received.end(),
                                               [](const v1::ServerFrame& frame) { return frame.has_piece(); }));
  }
  void ExpectEqual(Workstation& of) {
    EXPECT_EQ((*of.Read())->Head()->digest(), dataset->log().Head()->digest());
    EXPECT_EQ((*of.Read())->Head()->records(), dataset->log().Head()->records());
    EXPECT_TRUE(of.view().Verify(nullptr)->healthy());
  }
  // A session that is cut behind the frame that is the last one wanted.
  void TalkUntil(const std::function<bool(const v1::ServerFrame&)>& last) {
    Engine engine(*station, {});
    Session session(*dataset, [] {});
    auto said = engine.Start();
    for (bool over = false; !over;) {
      ASSERT_TRUE(said.ok()) << said.status();
      for (const v1::ClientFrame& frame : *said) ASSERT_TRUE(session.OnFrame(frame).ok());
      const auto heard = *session.Next();
      ASSERT_TRUE(heard.has_value());
      said = engine.OnFrame(*heard);
      over = last(*heard);
    }
  }
  size_t cut_ = 0;
};

TEST_F(FillTest, AReplicaThatHasNothingIsFilledFromChunksAndIsEqualThen) {
  EXPECT_EQ(cut_, 3u);
  Sync(*station);
  EXPECT_GE(Pieces(), 3u);
  ExpectEqual(*station);
  EXPECT_FALSE(station->view().fill().State()->has_value());
}

TEST_F(FillTest, WhatChangedSinceTheChunksWereCutComesBehindThem) {
  auto other = NewStation("b");
  Sync(*other);
  Queue(*other, WithNotes(*other, "newer than the chunks"));
  Sync(*other);
  Sync(*station);
  EXPECT_EQ(Incident(*station).notes(), "newer than the chunks");
  ExpectEqual(*station);
}

TEST_F(FillTest, AChangedRecordCutsTheChunkOfItsCellAndNoOther) {
  auto other = NewStation("b");
  Sync(*other);
  Queue(*other, WithNotes(*other, "changed"));
  Sync(*other);
  Refresh();
  EXPECT_EQ(cut_, 1u);
  Refresh();
  EXPECT_EQ(cut_, 0u);
}

TEST_F(FillTest, ALinkThatBreaksAfterEveryFewFramesStillGetsThereAndFetchesNoChunkTwice) {
  int sessions = 0;
  bool settled = false;
  while (!settled && ++sessions < 200) {
    Engine engine(*station, {.frame_bytes = 4096});
    Session session(*dataset, [] {});
    auto frames = *engine.Start();
    for (const v1::ClientFrame& frame : frames) ASSERT_TRUE(session.OnFrame(frame).ok());
    for (int i = 0; i < 9 && !engine.settled(); ++i) {
      clock.Advance(600);  // so that every piece is kept
      auto next = *session.Next();
      if (!next) break;
      received.push_back(*next);
      auto answers = engine.OnFrame(*next);
      ASSERT_TRUE(answers.ok()) << answers.status();
      for (const v1::ClientFrame& frame : *answers) ASSERT_TRUE(session.OnFrame(frame).ok());
    }
    settled = engine.settled();
  }
  EXPECT_TRUE(settled);
  EXPECT_GT(sessions, 3);
  uint64_t total = 0, fetched = 0;
  v1::Manifest manifest;
  ASSERT_TRUE(manifest.ParseFromString(dataset->snapshots().manifest()->manifest()));
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) total += chunk.packed_size();
  total += manifest.dictionary().packed_size();
  for (const v1::ServerFrame& frame : received) fetched += frame.piece().data().size();
  EXPECT_EQ(fetched, total);
  ExpectEqual(*station);
}

// Incidents newer than the others, each with a place and an actor of its own.
TEST_F(FillTest, TheFirstThatComesIsAListOfTheFiftyNewestIncidentsWithTheirPlacesAndThenWhatTheyRestOn) {
  std::vector<NewRecord> records;
  for (int i = 0; i < 60; ++i) {
    const std::string number = std::to_string(i);
    v1::Place place;
    place.add_name()->set_key(1);
    place.mutable_name(0)->set_text("village " + number);
    place.set_kind(v1::PlaceKind::SETTLEMENT);
    v1::Actor actor;
    actor.add_name()->set_key(1);
    actor.mutable_name(0)->set_text("group " + number);
    v1::Incident incident;
    incident.add_name()->set_key(1);
    incident.mutable_name(0)->set_text("attack " + number);
    incident.add_kind(v1::IncidentKind::CLASH);
    v1::Account& account = *incident.add_account();
    account.set_key(1);
    account.mutable_date()->set_first_day(19'000 + i);
    account.mutable_date()->set_last_day(19'000 + i);
    account.mutable_date()->set_precision(v1::DatePrecision::DAY);
    account.set_source(kSource.str());
    account.set_place(Uuid::FromName("village " + number).str());
    account.add_role()->set_actor(Uuid::FromName("group " + number).str());
    records.push_back({Uuid::FromName("village " + number), v1::RecordKind::PLACE, *CanonicalBody(place)});
    records.push_back({Uuid::FromName("group " + number), v1::RecordKind::ACTOR, *CanonicalBody(actor)});
    records.push_back({Uuid::FromName("attack " + number), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
  }
  Found(records);
  TalkUntil([](const v1::ServerFrame& frame) { return frame.has_delta(); });
  const auto rows = *(*station->Read())->Rows(v1::RecordKind::INCIDENT, 100);
  ASSERT_EQ(rows.size(), 50u);
  for (size_t i = 0; i < rows.size(); ++i) {
    ASSERT_TRUE(rows[i].row);
    EXPECT_EQ(rows[i].row->title, "attack " + std::to_string(59 - i));
    ASSERT_EQ(rows[i].row->places.size(), 1u);
    EXPECT_EQ(rows[i].row->places[0].name, "village " + std::to_string(59 - i));
  }
  EXPECT_THAT(*(*station->Read())->List(v1::RecordKind::ACTOR, 100), IsEmpty());

  station = NewStation("another");
  int deltas = 0;
  TalkUntil([&](const v1::ServerFrame& frame) { return frame.has_delta() && ++deltas == 2; });
  EXPECT_EQ((*station->Read())->List(v1::RecordKind::ACTOR, 100)->size(), 50u);
}

TEST_F(FillTest, WhatIsThereCanBeReadAndEditedBeforeTheRestHasCome) {
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  auto frames = *engine.Start();
  for (const v1::ClientFrame& frame : frames) ASSERT_TRUE(session.OnFrame(frame).ok());
  while (auto next = *session.Next()) {
    auto answers = engine.OnFrame(*next);
    ASSERT_TRUE(answers.ok()) << answers.status();
    if (next->has_delta()) break;
    if (!next->has_manifest()) continue;
  }
  EXPECT_GT((*station->Read())->List(v1::RecordKind::INCIDENT, 100)->size(), 20u);
  const Uuid first = (*(*station->Read())->List(v1::RecordKind::INCIDENT, 1))[0];
  auto edited = std::make_shared<v1::Incident>((**(*station->Read())->Get(first)).incident());
  edited->set_notes("mine");
  Queue(*station, {first, v1::RecordKind::INCIDENT, edited});
  Sync(*station);
  EXPECT_EQ((**(*station->Read())->Get(first)).notes(), "mine");
  EXPECT_TRUE(station->Conflicts()->empty());
  ExpectEqual(*station);
}

TEST_F(FillTest, WhatWasReceivedBeforeTheServerHadChunksDoesNotComeBackOverThem) {
  std::filesystem::remove_all(folder.File("server/snapshot"));
  dataset.reset();
  dataset = *Dataset::Open(folder.File("server"), clock);
  int frames = 0;
  TalkUntil([&frames](const v1::ServerFrame&) { return ++frames == 3; });
  auto other = NewStation("b");
  Sync(*other);
  Queue(*other, WithNotes(*other, "newer than what was received"));
  Sync(*other);
  Refresh();
  Sync(*station);
  EXPECT_EQ(Incident(*station).notes(), "newer than what was received");
  ExpectEqual(*station);
}

// Chunks that were cut later than those that the filling began with hold records that its base does not have.
TEST_F(FillTest, ASliceThatIsWantedBeforeTheFirstCheckpointLeavesNothingOfTheChunksBehind) {
  TalkUntil([](const v1::ServerFrame& frame) { return frame.has_manifest(); });
  v1::Incident incident;
  incident.add_kind(v1::IncidentKind::CLASH);
  incident.add_name()->set_key(1);
  incident.mutable_name(0)->set_text("newer than the base");
  Found({{Uuid::FromName("newer"), v1::RecordKind::INCIDENT, *CanonicalBody(incident)}});
  Refresh();
  TalkUntil(
      [this](const v1::ServerFrame&) { return !(*(*station->view().Snapshot())->Head()).cursor().chain().empty(); });
  v1::Scope scope;
  scope.add_country("AF");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  EXPECT_EQ((*station->Read())->Head()->records(), 1u) << "the source";
  EXPECT_TRUE(station->view().Verify(nullptr)->healthy());
}

// Nothing is left then by which a server that was restored meanwhile could be told from the one that it was before.
TEST_F(FillTest, AnEditOfAStateThatGaveWayToASliceOverwritesNothingOnARestoredServer) {
  constexpr auto kAll = std::filesystem::copy_options::recursive;
  dataset.reset();
  std::filesystem::copy(folder.File("server"), folder.File("backup"), kAll);
  dataset = *Dataset::Open(folder.File("server"), clock);
  auto other = NewStation("b");
  Sync(*other);
  Queue(*other, WithNotes(*other, "lost with the server"));
  Sync(*other);
  Refresh();
  TalkUntil([this](const v1::ServerFrame&) { return (*(*station->Read())->Get(kIncident)).has_value(); });
  Queue(*station, WithNotes(*station, "made on what was lost"));

  dataset.reset();
  std::filesystem::remove_all(folder.File("server"));
  std::filesystem::copy(folder.File("backup"), folder.File("server"), kAll);
  dataset = *Dataset::Open(folder.File("server"), clock);
  auto third = NewStation("c");
  Sync(*third);
  Queue(*third, WithNotes(*third, "never seen by the first"));
  Sync(*third);
  v1::Scope scope;
  scope.add_country("AF");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  EXPECT_EQ((*(*dataset->view().Snapshot())->Get(kIncident))->notes(), "never seen by the first");
  EXPECT_EQ(station->Conflicts()->size(), 1u);
}

TEST_F(FillTest, AServerWithAnotherKeyIsRefusedAndNothingIsTakenFromIt) {
  ASSERT_TRUE(station->user().Update([](v1::SyncStatus& status) { status.set_server_key(std::string(32, 'x')); }).ok());
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  EXPECT_EQ(Talk(engine, session).code(), StatusCode::kFailedPrecondition);
  EXPECT_FALSE(station->view().fill().State()->has_value());
}

}  // namespace
}  // namespace daftar
