// Records that vanished or grew old again are found, fetched and counted; what else is damaged is mended or given up.
#include <gmock/gmock.h>

#include "storage/lmdb/check.h"
#include "storage/view/tables.h"
#include "storage/view/tidier.h"
#include "tests/power/authority.h"

namespace daftar {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

class MendTest : public ::testing::Test {
 protected:
  MendTest() {
    OpenReplica();
    for (int i = 0; i < 12; ++i) EXPECT_TRUE(power::Follow(*replica_, authority_.Write(3)).ok());
    EXPECT_TRUE(TidyAll(*replica_, authority_.clock(), nullptr).ok());
  }
  void OpenReplica() {
    replica_.reset();
    auto opened = LmdbView::Open(folder_.path(), {.map_bytes = 1 << 28, .create = true});
    ASSERT_TRUE(opened.ok()) << opened.status();
    replica_ = *std::move(opened);
  }
  lmdb::Environment& env() { return replica_->env(); }
  lmdb::Table table(tables::Index index) { return env().table(index); }
  std::string Row(Rid rid) {
    return std::string((*env().BeginRead()->Get(table(tables::kRecord), tables::U32Key(rid))).value_or(""));
  }
  template <typename Change>
  void Tamper(Change change) {
    lmdb::WriteTxn txn = *env().BeginWrite();
    change(txn);
    ASSERT_TRUE(txn.Commit().ok());
  }
  void Lose(Rid first, Rid last) {
    Tamper([&](lmdb::WriteTxn& txn) {
      for (Rid rid = first; rid <= last; ++rid) {
        ASSERT_TRUE(txn.Delete(table(tables::kRecord), tables::U32Key(rid)).ok());
      }
    });
  }
  VerifyReport Mend() {
    auto report = replica_->Mend(nullptr);
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }
  void FetchWhatIsNoted() {
    ASSERT_TRUE(replica_->Stage(authority_.Repair(*replica_->Damaged())).ok());
    const auto applied = replica_->ApplyStaged(authority_.head());
    ASSERT_TRUE(applied.ok()) << applied.status();
    ASSERT_TRUE(TidyAll(*replica_, authority_.clock(), nullptr).ok());
  }
  void ExpectWhole() {
    const Status whole = power::CheckStore(*replica_);
    EXPECT_TRUE(whole.ok()) << whole;
    EXPECT_EQ((*replica_->Snapshot())->Head()->records(), authority_.head().records());
  }

  TemporaryFolder folder_;
  power::Authority authority_{5};
  std::unique_ptr<LmdbView> replica_;
};

TEST_F(MendTest, AHealthyReplicaIsLeftAlone) {
  EXPECT_TRUE(Mend().healthy());
  ExpectWhole();
}

TEST_F(MendTest, RecordsThatVanishedAreFetchedAgain) {
  Lose(7, 9);
  EXPECT_EQ(Mend().records.size(), 3u);
  FetchWhatIsNoted();
  ExpectWhole();
}

TEST_F(MendTest, VeryManyRecordsThatVanishedAreFetchedAndTheirIndexesRebuilt) {
  Lose(3, 50);
  EXPECT_EQ(Mend().records.size(), 48u);
  FetchWhatIsNoted();
  ExpectWhole();
}

TEST_F(MendTest, ARecordThatIsOlderThanWhatWasWrittenLastIsFetchedAgain) {
  std::map<Rid, std::string> before;
  for (Rid rid = 1; rid <= authority_.head().records(); ++rid) before[rid] = Row(rid);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(power::Follow(*replica_, authority_.Write(3)).ok());
  Rid edited = 0;
  for (const auto& [rid, row] : before) {
    if (Row(rid) != row) edited = rid;
  }
  ASSERT_NE(edited, 0u);
  Tamper([&](lmdb::WriteTxn& txn) {
    ASSERT_TRUE(txn.Put(table(tables::kRecord), tables::U32Key(edited), before[edited]).ok());
  });
  const VerifyReport report = Mend();
  EXPECT_FALSE(report.beyond_repair());
  EXPECT_THAT(*replica_->Damaged(), Contains(edited));
  FetchWhatIsNoted();
  ExpectWhole();
}

TEST_F(MendTest, EntriesOfTheHistoryThatCannotBeReadAreGivenUp) {
  std::string key;
  {
    const lmdb::ReadTxn txn = *env().BeginRead();
    key = std::string(txn.Seek(table(tables::kHistory), "").key());
  }
  ASSERT_TRUE(lmdb::DamageValueForDrill(env(), table(tables::kHistory), key, 0).ok());
  EXPECT_THAT(Mend().tables, Contains("history"));
  EXPECT_TRUE(Mend().healthy());
  ExpectWhole();
}

TEST_F(MendTest, ATextIndexWhoseListIsDamagedBeginsAnew) {
  ASSERT_TRUE(lmdb::DamageValueForDrill(env(), table(tables::kMeta), "text", 0).ok());
  OpenReplica();
  EXPECT_GT(replica_->TextIndex()->behind, 0u);
  ASSERT_TRUE(TidyAll(*replica_, authority_.clock(), nullptr).ok());
  ASSERT_TRUE(lmdb::RecountTable(env(), table(tables::kMeta)).ok());
  ExpectWhole();
}

}  // namespace
}  // namespace daftar
