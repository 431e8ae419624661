// A view that follows a log, as a client's does: frames, checkpoints, damage and repair.
#include "storage/view/view.h"

#include <gmock/gmock.h>

#include "storage/model/validate.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "storage/view/view_writer.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ViewTest : public LogFixture {
 protected:
  ViewTest() {
    OpenReplica();
    Push("a", 1, 1,
         {NewIncident("i", IncidentBody("some words", {1, 2})), NewIncident("j", IncidentBody("other words"))});
  }

  void OpenReplica() {
    replica.reset();
    auto opened = LmdbView::Open(folder.File("replica"), {.map_bytes = 1 << 28, .create = true});
    ASSERT_TRUE(opened.ok()) << opened.status();
    replica = *std::move(opened);
  }
  // Stages everything that the log has and the replica does not show; the checkpoint behind it.
  v1::Checkpoint StageAll(size_t frame_bytes = 64 << 10) {
    v1::Checkpoint shown = *(*replica->Snapshot())->Head();
    v1::Position position;
    position.set_revision(shown.cursor().revision());
    position.set_rid(UINT32_MAX);
    while (true) {
      auto batch = log->view().ChangesAfter(position, shown.cursor().revision(), frame_bytes);
      EXPECT_TRUE(batch.ok()) << batch.status();
      if (batch->set.changes.empty()) return batch->head;
      v1::DeltaFrame frame = *EncodeFrame(batch->set);
      *frame.mutable_position() = position = batch->position;
      EXPECT_TRUE(replica->Stage(frame).ok());
      ++frames;
    }
  }
  void Sync() {
    auto applied = replica->ApplyStaged(StageAll());
    ASSERT_TRUE(applied.ok()) << applied.status();
  }
  void StageRepairs() {
    std::vector<Rid> damaged = *replica->Damaged();
    const WholeBatch whole = *log->view().WholeRecords(damaged, 1 << 20);
    v1::DeltaFrame frame = *EncodeFrame(whole.set);
    frame.set_repair(true);
    ASSERT_TRUE(replica->Stage(frame).ok());
  }
  std::unique_ptr<ReadView> Read() { return *replica->Snapshot(); }
  void TidyAll() {
    while (true) {
      const auto more = replica->Tidy(clock, nullptr);
      ASSERT_TRUE(more.ok()) << more.status();
      if (!*more) return;
    }
  }
  void DamageRecord(Rid rid) {
    ASSERT_TRUE(
        lmdb::DamageValueForDrill(replica->env(), replica->env().table(tables::kRecord), tables::U32Key(rid), 60).ok());
  }

  std::unique_ptr<LmdbView> replica;
  int frames = 0;
};

TEST_F(ViewTest, StagedFramesAreInvisibleUntilTheirCheckpoint) {
  v1::Checkpoint checkpoint = StageAll();
  EXPECT_FALSE((*Read()->Get(Uuid::FromName("i"))).has_value());
  ASSERT_TRUE(replica->ApplyStaged(checkpoint).ok());
  EXPECT_TRUE((*Read()->Get(Uuid::FromName("i"))).has_value());
  EXPECT_EQ(Read()->Head()->digest(), log->Head()->digest());
}

TEST_F(ViewTest, StagedFramesAreThereAfterTheViewIsOpenedAgain) {
  v1::Checkpoint checkpoint = StageAll(/*frame_bytes=*/1);
  EXPECT_EQ(frames, 3);
  OpenReplica();
  EXPECT_EQ((*replica->Staged())->revision(), 2u);
  EXPECT_TRUE(replica->ApplyStaged(checkpoint).ok());
}

TEST_F(ViewTest, ADeltaHoldsOnlyThePartsThatChanged) {
  Sync();
  Push("a", 2, 2, {EditIncident("i", IncidentBody("some words", {1, 2}), IncidentBody("new words", {1, 2}))});
  v1::Position position;
  position.set_revision(2);
  position.set_rid(UINT32_MAX);
  ChangeBatch batch = *log->view().ChangesAfter(position, 2, 1 << 20);
  ASSERT_EQ(batch.set.changes.size(), 1u);
  EXPECT_FALSE(batch.set.changes[0].whole);
  EXPECT_EQ(batch.set.changes[0].parts.size(), 1u);
  EXPECT_EQ(batch.set.commits.size(), 1u);
}

