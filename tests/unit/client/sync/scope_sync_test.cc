// Replicas that hold a slice: whatever is edited, moved, retired and rescoped, they hold exactly what their scope does.
#include <cstdlib>
#include <map>
#include <set>

#include "storage/view/lmdb_view.h"
#include "storage/view/scope.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

constexpr int kPlaces = 4, kActors = 3, kIncidents = 12;

class ScopeSyncTest : public SyncFixture {
 protected:
  static Uuid Place(size_t number) { return Uuid::FromName("place " + std::to_string(number)); }
  static Uuid Actor(size_t number) { return Uuid::FromName("actor " + std::to_string(number)); }
  static Uuid Incident(size_t number) { return Uuid::FromName("incident " + std::to_string(number)); }

  // A small world: places in a chain, actors, incidents in places.
  void FoundWorld() {
    std::vector<NewRecord> records;
    for (size_t i = 0; i < kPlaces; ++i) {
      v1::Place place;
      Name(place, "place");
      if (i > 0) place.set_parent(Place(i - 1).str());
      if (i == 0) place.set_country("TJ");
      records.push_back({Place(i), v1::RecordKind::PLACE, *CanonicalBody(place)});
    }
    for (size_t i = 0; i < kActors; ++i) {
      v1::Actor actor;
      Name(actor, "actor");
      actor.set_country(i == 0 ? "TJ" : "AF");
      actor.set_notes("what only those hold who hold all of it");
      records.push_back({Actor(i), v1::RecordKind::ACTOR, *CanonicalBody(actor)});
    }
    for (size_t i = 0; i < kIncidents; ++i) {
      v1::Incident incident;
      Name(incident, "incident");
      incident.add_kind(v1::IncidentKind::CLASH);
      v1::Account& account = *incident.add_account();
      account.set_key(1);
      account.set_source(kSource.str());
      account.set_place(Place(i % kPlaces).str());
      records.push_back({Incident(i), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
    }
    Found(records);
  }

  template <typename Message>
  static void Name(Message& message, const std::string& text) {
    message.add_name()->set_key(1);
    message.mutable_name(0)->set_text(text);
  }

  // Changes a record as it stands on the server.
  template <typename Message, typename Change>
  void Edit(const Uuid& id, Kind kind, Change change) {
    const auto view = *dataset->view().Snapshot();
    const auto record = *view->Get(id);
    if (!record) return;  // it ended
    Message message = static_cast<const Message&>(record->message());
    change(message);
    const auto parts = *DiffParts(*CanonicalBody(record->message()), *CanonicalBody(message));
    if (parts.empty()) return;
    v1::Mutation mutation;
    mutation.set_client(Uuid::FromName("editor").str());
    mutation.set_seq(++edited_);
    mutation.set_author("editor");
    mutation.set_base_revision(dataset->log().Head()->cursor().revision());
    v1::RecordEdit& edit = *mutation.add_edit();
    edit.set_record(id.str());
    edit.set_kind(kind);
    edit.mutable_part()->Add(parts.begin(), parts.end());
    const std::vector<v1::Mutation> group{mutation};
    const auto results = dataset->log().Commit(group);
    ASSERT_TRUE(results.ok() && (*results)[0].ok());
    ASSERT_EQ((*results)[0]->outcome(), v1::PushResult::Outcome::APPLIED);
  }

  void EditSomething() {
    const size_t i = random.Below(kIncidents);
    switch (random.Below(9)) {
      case 0:
        return Edit<v1::Place>(Place(1 + random.Below(kPlaces - 1)), v1::RecordKind::PLACE, [this](v1::Place& place) {
          place.clear_parent();
          if (random.Below(2) == 0) place.set_parent(Place(0).str());
        });
      case 1:
        return Edit<v1::Place>(Place(random.Below(kPlaces)), v1::RecordKind::PLACE,
                               [this](v1::Place& place) { place.set_country(random.Below(2) == 0 ? "TJ" : "AF"); });
      case 2:
        return Edit<v1::Actor>(Actor(random.Below(kActors)), v1::RecordKind::ACTOR, [this](v1::Actor& actor) {
          actor.set_country(random.Below(2) == 0 ? "TJ" : "AF");
          actor.set_notes("note " + std::to_string(random.Below(100)));
        });
      case 3:
        return Edit<v1::Incident>(Incident(i), v1::RecordKind::INCIDENT, [this](v1::Incident& incident) {
          incident.mutable_account(0)->set_place(Place(random.Below(kPlaces)).str());
        });
      case 4:
        return Edit<v1::Incident>(Incident(i), v1::RecordKind::INCIDENT, [this](v1::Incident& incident) {
          incident.clear_tag();
          if (random.Below(2) == 0) return;
          incident.add_tag()->set_key(1);
          incident.mutable_tag(0)->set_text("drugs");
        });
      case 5:
        return Edit<v1::Incident>(Incident(i), v1::RecordKind::INCIDENT, [this](v1::Incident& incident) {
          v1::FuzzyDate& date = *incident.mutable_account(0)->mutable_date();
          date.set_first_day(static_cast<int32_t>(random.Below(300)));
          date.set_last_day(date.first_day());
          date.set_precision(v1::DatePrecision::DAY);
        });
      case 6:
        return Edit<v1::Incident>(Incident(i), v1::RecordKind::INCIDENT,
                                  [](v1::Incident& incident) { incident.mutable_retired()->set_reason("twice"); });
      default:
        return Edit<v1::Incident>(Incident(i), v1::RecordKind::INCIDENT, [this](v1::Incident& incident) {
          incident.set_notes("note " + std::to_string(random.Below(1000)));
        });
    }
  }

  v1::Scope SomeScope() {
    v1::Scope scope;
    if (random.Below(2) == 0) scope.add_country(random.Below(2) == 0 ? "TJ" : "AF");
    if (random.Below(4) == 0) scope.add_place(Place(random.Below(kPlaces)).str());
    if (random.Below(4) == 0) scope.set_first_day(static_cast<int32_t>(random.Below(300)));
    if (random.Below(5) == 0) scope.add_tag("drugs");
    return Canonical(scope);
  }

  // One session; sometimes the link breaks before its end. Whether it reached a checkpoint.
  bool Talked(Workstation& of) {
    Engine engine(of, {.frame_bytes = 4096});
    Session session(*dataset, [] {});
    uint64_t left = random.Below(3) == 0 ? random.Below(4) : 100'000;
    auto frames = engine.Start();
    while (frames.ok()) {
      for (const v1::ClientFrame& frame : *frames) {
        const Status status = session.OnFrame(frame);
        EXPECT_TRUE(status.ok()) << status;
      }
      auto next = session.Next();
      EXPECT_TRUE(next.ok()) << next.status();
      if (!next.ok() || !*next) return engine.settled();
      if (left-- == 0) return false;
      frames = engine.OnFrame(**next);
    }
    ADD_FAILURE() << frames.status();
    return false;
  }

  static void SayHello(Engine& engine, Session& session) {
    const auto frames = engine.Start();
    for (const v1::ClientFrame& frame : *frames) ASSERT_TRUE(session.OnFrame(frame).ok());
  }
  static void TakeAll(Engine& engine, Session& session) {
    while (const std::optional<v1::ServerFrame> frame = *session.Next()) ASSERT_TRUE(engine.OnFrame(*frame).ok());
  }

  // The replica holds exactly what the scope holds of the server's records, in the form in which it does.
  void ExpectExactly(Workstation& of, const v1::Scope& message) {
    const Scope scope = *Scope::From(message);
    const auto there = *dataset->view().Snapshot();
    const auto here = *of.view().Snapshot();
    const RecordLookup lookup = [&](const Uuid& id) { return there->Get(id); };
    uint64_t held = 0;
    std::vector<Uuid> ids{kSource, kIncident};
    for (size_t i = 0; i < kPlaces; ++i) ids.push_back(Place(i));
    for (size_t i = 0; i < kActors; ++i) ids.push_back(Actor(i));
    for (size_t i = 0; i < kIncidents; ++i) ids.push_back(Incident(i));
    for (const Uuid& id : ids) {
      const auto server = *there->Get(id);
      const auto replica = *here->Get(id);
      const Hold hold = server ? *scope.HoldOf(*server, lookup) : Hold::kNothing;
      ASSERT_EQ(replica.has_value(), hold != Hold::kNothing);
      if (!replica) continue;
      ++held;
      ASSERT_EQ(replica->stub(), hold == Hold::kStub);
      const std::string body = *CanonicalBody(server->message());
      ASSERT_EQ(*CanonicalBody(replica->message()), hold == Hold::kStub ? *StubBody(body) : body);
    }
    EXPECT_EQ(here->Head()->records(), held);
    EXPECT_EQ(*(*of.Read())->HoldsSlice(), !scope.everything());
  }

  uint64_t edited_ = 0;
};

TEST_F(ScopeSyncTest, AReplicaHoldsExactlyItsScopeWhateverIsEditedCutAndRescoped) {
  FoundWorld();
  std::map<std::string, std::pair<std::unique_ptr<Workstation>, v1::Scope>> stations;
  for (const char* name : {"s1", "s2", "s3"}) stations[name].first = NewStation(name);
  // DAFTAR_SIM_SEED and DAFTAR_SIM_SEEDS as in the simulation: here a seed is 250 rounds.
  const char* seed = std::getenv("DAFTAR_SIM_SEED");
  const char* seeds = std::getenv("DAFTAR_SIM_SEEDS");
  if (seed != nullptr) random = SeededRandom(std::strtoull(seed, nullptr, 10));
  const int rounds = 250 * (seeds != nullptr ? std::atoi(seeds) : 1);
  for (int round = 0; round < rounds; ++round) {
    for (uint64_t edits = random.Below(6); edits > 0; --edits) EditSomething();
    if (random.Below(10) == 0) {
      clock.Advance(1'000'000);
      ASSERT_TRUE(dataset->ExpireOld(random.Below(2) == 0 ? 500'000 : 100'000'000).ok());
    }
    auto& [of, scope] = std::next(stations.begin(), static_cast<long>(random.Below(stations.size())))->second;
    if (random.Below(5) == 0) {
      scope = SomeScope();
      ASSERT_TRUE(of->SetScope(scope).ok());
    }
    if (Talked(*of)) ExpectExactly(*of, scope);
    ASSERT_FALSE(HasFailure()) << "round " << round;
  }
  for (const auto& [name, entry] : stations) EXPECT_TRUE(entry.first->view().Verify(nullptr)->healthy());
}

TEST_F(ScopeSyncTest, AnEditOutsideTheScopeCostsNothingButACheckpoint) {
  FoundWorld();
  v1::Scope scope;
  scope.add_tag("drugs");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  Edit<v1::Incident>(Incident(1), v1::RecordKind::INCIDENT, [](v1::Incident& incident) { incident.set_notes("new"); });
  received.clear();
  EXPECT_EQ(Sync(*station).records, 0u);
  EXPECT_LE(received.back().ByteSizeLong(), 80u);
}

TEST_F(ScopeSyncTest, ASliceThatNobodyAskedForUntilTheServerForgotAnEndIsCountedAgain) {
  FoundWorld();
  v1::Scope scope;
  scope.add_country("TJ");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  Edit<v1::Incident>(Incident(1), v1::RecordKind::INCIDENT,
                     [](v1::Incident& incident) { incident.mutable_retired()->set_reason("twice"); });
  clock.Advance(1'000'000);
  ASSERT_EQ(*dataset->ExpireOld(500'000), 1u);
  clock.Advance(1'000'000);
  ASSERT_TRUE(dataset->ExpireOld(500'000).ok());
  Sync(*station);
  ExpectExactly(*station, scope);
}

TEST_F(ScopeSyncTest, AnEditOfOneFieldOfAHeldRecordIsStillAPatch) {
  FoundWorld();
  v1::Scope scope;
  scope.add_country("TJ");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  Edit<v1::Incident>(Incident(1), v1::RecordKind::INCIDENT, [](v1::Incident& incident) { incident.set_notes("new"); });
  EXPECT_EQ(Sync(*station).parts, 1u);
}

TEST_F(ScopeSyncTest, AStubIsNotEdited) {
  FoundWorld();
  v1::Scope scope;
  scope.add_country("TJ");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  auto actor = std::make_shared<v1::Actor>((*(*station->Read())->Get(Actor(1)))->actor());
  actor->set_notes("mine");
  const std::vector<daftar::Edit> edits{{Actor(1), v1::RecordKind::ACTOR, actor}};
  EXPECT_FALSE(station->Check(edits, "")->problems.empty());
}

// An edit of a station's own that waits in its outbox.
template <typename Message, typename Change>
void QueueOwn(Workstation& of, const Uuid& id, Kind kind, Change change) {
  auto message = std::make_shared<Message>(static_cast<const Message&>((*(*of.Read())->Get(id))->message()));
  change(*message);
  const std::vector<daftar::Edit> edits{{id, kind, message}};
  const auto checked = of.Check(edits, "");
  ASSERT_TRUE(checked.ok() && checked->problems.empty());
  ASSERT_TRUE(of.Queue(checked->mutation).ok());
}

TEST_F(ScopeSyncTest, AWaitingEditOfARecordThatLeftTheSliceIsNotShownAsARecord) {
  FoundWorld();
  Sync(*station);
  v1::Scope scope;
  scope.add_tag("drugs");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  SayHello(engine, session);
  QueueOwn<v1::Incident>(*station, Incident(1), v1::RecordKind::INCIDENT,
                         [](v1::Incident& incident) { incident.set_notes("mine"); });
  TakeAll(engine, session);
  EXPECT_EQ(station->Outbox()->size(), 1u);
  EXPECT_FALSE((*(*station->Read())->Get(Incident(1))).has_value());
  EXPECT_TRUE((*station->Read())->List(v1::RecordKind::INCIDENT, 100, true)->empty());
  Sync(*station);
  EXPECT_EQ((*(*dataset->view().Snapshot())->Get(Incident(1)))->notes(), "mine");
}

TEST_F(ScopeSyncTest, AWaitingEditOfARecordThatBecameAStubLeavesItAStub) {
  FoundWorld();
  Sync(*station);
  v1::Scope scope;
  scope.add_country("TJ");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Engine engine(*station, {});
  Session session(*dataset, [] {});
  SayHello(engine, session);
  QueueOwn<v1::Actor>(*station, Actor(1), v1::RecordKind::ACTOR, [](v1::Actor& actor) { actor.set_notes("mine"); });
  TakeAll(engine, session);
  EXPECT_TRUE((*(*station->Read())->Get(Actor(1)))->stub());
}

TEST_F(ScopeSyncTest, ADamagedRecordThatLeavesTheSliceLeavesNothingBehind) {
  FoundWorld();
  Sync(*station);
  DamageRecord(*station, Incident(1));
  v1::Scope scope;
  scope.add_tag("nothing has this");
  ASSERT_TRUE(station->SetScope(scope).ok());
  Sync(*station);
  ExpectExactly(*station, scope);
  EXPECT_TRUE(station->view().Verify(nullptr)->healthy());
}

TEST_F(ScopeSyncTest, AReplicaOfEverythingIsToldWhatEnded) {
  FoundWorld();
  Sync(*station);
  Edit<v1::Incident>(Incident(3), v1::RecordKind::INCIDENT,
                     [](v1::Incident& incident) { incident.mutable_retired()->set_reason("twice"); });
  clock.Advance(2000);
  EXPECT_EQ(*dataset->ExpireOld(1000), 1u);
  EXPECT_EQ(Sync(*station).removed, 1u);
  EXPECT_FALSE((*(*station->Read())->Get(Incident(3))).has_value());
}

TEST_F(ScopeSyncTest, AReplicaThatWasAwayForLongerIsToldWhatThereIs) {
  FoundWorld();
  Sync(*station);
  for (const size_t i : {2u, 3u, 7u}) {
    Edit<v1::Incident>(Incident(i), v1::RecordKind::INCIDENT,
                       [](v1::Incident& incident) { incident.mutable_retired()->set_reason("twice"); });
  }
  clock.Advance(2000);
  EXPECT_EQ(*dataset->ExpireOld(1000), 3u);
  clock.Advance(2000);
  EXPECT_EQ(*dataset->ExpireOld(1000), 0u);  // their end is forgotten
  received.clear();
  EXPECT_EQ(Sync(*station).removed, 3u);
  EXPECT_TRUE(received.back().delta().has_live());
  EXPECT_EQ((*station->Read())->Head()->digest(), dataset->log().Head()->digest());
}

TEST_F(ScopeSyncTest, AReplicaThatReceivedHalfAndWasAwayForLongerIsToldWhatThereIs) {
  FoundWorld();
  std::string text;
  while (text.size() < 6000) text += std::to_string(random.Next());
  for (const size_t i : {8u, 9u}) {
    Edit<v1::Incident>(Incident(i), v1::RecordKind::INCIDENT,
                       [&](v1::Incident& incident) { incident.set_notes(text); });
  }
  {
    Engine engine(*station, {.frame_bytes = 4096});
    Session session(*dataset, [] {});
    SayHello(engine, session);
    for (int frame = 0; frame < 2; ++frame) ASSERT_TRUE(engine.OnFrame(**session.Next()).ok());
    ASSERT_FALSE(engine.settled());
  }
  Edit<v1::Incident>(Incident(1), v1::RecordKind::INCIDENT,
                     [](v1::Incident& incident) { incident.mutable_retired()->set_reason("twice"); });
  for (int time = 0; time < 2; ++time) {
    clock.Advance(2000);
    ASSERT_TRUE(dataset->ExpireOld(1000).ok());
  }
  Sync(*station);
  EXPECT_EQ((*station->Read())->Head()->digest(), dataset->log().Head()->digest());
}

TEST_F(ScopeSyncTest, ARetiredRecordThatAnotherOnePointsAtStays) {
  FoundWorld();
  Edit<v1::Place>(Place(1), v1::RecordKind::PLACE,
                  [](v1::Place& place) { place.mutable_retired()->set_reason("twice"); });
  clock.Advance(2000);
  EXPECT_EQ(*dataset->ExpireOld(1000), 0u);
}

}  // namespace
}  // namespace daftar
