// A neighbour by way of a relay: it reads what the server signed, its edits arrive once, and a relay that lies changes
// nothing.
#include <functional>

#include "storage/model/checkpoint.h"
#include "tests/unit/tools/relay/relay_fixture.h"

namespace daftar {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class RelayTest : public RelayFixture {
 protected:
  // The neighbour knows the server from before; then the relay gets further.
  void MeetServerThenFallBehind() {
    ASSERT_TRUE(WithServer(*neighbour).ok());
    OthersWrite("what the relay has and the neighbour has not");
    FollowServer();
  }

  // Records that the founder makes and moves.
  Uuid FoundPlace(const std::string& country) {
    v1::Place place;
    place.add_name()->set_text(country);
    place.mutable_name(0)->set_key(1);
    place.set_country(country);
    Found({{Uuid::FromName(country), v1::RecordKind::PLACE, *CanonicalBody(place)}});
    return Uuid::FromName(country);
  }
  static v1::Incident IncidentIn(const Uuid& place, const Uuid& source) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    incident.add_name()->set_text("an incident");
    incident.mutable_name(0)->set_key(1);
    v1::Account& account = *incident.add_account();
    account.set_key(1);
    account.set_source(source.str());
    account.set_place(place.str());
    return incident;
  }
  Uuid FoundIncidentIn(const Uuid& place) {
    const Uuid id = Uuid::FromName("incident in " + place.ToString());
    Found({{id, v1::RecordKind::INCIDENT, *CanonicalBody(IncidentIn(place, kSource))}});
    return id;
  }
  void Move(const Uuid& incident, const Uuid& place) {
    const auto record = (*dataset->view().Snapshot())->Get(incident);
    const auto parts = *DiffParts(*CanonicalBody((*record)->message()), *CanonicalBody(IncidentIn(place, kSource)));
    v1::Mutation mutation;
    mutation.set_client(Uuid::FromName("mover").str());
    mutation.set_seq(++moved_);
    mutation.set_author("mover");
    mutation.set_base_revision(ServerHead());
    v1::RecordEdit& edit = *mutation.add_edit();
    edit.set_record(incident.str());
    edit.set_kind(v1::RecordKind::INCIDENT);
    edit.mutable_part()->Add(parts.begin(), parts.end());
    const std::vector<v1::Mutation> group{mutation};
    const auto results = dataset->log().Commit(group);
    ASSERT_TRUE(results.ok() && (*results)[0].ok());
    ASSERT_EQ((*results)[0]->outcome(), v1::PushResult::Outcome::APPLIED);
  }

 private:
  uint64_t moved_ = 0;
};

TEST_F(RelayTest, ANeighbourShowsWhatTheServerHas) {
  MeetServerThenFallBehind();
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->relay);
  EXPECT_EQ(NotesOf(*neighbour), "what the relay has and the neighbour has not");
  EXPECT_EQ(Shown(*neighbour).digest(), dataset->log().Head()->digest());
}

TEST_F(RelayTest, ANeighbourGoesOnWithTheServerAsIfThereHadBeenNoRelay) {
  MeetServerThenFallBehind();
  ASSERT_TRUE(ByWayOfRelay().ok());
  OthersWrite("later");
  const auto report = WithServer(*neighbour);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->records, 1u);
  EXPECT_EQ(NotesOf(*neighbour), "later");
}

TEST_F(RelayTest, ANeighbourWithNothingButTheServersKeyIsFilled) {
  FollowServer();
  ASSERT_TRUE(neighbour->TrustServer(dataset->key().public_key()).ok());
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Shown(*neighbour).digest(), dataset->log().Head()->digest());
}

TEST_F(RelayTest, WithoutTheServersKeyNothingIsTaken) {
  FollowServer();
  const auto report = ByWayOfRelay();
  EXPECT_EQ(report.status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(report.status()), HasSubstr("key trust"));
  EXPECT_EQ(Shown(*neighbour).cursor().revision(), 0u);
}

TEST_F(RelayTest, ARelayWithoutASignedStateServesNothing) {
  ASSERT_TRUE(WithServer(*relay_station).ok());
  ASSERT_TRUE(WithServer(*neighbour).ok());
  const auto report = ByWayOfRelay();
  EXPECT_EQ(report.status().code(), StatusCode::kUnavailable);
  EXPECT_THAT(Message(report.status()), HasSubstr("signed"));
}

