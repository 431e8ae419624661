// A disk that is really full while a replica applies, merges and rebuilds and the user queues edits: what failed is
// said, reading goes on, nothing acknowledged is lost, and when there is room again all goes on. A file system of 16 MB
// in memory; needs the right to mount one.
#include <gmock/gmock.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "client/sync/user_store.h"
#include "storage/view/tidier.h"
#include "tests/power/authority.h"
#include "tests/temporary_folder.h"

namespace daftar::power {
namespace {

constexpr uint64_t kBallast = 1 << 20;

class StoresOnAFullDiskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=16m") != 0) {
      GTEST_SKIP() << "a small file system cannot be mounted here: " << std::strerror(errno);
    }
    mounted_ = true;
    auto opened =
        LmdbView::Open(folder_.File("replica"), {.map_bytes = 1 << 28, .create = true, .ballast_bytes = kBallast});
    ASSERT_TRUE(opened.ok()) << opened.status();
    view_ = *std::move(opened);
    for (int i = 0; i < 6; ++i) Apply();
  }
  void TearDown() override {
    view_.reset();
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }

  void FillTheDisk() {
    std::ofstream file(folder_.File("something else"), std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), 4096) && file.flush()) {
    }
  }
  void FreeTheDisk() { std::filesystem::remove(folder_.File("something else")); }

  void Apply() {
    const Batch batch = authority_.Write(4);
    ASSERT_TRUE(Follow(*view_, batch).ok());
    acknowledged_ = batch.checkpoint;
  }
  // Does it until the disk has no room even for what the ballast gave up.
  template <typename Work>
  Status UntilFull(int tries, Work work) {
    FillTheDisk();
    Status status;
    for (int i = 0; i < tries && (status.ok() || view_->env().state() == lmdb::State::kNearlyFull); ++i) {
      status = work();
      FillTheDisk();
    }
    return status;
  }
  void ExpectReadable() {
    EXPECT_EQ((*view_->Snapshot())->Head()->digest(), acknowledged_.digest());
    const auto found = (*view_->Snapshot())->Search({.query = "cordon"});
    EXPECT_TRUE(found.ok()) << found.status();
  }
  void ExpectWhole() {
    const Status whole = CheckStore(*view_);
    EXPECT_TRUE(whole.ok()) << whole;
  }

  TemporaryFolder folder_;
  bool mounted_ = false;
  Authority authority_{3};
  v1::Checkpoint acknowledged_;
  std::unique_ptr<LmdbView> view_;
};

TEST_F(StoresOnAFullDiskTest, ApplyingFailsInWordsAndGoesOnWhenThereIsRoom) {
  const Status full = UntilFull(1000, [this] {
    const Batch batch = authority_.Write(4);
    DAFTAR_RETURN_IF_ERROR(Follow(*view_, batch));
    acknowledged_ = batch.checkpoint;
    return OkStatus();
  });
  EXPECT_EQ(full.code(), StatusCode::kResourceExhausted) << full;
  ExpectReadable();
  FreeTheDisk();
  ASSERT_TRUE(view_->DropStaged().ok());
  // What was missed comes in one.
  Batch rest = authority_.Everything();
  ASSERT_TRUE(Follow(*view_, rest).ok());
  acknowledged_ = rest.checkpoint;
  ExpectReadable();
  ASSERT_TRUE(TidyAll(*view_, authority_.clock(), nullptr).ok());
  ExpectWhole();
}

TEST_F(StoresOnAFullDiskTest, MergingNeedsNoRoomOrSaysSoAndGoesOnWhenThereIsRoom) {
  const Status full = UntilFull(5, [this] { return TidyAll(*view_, authority_.clock(), nullptr); });
  ExpectReadable();
  ExpectWhole();
  EXPECT_TRUE(full.ok() || full.code() == StatusCode::kResourceExhausted) << full;
  FreeTheDisk();
  ASSERT_TRUE(TidyAll(*view_, authority_.clock(), nullptr).ok());
  ExpectReadable();
  ExpectWhole();
}

TEST_F(StoresOnAFullDiskTest, RebuildingNeedsNoRoomOrSaysSoAndGoesOnWhenThereIsRoom) {
  const Status full = UntilFull(20, [this] {
    DAFTAR_RETURN_IF_ERROR(view_->RebuildIndexes(nullptr));
    return TidyAll(*view_, authority_.clock(), nullptr);
  });
  // Pages that are free within the file may do.
  EXPECT_TRUE(full.ok() || full.code() == StatusCode::kResourceExhausted) << full;
  ExpectReadable();
  FreeTheDisk();
  ASSERT_TRUE(view_->RebuildIndexes(nullptr).ok());
  ASSERT_TRUE(TidyAll(*view_, authority_.clock(), nullptr).ok());
  ExpectReadable();
  ExpectWhole();
}

TEST_F(StoresOnAFullDiskTest, EveryEditThatWasQueuedIsThereAndQueueingGoesOn) {
  auto user = *UserStore::Open(folder_.File("user"), /*create=*/true, {.ballast_bytes = kBallast});
  v1::Mutation mutation;
  mutation.set_reason(std::string(100'000, 'r'));
  uint64_t queued = 0;
  Status full;
  FillTheDisk();
  for (int failures = 0; failures < 3;) {
    const auto seq = user->Queue(mutation);
    if (seq.ok()) {
      EXPECT_EQ(*seq, ++queued);
    } else {
      full = seq.status();
      ++failures;
    }
    FillTheDisk();
  }
  EXPECT_EQ(full.code(), StatusCode::kResourceExhausted) << full;
  EXPECT_EQ(user->Outbox()->size(), queued);
  FreeTheDisk();
  EXPECT_EQ(*user->Queue(mutation), queued + 1);
  user.reset();
  user = *UserStore::Open(folder_.File("user"), /*create=*/false, {.after_crash = true});
  EXPECT_EQ(user->Outbox()->size(), queued + 1);
}

}  // namespace
}  // namespace daftar::power