TEST_F(ViewTest, ARemovedPartIsRemovedInTheReplica) {
  Sync();
  Push("a", 2, 2, {EditIncident("i", IncidentBody("some words", {1, 2}), IncidentBody("some words", {2}))});
  Sync();
  EXPECT_EQ((*Read()->Get(Uuid::FromName("i")))->accounts().size(), 1);
  EXPECT_EQ(Read()->Head()->digest(), log->Head()->digest());
}

TEST_F(ViewTest, AWrongDigestMovesNothing) {
  v1::Checkpoint checkpoint = StageAll();
  checkpoint.set_digest(std::string(32, 'x'));
  EXPECT_EQ(replica->ApplyStaged(checkpoint).status().code(), StatusCode::kDataLoss);
  EXPECT_EQ(Read()->Head()->cursor().revision(), 0u);
  EXPECT_FALSE(replica->Staged()->has_value());
  Sync();
}

TEST_F(ViewTest, AFrameThatIsNotAFrameIsRefusedAndNothingMoves) {
  v1::Checkpoint checkpoint = StageAll();
  v1::DeltaFrame garbage;
  garbage.set_body("garbage");
  garbage.set_raw_size(100);
  EXPECT_EQ(replica->Stage(garbage).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(Read()->Head()->cursor().revision(), 0u);
  EXPECT_TRUE(replica->ApplyStaged(checkpoint).ok()) << "what came before it is still there";
}

TEST_F(ViewTest, AFlippedByteIsFoundNamedAndRepairedByThatRecordAlone) {
  Sync();
  DamageRecord(2);
  EXPECT_EQ(Read()->Get(Uuid::FromName("i")).status().code(), StatusCode::kDataLoss);
  VerifyReport report = *replica->Verify(nullptr);
  ASSERT_EQ(report.records.size(), 1u);
  EXPECT_EQ(report.records[0].id, Uuid::FromName("i"));
  EXPECT_THAT(*replica->Damaged(), ElementsAre(2u));

  StageRepairs();
  View::Applied applied = *replica->ApplyStaged(*log->Head());
  EXPECT_EQ(applied.repaired, 1u);
  EXPECT_EQ(applied.records, 0u);
  EXPECT_TRUE(replica->Verify(nullptr)->healthy());
  EXPECT_TRUE(replica->Damaged()->empty());
  EXPECT_EQ(Read()->Search({.query = "some"})->total, 1u);
}

TEST_F(ViewTest, APatchOfADamagedRecordNotesItAndMovesNothing) {
  Sync();
  DamageRecord(2);
  Push("a", 2, 2, {EditIncident("i", IncidentBody("some words", {1, 2}), IncidentBody("new words", {1, 2}))});
  EXPECT_EQ(replica->ApplyStaged(StageAll()).status().code(), StatusCode::kDataLoss);
  EXPECT_THAT(*replica->Damaged(), ElementsAre(2u));
  StageRepairs();
  EXPECT_TRUE(replica->ApplyStaged(StageAll()).ok());
  EXPECT_TRUE(replica->Verify(nullptr)->healthy());
}

TEST_F(ViewTest, ADamagedIndexIsRebuiltFromTheRecords) {
  Sync();
  std::string id = Uuid::FromName("i").str();
  ASSERT_TRUE(lmdb::DamageValueForDrill(replica->env(), replica->env().table(tables::kId), id, 1).ok());
  EXPECT_THAT(replica->Verify(nullptr)->tables, ElementsAre("id"));
  ASSERT_TRUE(replica->RebuildIndexes(nullptr).ok());
  EXPECT_TRUE(replica->Verify(nullptr)->healthy());
  EXPECT_TRUE((*Read()->Get(Uuid::FromName("i"))).has_value());
}

TEST_F(ViewTest, AnIndexFoldedByAnotherVersionIsBuiltAnewAfterTheNextOpening) {
  Sync();
  {
    lmdb::WriteTxn txn = *replica->env().BeginWrite();
    v1::IndexManifest manifest = *LoadManifest(replica->env(), txn);
    manifest.set_analysis(manifest.analysis() - 1);
    ASSERT_TRUE(StoreManifest(replica->env(), txn, manifest).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
  OpenReplica();
  EXPECT_EQ(Read()->Search({.query = "some"})->behind, 3u);
  TidyAll();
  const SearchResult found = *Read()->Search({.query = "some"});
  EXPECT_EQ(found.behind, 0u);
  EXPECT_EQ(found.total, 1u);
}

TEST_F(ViewTest, ARebuildingThatWasStoppedGoesOnAtTheNextOpening) {
  Sync();
  {
    lmdb::WriteTxn txn = *replica->env().BeginWrite();
    ASSERT_TRUE(txn.Clear(replica->env().table(tables::kByKind)).ok());
    ASSERT_TRUE(txn.Put(replica->env().table(tables::kMeta), tables::kRebuildKey, tables::U32Key(0)).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
  OpenReplica();
  EXPECT_EQ(Read()->List(v1::RecordKind::INCIDENT, 10)->size(), 2u);
}

TEST_F(ViewTest, RebuildingKeepsARecordOfAKindThatOnlyANewerProgramKnows) {
  Sync();
  v1::StoredRecord unknown;
  unknown.set_id(Uuid::FromName("of tomorrow").str());
  unknown.set_kind(static_cast<Kind>(99));
  unknown.set_created(2);
  unknown.set_revision(2);
  unknown.set_body("\x82\x01\x05words");
  const v1::Checkpoint shown = *Read()->Head();
  {
    lmdb::WriteTxn txn = *replica->env().BeginWrite();
    ViewWriter writer = *ViewWriter::Begin(replica->env(), replica->records(), txn);
    ASSERT_TRUE(writer.Insert(*PrepareRecord(replica->records(), 77, unknown)).ok());
    ASSERT_TRUE(writer.Finish(shown.cursor(), 0).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
  ASSERT_TRUE(replica->RebuildIndexes(nullptr).ok());
  const VerifyReport report = *replica->Verify(nullptr);
  EXPECT_TRUE(report.healthy());
  EXPECT_EQ(Read()->Head()->records(), shown.records() + 1);
}

TEST_F(ViewTest, AMissingBlockOfTheTextIndexIsSaidAndMended) {
  Sync();
  {
    lmdb::WriteTxn txn = *replica->env().BeginWrite();
    ASSERT_TRUE(txn.Clear(replica->env().table(tables::kText)).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
  OpenReplica();
  EXPECT_EQ(Read()->Search({.query = "some"}).status().code(), StatusCode::kDataLoss);
  ASSERT_TRUE(replica->RebuildIndexes(nullptr).ok());
  TidyAll();
  EXPECT_EQ(Read()->Search({.query = "some"})->total, 1u);
}

TEST_F(ViewTest, WhatChangesWhileSegmentsAreJoinedIsFoundAsItIsAfterwards) {
  Sync();
  // Words enough that joining asks whether it shall go on.
  const auto many_words = [](int incident) {
    std::string words = "kept";
    for (int i = 0; i < 500; ++i) words += " w" + std::to_string(incident) + "x" + std::to_string(i);
    return words;
  };
  const auto name = [](int incident) { return "joined" + std::to_string(incident); };
  Revision revision = 2;
  for (int incident = 0; incident < 5; ++incident) {
    Push("a", revision, revision, {NewIncident(name(incident), IncidentBody(many_words(incident)))});
    ++revision;
    Sync();
  }
  int asked = 0;
  const auto change_meanwhile = [&] {
    if (asked++ > 0) return true;
    Push("a", revision, revision, {EditIncident(name(0), IncidentBody(many_words(0)), IncidentBody("changed"))});
    Sync();
    return true;
  };
  StatusOr<bool> more = true;
  while (more.ok() && *more) more = replica->Tidy(clock, change_meanwhile);
  ASSERT_TRUE(more.ok()) << more.status();
  ASSERT_GT(asked, 0);
  EXPECT_EQ(Read()->Search({.query = "kept "})->total, 4u);
  EXPECT_EQ(Read()->Search({.query = "changed "})->total, 1u);
  const auto check = replica->CheckTextIndex(clock, nullptr);
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_TRUE(check->healthy());
}

TEST_F(ViewTest, AFormatThatIsNotKnownIsRefusedUntouched) {
  {
    lmdb::WriteTxn txn = *replica->env().BeginWrite();
    ASSERT_TRUE(txn.Put(replica->env().table(tables::kMeta), "format", tables::U32Key(99)).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
  replica.reset();
  auto opened = LmdbView::Open(folder.File("replica"), {.map_bytes = 1 << 28, .create = true});
  EXPECT_EQ(opened.status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(ViewTest, ARetiredRecordIsFoundByItsIdAndNowhereElse) {
  v1::RecordEdit retire;
  retire.set_record(Uuid::FromName("i").str());
  retire.set_kind(v1::RecordKind::INCIDENT);
  v1::Incident retired;
  retired.mutable_retired()->set_reason("a duplicate");
  retire.mutable_part()->Add()->set_field(kRetiredField);
  retire.mutable_part(0)->set_value(Body(retired));
  Push("a", 2, 2, {retire});
  Sync();
  EXPECT_EQ((*Read()->Get(Uuid::FromName("i")))->retirement()->reason(), "a duplicate");
  EXPECT_THAT(*Read()->List(v1::RecordKind::INCIDENT, 10), ElementsAre(Uuid::FromName("j")));
  EXPECT_EQ(Read()->List(v1::RecordKind::INCIDENT, 10, /*with_retired=*/true)->size(), 2u);
  EXPECT_EQ(Read()->Search({.query = "some"})->total, 0u);
}

TEST_F(ViewTest, AnIdMayBeAUniquePrefix) {
  Sync();
  Uuid id = Uuid::FromName("i");
  EXPECT_EQ(*Read()->Resolve(id.ToString()), id);
  EXPECT_EQ(*Read()->Resolve(id.ToString().substr(0, 23)), id);
  EXPECT_EQ(Read()->Resolve("sample:nothing").status().code(), StatusCode::kNotFound);
}

TEST_F(ViewTest, ARecordThatVeryManyTouchedStillFitsIntoAFrame) {
  std::vector<uint64_t> keys{1, 2};
  for (uint64_t seq = 2; seq < 400; ++seq) {
    std::string before = IncidentBody("some words", keys);
    keys.push_back(seq + 100);
    v1::Mutation mutation = Mutation("a", seq, seq, {EditIncident("i", before, IncidentBody("some words", keys))});
    mutation.set_reason(std::string(kMaxReasonBytes, 'r'));
    std::vector<v1::Mutation> group{mutation};
    ASSERT_EQ((*(*log->Commit(group))[0]).outcome(), Outcome::APPLIED);
  }
  Sync();
  EXPECT_EQ((*Read()->Get(Uuid::FromName("i")))->accounts().size(), 400);
  EXPECT_EQ(Read()->Head()->digest(), log->Head()->digest());
}

TEST_F(ViewTest, ASearchCanBeStopped) {
  Sync();
  std::atomic<bool> stop = true;
  EXPECT_EQ(Read()->Search({.query = "some", .stop = &stop}).status().code(), StatusCode::kCancelled);
}

TEST_F(ViewTest, WhatPointsAtARecordIsListed) {
  Sync();
  EXPECT_THAT(*Read()->Referrers(Uuid::FromName("source"), v1::RecordKind::INCIDENT, 10),
              ElementsAre(Uuid::FromName("i")));
}

}  // namespace
}  // namespace daftar
