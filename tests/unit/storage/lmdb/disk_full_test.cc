// A disk that is really full: a file system of 8 MB in memory. Needs the right to mount one.
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

using ::testing::HasSubstr;

class DiskFullTest : public EnvironmentTest {
 protected:
  void SetUp() override {
    if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=8m") != 0) {
      GTEST_SKIP() << "a small file system cannot be mounted here: " << std::strerror(errno);
    }
    mounted_ = true;
    options_.ballast_bytes = 1 << 20;
    Reopen();
  }
  void TearDown() override {
    Close();
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }

  void FillTheDisk() {
    std::ofstream file(folder_.File("something else"), std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), 4096) && file.flush()) {
    }
  }
  void FreeTheDisk() { std::filesystem::remove(folder_.File("something else")); }
  // Each needs about `bytes` of new room.
  Status StoreNew(size_t bytes) { return Store({{"new " + std::to_string(++number_), std::string(bytes, 'n')}}); }
  bool HasBallast() { return Exists(folder_.File("ballast")); }

 private:
  bool mounted_ = false;
  int number_ = 0;
};

TEST_F(DiskFullTest, KeepsABallastWhileThereIsRoom) {
  EXPECT_EQ(*FileSize(folder_.File("ballast")), 1u << 20);
  EXPECT_EQ(env_->state(), State::kReady);
}

TEST_F(DiskFullTest, TheFirstFailureReleasesTheBallastAndSaysSo) {
  ASSERT_TRUE(Store({{"key", "safe"}}).ok());
  FillTheDisk();
  const Status failed = StoreNew(200'000);
  EXPECT_THAT(failed, HasCode(StatusCode::kResourceExhausted));
  EXPECT_THAT(Message(failed), HasSubstr("a reserve of 1.0 MB was released"));
  EXPECT_FALSE(HasBallast());
  EXPECT_EQ(env_->state(), State::kNearlyFull);
  EXPECT_EQ(Stored("key"), "safe");
}

TEST_F(DiskFullTest, WhatFailedCanBeFinishedInTheRoomOfTheBallast) {
  FillTheDisk();
  ASSERT_FALSE(StoreNew(200'000).ok());
  EXPECT_TRUE(StoreNew(200'000).ok());
}

TEST_F(DiskFullTest, ThenItIsReadOnlyInClearWordsAndReadingGoesOn) {
  ASSERT_TRUE(Store({{"key", "safe"}}).ok());
  FillTheDisk();
  while (StoreNew(200'000).ok() || env_->state() == State::kNearlyFull) {
  }
  EXPECT_EQ(env_->state(), State::kFull);
  const Status refused = env_->BeginWrite().status();
  EXPECT_THAT(refused, HasCode(StatusCode::kResourceExhausted));
  EXPECT_THAT(Message(refused), HasSubstr("is read and not written for now"));
  EXPECT_EQ(Stored("key"), "safe");
}

TEST_F(DiskFullTest, WritingGoesOnByItselfWhenThereIsRoomAgain) {
  FillTheDisk();
  while (StoreNew(200'000).ok() || env_->state() == State::kNearlyFull) {
  }
  FreeTheDisk();
  EXPECT_TRUE(StoreNew(1000).ok());
  EXPECT_EQ(env_->state(), State::kReady);
  EXPECT_TRUE(HasBallast());
}

TEST_F(DiskFullTest, EveryAcknowledgedCommitIsThereAfterReopening) {
  FillTheDisk();
  int acknowledged = 0;
  for (int i = 0; i < 40; ++i) {
    if (!Store({{"kept " + std::to_string(acknowledged), std::string(30'000, 'k')}}).ok()) continue;
    ++acknowledged;
  }
  Reopen();
  for (int i = 0; i < acknowledged; ++i) EXPECT_NE(Stored("kept " + std::to_string(i)), std::nullopt) << i;
  EXPECT_EQ(Stored("kept " + std::to_string(acknowledged)), std::nullopt);
}

TEST_F(DiskFullTest, OpensOnAFullDiskWithoutBallast) {
  Close();
  std::filesystem::remove(folder_.File("ballast"));
  FillTheDisk();
  std::filesystem::resize_file(folder_.File("something else"),
                               std::filesystem::file_size(folder_.File("something else")) - 100'000);
  Reopen();
  EXPECT_EQ(env_->state(), State::kNearlyFull);
}

TEST_F(DiskFullTest, WithoutABallastWritingMayAlwaysBeTried) {
  options_.ballast_bytes = 0;
  Reopen();
  std::filesystem::remove(folder_.File("ballast"));
  FillTheDisk();
  EXPECT_THAT(StoreNew(200'000), HasCode(StatusCode::kResourceExhausted));
  EXPECT_EQ(env_->state(), State::kFull);
  FreeTheDisk();
  EXPECT_TRUE(StoreNew(200'000).ok());
  EXPECT_EQ(env_->state(), State::kReady);
}

}  // namespace
}  // namespace daftar::lmdb