TEST_F(RelayTest, ARelayOfARelayServesTheSame) {
  FollowServer();
  ASSERT_TRUE(neighbour->TrustServer(dataset->key().public_key()).ok());
  ASSERT_TRUE(ByWayOfRelay().ok());
  RelayHost second(*neighbour, {});
  HostConnector to_second(second, nullptr);
  ASSERT_TRUE(station->TrustServer(dataset->key().public_key()).ok());
  const auto report = RunSync(*station, to_second, {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Shown(*station).digest(), dataset->log().Head()->digest());
}

TEST_F(RelayTest, ANeighbourThatStaysSeesWhatTheRelayLearns) {
  MeetServerThenFallBehind();
  RunOptions options;
  options.engine.watch = true;
  options.on_progress = [this](const SyncReport& report) {
    if (report.checkpoints == 1 && ServerHead() == report.to) {
      OthersWrite("news");
      FollowServer();
      host->HeadMoved();
    }
    return report.checkpoints < 2;
  };
  const auto report = ByWayOfRelay(options);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(NotesOf(*neighbour), "news");
}

TEST_F(RelayTest, ARelayThatIsBehindSaysSoAndTakesNothingBack) {
  FollowServer();
  OthersWrite("only the neighbour has it");
  ASSERT_TRUE(WithServer(*neighbour).ok());
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->notices, Contains(HasSubstr("behind")));
  EXPECT_EQ(NotesOf(*neighbour), "only the neighbour has it");
}

TEST_F(RelayTest, ARelayOfAnotherSliceSaysSo) {
  ASSERT_TRUE(WithServer(*neighbour).ok());
  v1::Scope scope;
  scope.add_country("TJ");
  ASSERT_TRUE(relay_station->SetScope(scope).ok());
  FollowServer();
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->notices, Contains(HasSubstr("slice")));
}

TEST_F(RelayTest, NeighboursOfOneSliceShareIt) {
  v1::Scope scope;
  scope.add_country("TJ");
  for (Workstation* of : {relay_station.get(), neighbour.get()}) ASSERT_TRUE(of->SetScope(scope).ok());
  FollowServer();
  ASSERT_TRUE(neighbour->TrustServer(dataset->key().public_key()).ok());
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Shown(*neighbour).digest(), Shown(*relay_station).digest());
}

TEST_F(RelayTest, WhatEntersAndLeavesTheSliceDoesSoAtTheNeighbour) {
  const Uuid here = FoundPlace("TJ"), there = FoundPlace("AF");
  const Uuid leaves = FoundIncidentIn(here), enters = FoundIncidentIn(there);
  v1::Scope scope;
  scope.add_country("TJ");
  for (Workstation* of : {relay_station.get(), neighbour.get()}) ASSERT_TRUE(of->SetScope(scope).ok());
  ASSERT_TRUE(WithServer(*neighbour).ok());
  FollowServer();
  Move(leaves, there);
  Move(enters, here);
  FollowServer();
  const auto report = ByWayOfRelay();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Shown(*neighbour).digest(), Shown(*relay_station).digest());
  EXPECT_FALSE(*(*neighbour->Read())->Get(leaves));
  EXPECT_TRUE(*(*neighbour->Read())->Get(enters));
}

TEST_F(RelayTest, AStateIsAsOldAsItWasWhenTheServerSentIt) {
  ASSERT_TRUE(WithServer(*neighbour).ok());
  OthersWrite("an hour ago");
  FollowServer();
  const int64_t then = clock.NowMs();
  clock.Advance(3'600'000);
  ASSERT_TRUE(ByWayOfRelay().ok());
  EXPECT_EQ(Shown(*neighbour).server_ms(), then);
  EXPECT_EQ(neighbour->SyncState()->last_success_ms(), then);
}

// What a relay that lies does to what it passes on.
using Lie = void (*)(v1::ServerFrame&);

void OfCheckpoint(v1::ServerFrame& frame, const std::function<void(v1::Checkpoint&)>& change) {
  if (frame.has_checkpoint()) change(*frame.mutable_checkpoint());
  if (frame.has_delta() && frame.delta().has_checkpoint()) change(*frame.mutable_delta()->mutable_checkpoint());
}

void AlterRecord(v1::ServerFrame& frame) {
  if (!frame.has_delta()) return;
  ChangeSet set = *DecodeFrame(frame.delta());
  for (RecordChange& change : set.changes) {
    for (PartChange& part : change.parts) {
      const size_t at = part.value.find("the relay has");
      if (at != std::string::npos) part.value.replace(at, 13, "the liar says");
    }
  }
  const v1::DeltaFrame altered = *EncodeFrame(set);
  frame.mutable_delta()->set_body(altered.body());
  frame.mutable_delta()->set_raw_size(altered.raw_size());
}

