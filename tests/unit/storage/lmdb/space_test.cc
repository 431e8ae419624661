// How many free pages a file has, and whether a compacted copy waits.
#include "storage/lmdb/space.h"

#include <string>

#include "storage/lmdb/compact.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

class SpaceTest : public EnvironmentTest {
 protected:
  static constexpr int kRows = 3000;
  static constexpr uint64_t kValueBytes = 300;

  void Fill() {
    std::map<std::string, std::string> entries;
    for (int i = 0; i < kRows; ++i) entries["key " + std::to_string(10'000 + i)] = std::string(kValueBytes, 'v');
    ASSERT_TRUE(Store(entries).ok());
  }
  void Empty() {
    WriteTxn txn = BeginWrite();
    ASSERT_TRUE(txn.Clear(records()).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
  FileSpace Space() {
    const StatusOr<FileSpace> space = SpaceOf(*env_);
    EXPECT_TRUE(space.ok()) << space.status();
    return space.ok() ? *space : FileSpace();
  }
};

TEST_F(SpaceTest, AFileThatOnlyGrewHasHardlyAnyFreePages) {
  Fill();
  EXPECT_EQ(Space().file_bytes, *env_->FileBytes());
  EXPECT_LT(Space().free_bytes, Space().file_bytes / 20);
}

TEST_F(SpaceTest, WhatHeldDeletedRowsIsFree) {
  Fill();
  Empty();
  EXPECT_GT(Space().free_bytes, kRows * kValueBytes);
  EXPECT_LT(Space().free_bytes, Space().file_bytes);
}

TEST_F(SpaceTest, FreePagesAreThereAfterReopeningAndGoneAfterCompacting) {
  Fill();
  Empty();
  const uint64_t free = Space().free_bytes;
  Reopen();
  EXPECT_EQ(Space().free_bytes, free);
  ASSERT_TRUE(CompactForNextOpen(*env_).ok());
  Reopen();
  EXPECT_LT(Space().free_bytes, free / 20);
}

TEST_F(SpaceTest, ACopyWaitsUntilTheFolderIsOpenedAgain) {
  Fill();
  EXPECT_FALSE(Space().compacted_waits);
  ASSERT_TRUE(CompactForNextOpen(*env_).ok());
  EXPECT_TRUE(Space().compacted_waits);
  Close();
  EXPECT_TRUE(CompactedWaits(folder_.path()));
  Reopen();
  EXPECT_FALSE(Space().compacted_waits);
}

TEST_F(SpaceTest, ACopyThatLacksACommitDoesNotWait) {
  Fill();
  ASSERT_TRUE(CompactForNextOpen(*env_).ok());
  ASSERT_TRUE(Store({{"later", "value"}}).ok());
  EXPECT_FALSE(Space().compacted_waits);
}

TEST_F(SpaceTest, NothingWaitsWhereThereIsNoDatabase) { EXPECT_FALSE(CompactedWaits(folder_.File("nothing"))); }

}  // namespace
}  // namespace daftar::lmdb
