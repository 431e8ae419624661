// Outlines: what a replica that is being filled is searched by until its texts are indexed.
#include <gmock/gmock.h>

#include "storage/view/chunk.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

class OutlineTest : public LogFixture {
 protected:
  static constexpr int kIncidents = 12;

  // A district in a province, an actor, and incidents there in which it had a part.
  OutlineTest() {
    PushPlace("province", Place("a province", v1::PlaceKind::ADM1, ""));
    PushPlace("district", Place("a district", v1::PlaceKind::ADM2, "province"));
    v1::Actor actor;
    AddName(actor, "Border Guards");
    PushNew("actor", v1::RecordKind::ACTOR, Body(actor));
    for (int i = 0; i < kIncidents; ++i) PushNew(Name(i), v1::RecordKind::INCIDENT, BodyOf(i));
    v1::Manifest manifest;
    *manifest.mutable_base() = Head(log->view()).cursor();
    EXPECT_TRUE(replica->fill().Begin(manifest).ok());
  }

  static std::string Name(int i) { return "incident " + std::to_string(i); }
  static std::string BodyOf(int i) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    AddName(incident, "an incident");
    incident.set_notes("a smuggler was seen");
    v1::Account& account = *incident.add_account();
    account.set_key(1);
    account.set_source(Uuid::FromName("source").str());
    account.set_place(Uuid::FromName("district").str());
    account.mutable_date()->set_first_day(19'000 + i);
    account.mutable_date()->set_last_day(19'000 + i);
    account.mutable_date()->set_precision(v1::DatePrecision::DAY);
    v1::Role& role = *account.add_role();
    role.set_actor(Uuid::FromName("actor").str());
    return Body(incident);
  }
  static v1::Place Place(const std::string& name, v1::PlaceKind::Code kind, const std::string& parent) {
    v1::Place place;
    AddName(place, name);
    place.set_kind(kind);
    place.set_country("TJ");
    if (!parent.empty()) place.set_parent(Uuid::FromName(parent).str());
    return place;
  }
  void PushNew(const std::string& name, Kind kind, const std::string& body) {
    ++seq_;
    const v1::PushResult result = Push("a", seq_, seq_, {Change(name, kind, "", body, true)});
    EXPECT_EQ(result.outcome(), Outcome::APPLIED) << name << ": " << result.ShortDebugString();
  }
  void PushPlace(const std::string& name, const v1::Place& place) { PushNew(name, v1::RecordKind::PLACE, Body(place)); }

  static v1::Checkpoint Head(View& view) { return *(*view.Snapshot())->Head(); }
  // The whole of the log's state as one chunk.
  PackedChunk Chunk() {
    LmdbView& view = dynamic_cast<LmdbView&>(log->view());
    const lmdb::ReadTxn txn = *view.env().BeginRead();
    return CutCell(view.env(), view.records(), txn, 0, 3)->at(0);
  }
  void Load() {
    const PackedChunk chunk = Chunk();
    ASSERT_TRUE(replica->fill().Load(chunk.entry, chunk.bytes).ok());
  }
  uint64_t Found(const std::string& query) {
    SearchRequest request;
    request.query = query;
    const auto found = (*replica->Snapshot())->Search(request);
    EXPECT_TRUE(found.ok()) << query << ": " << found.status();
    return found.ok() ? found->total : 0;
  }
  // Indexes the texts of so many records; how many are left.
  uint64_t CatchUp(size_t most) {
    lmdb::WriteTxn txn = *replica->env().BeginWrite();
    const auto left = TextIndexWriter(replica->env(), replica->records(), txn).CatchUp(most);
    EXPECT_TRUE(left.ok()) << left.status();
    EXPECT_TRUE(txn.Commit().ok());
    return left.value_or(0);
  }
  void TidyAll() {
    while (*replica->Tidy(clock, nullptr)) {
    }
  }

  TemporaryFolder target;
  std::unique_ptr<LmdbView> replica = *LmdbView::Open(target.File("replica"), {.map_bytes = 1 << 28, .create = true});

 private:
  uint64_t seq_ = 0;
};

TEST_F(OutlineTest, WhatWasLoadedIsFoundByActorPlaceDayAndKindBeforeItsTextsAreIndexed) {
  Load();
  EXPECT_EQ(Found("actor:\"Border Guards\" kind:incident"), uint64_t{kIncidents});
  EXPECT_EQ(Found("place:\"a district\" kind:incident"), uint64_t{kIncidents});
  EXPECT_EQ(Found("place:\"a province\" kind:incident"), uint64_t{kIncidents});
  EXPECT_EQ(Found("country:TJ type:clash"), uint64_t{kIncidents});
  EXPECT_EQ(Found("date:2022-01-10"), 1u);
  EXPECT_EQ(Found("smuggler"), 0u);
}

TEST_F(OutlineTest, AChunkThatIsPreparedOnSeveralThreadsIsWhatTheServerHas) {
  for (int push = 0; push < 8; ++push) {
    std::vector<v1::RecordEdit> edits;
    for (int i = 0; i < 100; ++i) edits.push_back(NewIncident(Name(1000 + 100 * push + i), BodyOf(i)));
    ASSERT_EQ(Push("b", static_cast<uint64_t>(push) + 1, 100, edits).outcome(), Outcome::APPLIED);
  }
  Load();
  ASSERT_TRUE(replica->fill().Finish().ok());
  EXPECT_EQ(Head(*replica).digest(), Head(log->view()).digest());
  EXPECT_EQ(Found("actor:\"Border Guards\" kind:incident"), uint64_t{kIncidents + 800});
}

TEST_F(OutlineTest, TextsTakeThePlaceOfOutlines) {
  Load();
  TidyAll();
  EXPECT_EQ(Found("smuggler"), uint64_t{kIncidents});
  EXPECT_EQ(Found("actor:\"Border Guards\" kind:incident"), uint64_t{kIncidents});
  const auto check = replica->CheckTextIndex(clock, nullptr);
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_TRUE(check->healthy()) << check->InWords();
  EXPECT_EQ(check->behind, 0u);
}

TEST_F(OutlineTest, HalfIndexedARecordIsFoundOnce) {
  Load();
  for (uint64_t left = 1; left > 0;) {
    left = CatchUp(3);
    EXPECT_EQ(Found("actor:\"Border Guards\" kind:incident"), uint64_t{kIncidents}) << left << " left";
    const auto check = replica->CheckTextIndex(clock, nullptr);
    EXPECT_TRUE(check.ok() && check->healthy()) << left << " left: " << check->InWords();
  }
}

TEST_F(OutlineTest, ANewerChunkTakesThePlaceOfAnOutline) {
  Load();
  v1::Incident moved;
  ASSERT_TRUE(moved.ParseFromString(BodyOf(0)));
  moved.mutable_account(0)->mutable_date()->set_first_day(19'500);
  moved.mutable_account(0)->mutable_date()->set_last_day(19'500);
  Push("b", 1, 100, {EditIncident(Name(0), BodyOf(0), Body(moved))});
  Load();
  EXPECT_EQ(Found("actor:\"Border Guards\" kind:incident"), uint64_t{kIncidents});
  EXPECT_EQ(Found("date:2022-01-08"), 0u);
  EXPECT_EQ(Found("date:2023-05-23"), 1u);
  TidyAll();
  EXPECT_EQ(Found("smuggler"), uint64_t{kIncidents});
}

}  // namespace
}  // namespace daftar
