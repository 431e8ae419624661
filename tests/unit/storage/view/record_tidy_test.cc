// Dictionaries are made where there are records enough, and what was there before is compressed with them.
#include "storage/view/record_tidy.h"

#include <gmock/gmock.h>

#include "storage/log/bulk_load.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

constexpr int kMany = static_cast<int>(kFewestForDictionary) + 500;

class RecordTidyTest : public LogFixture {
 protected:
  // Words that all of them share, and some of its own.
  static std::string Notes(int number) {
    return "The State Committee for National Security said that number " + std::to_string(number * 7919) +
           " was seen near the border post in the night, and that the patrol went back to the river in the morning.";
  }
  static std::string Name(int number) { return "incident " + std::to_string(number); }

  void PushIncidents(int first, int end) {
    std::vector<v1::RecordEdit> edits;
    for (int i = first; i < end; ++i) edits.push_back(NewIncident(Name(i), IncidentBody(Notes(i), {1})));
    ++seq;
    Push("a", seq, seq, edits);
  }
  LmdbView& View() { return static_cast<LmdbView&>(log->view()); }
  const lmdb::Environment& Env() { return View().env(); }
  void TidyAll() {
    while (true) {
      const auto more = View().Tidy(clock, nullptr);
      ASSERT_TRUE(more.ok()) << more.status();
      if (!*more) return;
    }
  }
  void Reopen() {
    log.reset();
    auto opened = LmdbLogStore::Open(folder.path(), clock);
    ASSERT_TRUE(opened.ok()) << opened.status();
    log = *std::move(opened);
  }

  struct Rows {
    size_t plain = 0, packed = 0;
  };
  Rows CountRows() { return CountRows(Env()); }
  static Rows CountRows(const lmdb::Environment& env) {
    Rows rows;
    const lmdb::ReadTxn txn = *env.BeginRead();
    for (lmdb::Cursor row = txn.Seek(env.table(tables::kRecord), ""); row.valid(); row.Next())
      ++(row.value()[0] == 0 ? rows.plain : rows.packed);
    return rows;
  }
  uint64_t RecordBytes() {
    const auto stats = *Env().Stats();
    return stats[tables::kRecord].bytes;
  }
  void Damage(const std::string& key) {
    ASSERT_TRUE(lmdb::DamageValueForDrill(View().env(), Env().table(tables::kMeta), key, 1000).ok());
  }

  uint64_t seq = 0;
};

TEST_F(RecordTidyTest, FewRecordsStayPlain) {
  PushIncidents(0, 200);
  TidyAll();
  EXPECT_EQ(CountRows().packed, 0u);
}

TEST_F(RecordTidyTest, ManyRecordsAreCompressedAndTheirPagesFilled) {
  PushIncidents(0, kMany);
  const uint64_t before = RecordBytes();
  TidyAll();
  EXPECT_EQ(CountRows().packed, static_cast<size_t>(kMany));
  EXPECT_EQ(CountRows().plain, 1u);  // the source
  EXPECT_LT(RecordBytes(), before * 2 / 3);
  EXPECT_EQ(Get(Name(7)).notes(), Notes(7));
}

TEST_F(RecordTidyTest, CompressingChangesNeitherDigestNorWhatIsSent) {
  PushIncidents(0, kMany);
  const std::string digest = log->Head()->digest();
  const std::vector<Rid> rids{2, 3, 2000};
  const ChangeSet before = View().WholeRecords(rids, 1 << 20)->set;
  TidyAll();
  const ChangeSet after = View().WholeRecords(rids, 1 << 20)->set;
  EXPECT_EQ(EncodeFrame(after)->SerializeAsString(), EncodeFrame(before)->SerializeAsString());
  EXPECT_EQ(log->Head()->digest(), digest);
  const VerifyReport report = *View().Verify(nullptr);
  EXPECT_TRUE(report.healthy());
  EXPECT_EQ(report.checked, static_cast<uint64_t>(kMany) + 1);
}

TEST_F(RecordTidyTest, NewRecordsAndEditsAreCompressedAtOnce) {
  PushIncidents(0, kMany);
  TidyAll();
  ++seq;
  Push("a", seq, seq, {EditIncident(Name(3), IncidentBody(Notes(3), {1}), IncidentBody(Notes(4), {1}))});
  PushIncidents(kMany, kMany + 10);
  EXPECT_EQ(CountRows().packed, static_cast<size_t>(kMany) + 10);
  EXPECT_EQ(Get(Name(3)).notes(), Notes(4));
}

