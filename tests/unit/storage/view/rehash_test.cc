#include "storage/view/rehash.h"

#include <gtest/gtest.h>

#include "storage/view/lmdb_view.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

class RehashTest : public LogFixture {
 protected:
  RehashTest() {
    std::vector<v1::RecordEdit> edits;
    for (int i = 0; i < 5000; ++i) edits.push_back(NewIncident("incident " + std::to_string(i), IncidentBody("notes")));
    Push("founder", 2, 0, edits);
  }
  LmdbView& View() { return static_cast<LmdbView&>(log->view()); }
  // Pieces until none is due; how many there were.
  int Pass() {
    int pieces = 0;
    while (*View().Tidy(clock, nullptr)) ++pieces;
    return pieces;
  }
  void Rot(Rid rid) {
    lmdb::WriteTxn txn = *View().env().BeginWrite();
    ASSERT_TRUE(txn.Put(View().env().table(tables::kRecord), tables::U32Key(rid), "no record at all").ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
};

TEST_F(RehashTest, ARottenRecordIsFoundWithinAWeek) {
  Pass();
  Rot(4321);
  EXPECT_EQ(Pass(), 0) << "it was all written just now";
  EXPECT_TRUE(View().Damaged()->empty());
  clock.Advance(kRehashEveryMs);
  EXPECT_GT(Pass(), 1);
  EXPECT_EQ(*View().Damaged(), std::vector<Rid>{4321});
  EXPECT_EQ(Pass(), 0);
}

TEST_F(RehashTest, SoundRecordsAreNotSuspected) {
  Pass();
  clock.Advance(kRehashEveryMs);
  Pass();
  EXPECT_TRUE(View().Damaged()->empty());
}

TEST_F(RehashTest, RecordsThatDoNotAddUpAreAllSuspected) {
  Pass();
  lmdb::WriteTxn txn = *View().env().BeginWrite();
  ASSERT_TRUE(txn.Put(View().env().table(tables::kLeaf), tables::U32Key(2), Digest().bytes()).ok());
  ASSERT_TRUE(txn.Commit().ok());
  clock.Advance(kRehashEveryMs);
  Pass();
  EXPECT_EQ(View().Damaged()->size(), 1024u);
}

}  // namespace
}  // namespace daftar
