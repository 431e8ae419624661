// Folders, whole files and the claim on a folder.
#include "storage/base/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "tests/temporary_folder.h"

namespace daftar {
namespace {

using std::filesystem::perms;
using ::testing::HasSubstr;

constexpr uint64_t kLimit = 1000;

class FilesTest : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
};

TEST_F(FilesTest, MakesAFolderAndThoseAboveIt) {
  ASSERT_TRUE(MakeFolder(folder_.File("a/b/c")).ok());
  EXPECT_TRUE(std::filesystem::is_directory(folder_.File("a/b/c")));
}

TEST_F(FilesTest, MakesFoldersForTheirOwnerAlone) {
  ASSERT_TRUE(MakeFolder(folder_.File("a")).ok());
  EXPECT_EQ(std::filesystem::status(folder_.File("a")).permissions(), perms::owner_all);
}

TEST_F(FilesTest, MakingAFolderThatExistsIsFine) { EXPECT_TRUE(MakeFolder(folder_.path()).ok()); }

TEST_F(FilesTest, DoesNotMakeAFolderInPlaceOfAFile) {
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), "bytes").ok());
  EXPECT_EQ(MakeFolder(folder_.File("a")).code(), StatusCode::kFailedPrecondition);
}

TEST_F(FilesTest, ReadsBackWhatItWrote) {
  const std::string bytes("a\0b\n\xff", 5);
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), bytes).ok());
  EXPECT_EQ(*ReadFile(folder_.File("a"), kLimit), bytes);
  EXPECT_EQ(*FileSize(folder_.File("a")), 5u);
}

TEST_F(FilesTest, ReplacesAFileAndLeavesNothingBeside) {
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), "the old and longer bytes").ok());
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), "new").ok());
  EXPECT_EQ(*ReadFile(folder_.File("a"), kLimit), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(FilesTest, WritesFilesForTheirOwnerAlone) {
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), "bytes").ok());
  EXPECT_EQ(std::filesystem::status(folder_.File("a")).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(FilesTest, AWriteThatFailsLeavesTheOldFile) {
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), "old").ok());
  // A folder stands where the temporary file would be made.
  ASSERT_TRUE(MakeFolder(folder_.File("a.new")).ok());
  EXPECT_FALSE(WriteFileAtomically(folder_.File("a"), "new").ok());
  EXPECT_EQ(*ReadFile(folder_.File("a"), kLimit), "old");
}

TEST_F(FilesTest, ReadsAFileAsLargeAsTheLimit) {
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), std::string(kLimit, 'x')).ok());
  EXPECT_TRUE(ReadFile(folder_.File("a"), kLimit).ok());
}

TEST_F(FilesTest, RefusesAFileLargerThanTheLimit) {
  ASSERT_TRUE(WriteFileAtomically(folder_.File("a"), std::string(kLimit + 1, 'x')).ok());
  EXPECT_EQ(ReadFile(folder_.File("a"), kLimit).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(FilesTest, AMissingFileIsNotFound) {
  EXPECT_FALSE(Exists(folder_.File("a")));
  EXPECT_EQ(ReadFile(folder_.File("a"), kLimit).status().code(), StatusCode::kNotFound);
  EXPECT_EQ(FileSize(folder_.File("a")).status().code(), StatusCode::kNotFound);
}

TEST_F(FilesTest, ALocalFolderIsNotRefused) { EXPECT_TRUE(RefuseNetworkFileSystem(folder_.path()).ok()); }

TEST(ErrnoStatusTest, ChoosesTheCodeByWhatTheCallerShouldDo) {
  EXPECT_EQ(ErrnoStatus(ENOENT, "x").code(), StatusCode::kNotFound);
  EXPECT_EQ(ErrnoStatus(EACCES, "x").code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(ErrnoStatus(ENOSPC, "x").code(), StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrnoStatus(EIO, "x").code(), StatusCode::kDataLoss);
}

TEST(ErrnoStatusTest, SaysWhatWasBeingDone) {
  EXPECT_THAT(Message(ErrnoStatus(ENOENT, "opening a.txt")), HasSubstr("opening a.txt: "));
}

class FolderLockTest : public FilesTest {
 protected:
  // Whether another process could claim the folder now.
  bool AnotherProcessCanClaim() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(FolderLock::Acquire(folder_.path()).ok() ? 0 : 1);
    int result = -1;
    ::waitpid(child, &result, 0);
    return WIFEXITED(result) && WEXITSTATUS(result) == 0;
  }
};

TEST_F(FolderLockTest, KeepsAnotherProcessOut) {
  auto lock = FolderLock::Acquire(folder_.path());
  ASSERT_TRUE(lock.ok()) << lock.status();
  EXPECT_FALSE(AnotherProcessCanClaim());
}

TEST_F(FolderLockTest, NamesTheProcessThatHoldsIt) {
  auto lock = FolderLock::Acquire(folder_.path());
  ASSERT_TRUE(lock.ok()) << lock.status();
  const Status second = FolderLock::Acquire(folder_.path()).status();
  EXPECT_EQ(second.code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(second), HasSubstr("process " + std::to_string(::getpid()) + ";"));
}

TEST_F(FolderLockTest, IsReleasedWhenDestroyed) {
  { ASSERT_TRUE(FolderLock::Acquire(folder_.path()).ok()); }
  EXPECT_TRUE(AnotherProcessCanClaim());
}

TEST_F(FolderLockTest, IsReleasedWhenItsProcessDies) {
  ASSERT_TRUE(AnotherProcessCanClaim());
  EXPECT_TRUE(FolderLock::Acquire(folder_.path()).ok());
}

}  // namespace
}  // namespace daftar