TEST_F(RecordTidyTest, CompressingGoesOnWhereItWasWhenTheStoreIsOpenedAgain) {
  PushIncidents(0, kMany);
  while (CountRows().packed == 0) ASSERT_TRUE(*View().Tidy(clock, nullptr));
  EXPECT_GT(CountRows().plain, 1u);
  Reopen();
  TidyAll();
  EXPECT_EQ(CountRows().plain, 1u);
  EXPECT_EQ(Get(Name(kMany - 1)).notes(), Notes(kMany - 1));
}

TEST_F(RecordTidyTest, IndexesAreRebuiltFromCompressedRecords) {
  PushIncidents(0, kMany);
  TidyAll();
  ASSERT_TRUE(View().RebuildIndexes(nullptr).ok());
  TidyAll();
  EXPECT_TRUE(View().Verify(nullptr)->healthy());
  EXPECT_TRUE(View().CheckTextIndex(clock, nullptr)->healthy());
  EXPECT_EQ((*View().Snapshot())->Search({.query = "patrol"})->total, static_cast<uint64_t>(kMany));
}

TEST_F(RecordTidyTest, ADamagedDictionaryIsReadFromItsCopy) {
  PushIncidents(0, kMany);
  TidyAll();
  Damage("dictionary/1");
  Reopen();
  EXPECT_EQ(Get(Name(7)).notes(), Notes(7));
}

TEST_F(RecordTidyTest, WithoutAnyCopyOfTheirDictionaryRecordsAreDamagedAndItsNumberIsNotGivenOutAgain) {
  PushIncidents(0, kMany);
  TidyAll();
  Damage("dictionary/1");
  Damage("spare dictionary/1");
  Reopen();
  EXPECT_EQ((*View().Snapshot())->Get(Uuid::FromName(Name(7))).status().code(), StatusCode::kDataLoss);
  EXPECT_EQ(View().Verify(nullptr)->records.size(), static_cast<size_t>(kMany));
  ASSERT_TRUE(View().records().AddDictionary(v1::RecordKind::INCIDENT, Notes(1), false).ok());
  PushIncidents(kMany, kMany + 1);
  EXPECT_EQ(Get(Name(kMany)).notes(), Notes(kMany));
  const lmdb::ReadTxn txn = *Env().BeginRead();
  EXPECT_TRUE(txn.Has(Env().table(tables::kMeta), "dictionary/2"));
}

TEST_F(RecordTidyTest, RecordsThatHaveNothingInCommonGetADictionaryAllTheSame) {
  DictionaryTrainer trainer(View().records());
  v1::StoredRecord record;
  record.set_kind(v1::RecordKind::ACTOR);
  for (uint64_t i = 0; i < kFewestForDictionary; ++i) {
    record.set_body(tables::U32Key(static_cast<uint32_t>(i * 2654435761u)));
    trainer.Offer(record);
  }
  EXPECT_EQ(*trainer.Train(View().records(), /*repack=*/false), 1u);
  EXPECT_TRUE(View().records().Packs(v1::RecordKind::ACTOR));
}

TEST_F(RecordTidyTest, AReplicaThatIsFilledWritesCompressedRowsAtOnce) {
  PushIncidents(0, kMany);
  TemporaryFolder target;
  const auto replica = *LmdbView::Open(target.File("replica"), {.map_bytes = 1 << 28, .create = true});
  v1::Position position;
  while (true) {
    const ChangeBatch batch = *View().ChangesAfter(position, 0, 1 << 20);
    if (batch.set.changes.empty()) break;
    v1::DeltaFrame frame = *EncodeFrame(batch.set);
    *frame.mutable_position() = position = batch.position;
    ASSERT_TRUE(replica->Stage(frame).ok());
  }
  ASSERT_TRUE(replica->ApplyStaged(*log->Head()).ok());
  EXPECT_EQ(CountRows(replica->env()).packed, static_cast<size_t>(kMany));
  EXPECT_EQ((*replica->Snapshot())->Head()->digest(), log->Head()->digest());
}

TEST_F(RecordTidyTest, ABulkLoadWritesCompressedRowsAtOnce) {
  TemporaryFolder target;
  auto load = *BulkLoad::Create(target.File("bulk"), clock, random, {});
  for (int i = 0; i < kMany; ++i) {
    ASSERT_TRUE(
        load->Add(Uuid::Make(clock.NowMs() + i, random), v1::RecordKind::INCIDENT, IncidentBody(Notes(i))).ok());
  }
  ASSERT_TRUE(load->Finish().ok());
  log = *LmdbLogStore::Open(target.File("bulk"), clock);
  EXPECT_EQ(CountRows().plain, 0u);
  EXPECT_TRUE(View().Verify(nullptr)->healthy());
}

}  // namespace
}  // namespace daftar
