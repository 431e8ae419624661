// When a store's file is worth compacting, and that what is in it is the same afterwards.
#include "storage/view/compaction.h"

#include <gtest/gtest.h>

#include "storage/view/lmdb_view.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

constexpr uint64_t kMiB = 1 << 20;

lmdb::FileSpace File(uint64_t mib, uint64_t free_mib, uint64_t disk_mib = 100'000) {
  return {.file_bytes = mib * kMiB, .free_bytes = free_mib * kMiB, .disk_free_bytes = disk_mib * kMiB};
}

TEST(IsWorthCompactingTest, AQuarterOfFreePagesIs) {
  EXPECT_TRUE(IsWorthCompacting(File(1000, 250)));
  EXPECT_FALSE(IsWorthCompacting(File(1000, 249)));
}

TEST(IsWorthCompactingTest, ASmallFileIsNot) {
  EXPECT_TRUE(IsWorthCompacting(File(40, 32)));
  EXPECT_FALSE(IsWorthCompacting(File(40, 31)));
}

TEST(IsWorthCompactingTest, ACopyThatWouldFillTheDiskIsNot) {
  EXPECT_TRUE(IsWorthCompacting(File(1000, 400, 600 + 256)));
  EXPECT_FALSE(IsWorthCompacting(File(1000, 400, 600 + 255)));
}

TEST(IsWorthCompactingTest, ASecondCopyIsNot) {
  lmdb::FileSpace space = File(1000, 400);
  space.compacted_waits = true;
  EXPECT_FALSE(IsWorthCompacting(space));
}

// A server's store with two incidents.
class CompactionTest : public LogFixture {
 protected:
  CompactionTest() {
    Push("a", 1, 1, {NewIncident("i", IncidentBody("some words")), NewIncident("j", IncidentBody("other words"))});
  }
  static bool GoOn(uint64_t, uint64_t) { return true; }
  void Reopen() {
    log.reset();
    auto opened = LmdbLogStore::Open(folder.path(), clock);
    ASSERT_TRUE(opened.ok()) << opened.status();
    log = *std::move(opened);
  }
  StatusOr<Compacted> Compact() { return log->view().Compact(CompactWhen::kAlways, GoOn); }
  bool Waits() { return log->view().File()->compacted_waits; }
  std::string Digest() { return log->Head()->digest(); }
};

TEST_F(CompactionTest, ASmallFileIsLeftAsItIs) {
  const StatusOr<Compacted> compacted = log->view().Compact(CompactWhen::kIfWorth, GoOn);
  ASSERT_TRUE(compacted.ok()) << compacted.status();
  EXPECT_FALSE(compacted->done);
  EXPECT_FALSE(Waits());
}

TEST_F(CompactionTest, TheCopyIsTakenWhenTheStoreIsOpenedNextAndHoldsTheSame) {
  const std::string digest = Digest();
  ASSERT_TRUE(Compact()->done);
  EXPECT_TRUE(Waits());
  Reopen();
  EXPECT_FALSE(Waits());
  EXPECT_EQ(Digest(), digest);
  EXPECT_TRUE(log->view().Verify(GoOn)->healthy());
}

TEST_F(CompactionTest, ACommitMeanwhileEndsItAndIsKept) {
  bool pushed = false;
  const auto push_once = [&](uint64_t, uint64_t) {
    if (!std::exchange(pushed, true)) Push("a", 2, 2, {NewIncident("k", IncidentBody("meanwhile"))});
    return true;
  };
  EXPECT_EQ(log->view().Compact(CompactWhen::kAlways, push_once).status().code(), StatusCode::kAborted);
  EXPECT_FALSE(Waits());
  Reopen();
  EXPECT_EQ(log->Head()->records(), 4u);
}

TEST_F(CompactionTest, ACommitAfterwardsIsKeptInsteadOfTheCopy) {
  ASSERT_TRUE(Compact().ok());
  Push("a", 2, 2, {NewIncident("k", IncidentBody("later"))});
  EXPECT_FALSE(Waits());
  Reopen();
  EXPECT_EQ(log->Head()->records(), 4u);
}

TEST_F(CompactionTest, CanBeStopped) {
  const auto stop = [](uint64_t, uint64_t) { return false; };
  EXPECT_EQ(log->view().Compact(CompactWhen::kAlways, stop).status().code(), StatusCode::kCancelled);
  EXPECT_FALSE(Waits());
}

TEST_F(CompactionTest, AClosedFolderHoldsTheSmallFileAtOnce) {
  const std::string digest = Digest();
  log.reset();
  const StatusOr<Compacted> compacted = CompactClosed(folder.path(), 1 << 28, CompactWhen::kAlways, GoOn);
  ASSERT_TRUE(compacted.ok()) << compacted.status();
  EXPECT_TRUE(compacted->done);
  EXPECT_FALSE(lmdb::CompactedWaits(folder.path()));
  EXPECT_EQ(compacted->bytes_after, *FileSize(folder.path() + "/data.mdb"));
  Reopen();
  EXPECT_EQ(Digest(), digest);
}

TEST_F(CompactionTest, AFolderThatIsOpenIsNotCompactedFromOutside) {
  EXPECT_EQ(CompactClosed(folder.path(), 1 << 28, CompactWhen::kAlways, GoOn).status().code(),
            StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace daftar