void AlterRecordAndDigest(v1::ServerFrame& frame) {
  AlterRecord(frame);
  OfCheckpoint(frame, [](v1::Checkpoint& to) { to.set_digest(std::string(16, 'x')); });
}

void SignWithAnotherKey(v1::ServerFrame& frame) {
  SeededRandom random(99);
  const KeyPair key = KeyPair::Generate(random);
  OfCheckpoint(frame,
               [&key](v1::Checkpoint& to) { to.set_signature(SignCheckpoint(key, to.cursor(), to.digest(), "")); });
}

void LeaveOutTheSignature(v1::ServerFrame& frame) {
  OfCheckpoint(frame, [](v1::Checkpoint& to) { to.clear_signature(); });
}

void ClaimALaterRevision(v1::ServerFrame& frame) {
  OfCheckpoint(frame, [](v1::Checkpoint& to) { to.mutable_cursor()->set_revision(to.cursor().revision() + 1); });
}

void ClaimAnotherHistory(v1::ServerFrame& frame) {
  if (frame.has_welcome()) frame.mutable_welcome()->set_epoch(std::string(16, 'e'));
}

void AskToCompareHistories(v1::ServerFrame& frame) {
  if (frame.has_welcome()) frame.mutable_welcome()->set_action(v1::Welcome::Action::HISTORY_DIFFERS);
}

class LyingRelayTest : public RelayTest, public ::testing::WithParamInterface<Lie> {};

TEST_P(LyingRelayTest, ChangesNothing) {
  MeetServerThenFallBehind();
  const v1::Checkpoint before = Shown(*neighbour);
  to_relay->alter = GetParam();
  EXPECT_FALSE(ByWayOfRelay().ok());
  EXPECT_EQ(Shown(*neighbour).SerializeAsString(), before.SerializeAsString());
  EXPECT_FALSE(*neighbour->view().Staged()) << "nothing that it sent may be left lying about";
  EXPECT_TRUE(neighbour->view().Verify([](uint64_t, uint64_t) { return true; })->healthy());
}

TEST_P(LyingRelayTest, DoesNotKeepTheNeighbourFromTheServer) {
  MeetServerThenFallBehind();
  to_relay->alter = GetParam();
  EXPECT_FALSE(ByWayOfRelay().ok());
  const auto report = WithServer(*neighbour);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Shown(*neighbour).digest(), dataset->log().Head()->digest());
}

INSTANTIATE_TEST_SUITE_P(Lies, LyingRelayTest,
                         ::testing::Values(AlterRecord, AlterRecordAndDigest, SignWithAnotherKey, LeaveOutTheSignature,
                                           ClaimALaterRevision, ClaimAnotherHistory, AskToCompareHistories));

TEST_F(RelayTest, AnOldSignedStateDoesNotTakeTheNeighbourBack) {
  MeetServerThenFallBehind();
  ASSERT_TRUE(ByWayOfRelay().ok());
  const v1::Checkpoint old = Shown(*neighbour);
  OthersWrite("newer");
  ASSERT_TRUE(WithServer(*neighbour).ok());
  FollowServer();
  to_relay->alter = [&old](v1::ServerFrame& frame) { OfCheckpoint(frame, [&old](v1::Checkpoint& to) { to = old; }); };
  EXPECT_FALSE(ByWayOfRelay().ok());
  EXPECT_EQ(NotesOf(*neighbour), "newer");
}

TEST_F(RelayTest, AnOldSignatureDoesNotVouchForNewData) {
  FollowServer();
  const std::string old = Shown(*relay_station).signature();
  MeetServerThenFallBehind();
  const v1::Checkpoint before = Shown(*neighbour);
  OthersWrite("newer still");
  FollowServer();
  to_relay->alter = [&old](v1::ServerFrame& frame) {
    OfCheckpoint(frame, [&old](v1::Checkpoint& to) { to.set_signature(old); });
  };
  EXPECT_EQ(ByWayOfRelay().status().code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(Shown(*neighbour).digest(), before.digest());
}

TEST_F(RelayTest, WhoExpectsARelayTakesNothingFromWhoDoesNotSayThatItIsOne) {
  MeetServerThenFallBehind();
  const v1::Checkpoint before = Shown(*neighbour);
  to_relay->alter = [](v1::ServerFrame& frame) {
    if (frame.has_welcome()) frame.mutable_welcome()->clear_relay();
  };
  RunOptions options;
  options.engine.by_relay = true;
  EXPECT_EQ(ByWayOfRelay(options).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(Shown(*neighbour).digest(), before.digest());
}

}  // namespace
}  // namespace daftar
