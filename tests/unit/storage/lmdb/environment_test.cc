// Which folders and files an environment opens, and which it refuses in words.
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "storage/base/files.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;

class EnvironmentOpenTest : public EnvironmentTest {
 protected:
  void WriteDataFile(const std::string& bytes) {
    std::ofstream(DataFile(), std::ios::binary | std::ios::trunc) << bytes;
  }
  void CutDataFileBy(uint64_t bytes) {
    std::filesystem::resize_file(DataFile(), std::filesystem::file_size(DataFile()) - bytes);
  }
  Status Remove(const std::string& key) {
    WriteTxn txn = BeginWrite();
    DAFTAR_RETURN_IF_ERROR(txn.Delete(records(), key));
    return txn.Commit();
  }
  // The list of free pages may lie at the end of the file; further commits write it into pages freed before.
  void MoveTheFreeListDown() {
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(Store({{"a small one", std::to_string(i)}}).ok());
  }
  // Enough entries for a tree of several pages.
  std::map<std::string, std::string> ManyEntries() {
    std::map<std::string, std::string> entries;
    for (int i = 0; i < 500; ++i) entries["key " + std::to_string(i)] = std::string(500, 'v');
    return entries;
  }
};

TEST_F(EnvironmentOpenTest, FindsEverythingAfterReopening) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  Reopen();
  EXPECT_THAT(Stored("key"), Optional(std::string("value")));
}

TEST_F(EnvironmentOpenTest, GivesTheTablesInTheOrderOfTheList) {
  EXPECT_STREQ(records().name, "records");
  EXPECT_STREQ(index().name, "index");
  EXPECT_EQ(env_->tables().size(), 2u);
}

TEST_F(EnvironmentOpenTest, AddsATableThatAnOlderFileHasNot) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  Close();
  const char* const more[] = {"new", "records", "index"};
  auto env = Environment::Open(folder_.path(), options_, more);
  ASSERT_TRUE(env.ok()) << env.status();
  EXPECT_EQ(*(*env)->BeginRead()->Count((*env)->table(0)), 0u);
  EXPECT_EQ(*(*env)->BeginRead()->Count((*env)->table(1)), 1u);
}

TEST_F(EnvironmentOpenTest, MakesTheFolder) {
  EXPECT_TRUE(Open(folder_.File("a/b")).ok());
  EXPECT_TRUE(Exists(folder_.File("a/b/data.mdb")));
}

TEST_F(EnvironmentOpenTest, MakesNothingIfToldNotTo) {
  options_.create = false;
  EXPECT_THAT(Open(folder_.File("none")).status(), HasCode(StatusCode::kNotFound));
  EXPECT_FALSE(Exists(folder_.File("none")));
}

TEST_F(EnvironmentOpenTest, OpensAnExistingFileIfToldToMakeNothing) {
  options_.create = false;
  Reopen();
  EXPECT_EQ(Stored("key"), std::nullopt);
}

TEST_F(EnvironmentOpenTest, KeepsTheFileToItsOwner) {
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(DataFile()).permissions(), perms::owner_read | perms::owner_write);
}

TEST_F(EnvironmentOpenTest, RefusesAFolderThatIsOpenAlready) {
  EXPECT_THAT(OpeningFails(), HasCode(StatusCode::kFailedPrecondition));
}

TEST_F(EnvironmentOpenTest, RefusesAFolderThatIsOpenAlreadyUnderAnotherName) {
  TemporaryFolder elsewhere;
  std::filesystem::create_directory_symlink(folder_.path(), elsewhere.File("link"));
  EXPECT_THAT(Open(elsewhere.File("link")).status(), HasCode(StatusCode::kFailedPrecondition));
}

TEST_F(EnvironmentOpenTest, AFailedSecondOpenLeavesTheFirstAtWork) {
  ASSERT_FALSE(OpeningFails().ok());
  EXPECT_TRUE(Store({{"key", "value"}}).ok());
}

TEST_F(EnvironmentOpenTest, ARefusedFolderCanBeTriedAgain) {
  Close();
  const std::string good = *ReadFile(DataFile(), 1 << 20);
  WriteDataFile("garbage");
  ASSERT_FALSE(OpeningFails().ok());
  WriteDataFile(good);
  EXPECT_TRUE(OpeningFails().ok());
}

TEST_F(EnvironmentOpenTest, RefusesAFileOfGarbage) {
  Close();
  WriteDataFile(std::string(100'000, 'g'));
  const Status status = OpeningFails();
  EXPECT_THAT(status, HasCode(StatusCode::kDataLoss));
  EXPECT_THAT(Message(status), HasSubstr("not a database file"));
}

TEST_F(EnvironmentOpenTest, RefusesAFileShorterThanItsMetaPages) {
  Close();
  for (uint64_t size : {1, 100, 4096, 5000, 8000}) {
    std::filesystem::resize_file(DataFile(), size);
    EXPECT_THAT(OpeningFails(), HasCode(StatusCode::kDataLoss)) << size << " bytes";
  }
}

TEST_F(EnvironmentOpenTest, RefusesATruncatedFileInWords) {
  ASSERT_TRUE(Store(ManyEntries()).ok());
  Close();
  CutDataFileBy(4096);
  const Status status = OpeningFails();
  EXPECT_THAT(status, HasCode(StatusCode::kDataLoss));
  EXPECT_THAT(Message(status), HasSubstr("was cut short"));
}

TEST_F(EnvironmentOpenTest, RefusesAFileCutAtAnyPage) {
  ASSERT_TRUE(Store(ManyEntries()).ok());
  Close();
  while (std::filesystem::file_size(DataFile()) > 4096) {
    CutDataFileBy(4096);
    EXPECT_THAT(OpeningFails(), HasCode(StatusCode::kDataLoss)) << std::filesystem::file_size(DataFile());
  }
}

TEST_F(EnvironmentOpenTest, RefusesAFileWithoutPagesInUseThoughItsFreeListIsWhole) {
  ASSERT_TRUE(Store({{"given up", std::string(100'000, 'g')}}).ok());
  ASSERT_TRUE(Remove("given up").ok());
  ASSERT_TRUE(Store({{"big", std::string(1 << 20, 'b')}}).ok());
  MoveTheFreeListDown();
  Close();
  // Free pages first, and behind them pages of the big value.
  CutDataFileBy(10 * 4096);
  EXPECT_THAT(OpeningFails(), HasCode(StatusCode::kDataLoss));
}

TEST_F(EnvironmentOpenTest, DoesNotChangeAFileThatItRefuses) {
  ASSERT_TRUE(Store(ManyEntries()).ok());
  Close();
  CutDataFileBy(4096);
  const std::string before = *ReadFile(DataFile(), 1 << 30);
  ASSERT_FALSE(OpeningFails().ok());
  EXPECT_TRUE(*ReadFile(DataFile(), 1 << 30) == before);
}

// LMDB does not write pages that one transaction both took and gave up: a healthy file may lack them at its end.
TEST_F(EnvironmentOpenTest, OpensAFileThatLacksOnlyFreePagesAtItsEnd) {
  ASSERT_TRUE(Store({{"a small one", "first"}}).ok());
  ASSERT_TRUE(Store({{"big", std::string(1 << 20, 'b')}}).ok());
  ASSERT_TRUE(Remove("big").ok());
  MoveTheFreeListDown();
  Close();
  CutDataFileBy(4096);
  Reopen();
  EXPECT_THAT(Stored("a small one"), Optional(std::string("3")));
}

TEST_F(EnvironmentOpenTest, AFullReservationIsResourceExhaustedAndKeepsWhatWasCommitted) {
  options_.map_bytes = 1 << 20;
  Reopen();
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  const Status status = Store({{"key", "lost"}, {"large", std::string(2 << 20, 'x')}});
  EXPECT_THAT(status, HasCode(StatusCode::kResourceExhausted));
  EXPECT_THAT(Message(status), HasSubstr("Everything committed is safe"));
  EXPECT_THAT(Stored("key"), Optional(std::string("value")));
}

TEST_F(EnvironmentOpenTest, WritesAgainAfterAFullReservation) {
  options_.map_bytes = 1 << 20;
  Reopen();
  ASSERT_FALSE(Store({{"large", std::string(2 << 20, 'x')}}).ok());
  EXPECT_TRUE(Store({{"key", "value"}}).ok());
}

TEST_F(EnvironmentOpenTest, OpensAgainWithALargerReservation) {
  options_.map_bytes = 1 << 20;
  Reopen();
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  options_.map_bytes = 8 << 20;
  Reopen();
  EXPECT_TRUE(Store({{"large", std::string(2 << 20, 'x')}}).ok());
  EXPECT_THAT(Stored("key"), Optional(std::string("value")));
}

// A limit on the size of files stands in for a disk that fails in the middle of a write.
TEST_F(EnvironmentOpenTest, AfterAFailedDiskWriteItRefusesToWriteUntilReopened) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  ::signal(SIGXFSZ, SIG_IGN);
  struct rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const struct rlimit tight = {*env_->FileBytes() + 6000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const Status failed = Store({{"large", std::string(1 << 20, 'x')}});
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);

  EXPECT_THAT(failed, HasCode(StatusCode::kFailedPrecondition));
  EXPECT_THAT(env_->BeginWrite().status(), HasCode(StatusCode::kFailedPrecondition));
  EXPECT_THAT(Stored("key"), Optional(std::string("value")));
  Reopen();
  EXPECT_TRUE(Store({{"key", "new"}}).ok());
}

TEST_F(EnvironmentOpenTest, MeasuresItsTables) {
  ASSERT_TRUE(Store(ManyEntries()).ok());
  auto stats = env_->Stats();
  ASSERT_TRUE(stats.ok()) << stats.status();
  ASSERT_EQ(stats->size(), 2u);
  EXPECT_EQ(stats->at(0).name, "records");
  EXPECT_EQ(stats->at(0).entries, 500u);
  EXPECT_GT(stats->at(0).bytes, 250'000u);
  EXPECT_EQ(stats->at(1).entries, 0u);
  EXPECT_GT(*env_->FileBytes(), stats->at(0).bytes);
}

TEST_F(EnvironmentOpenTest, FindsNoDeadReadersAmongTheLiving) {
  ReadTxn reader = BeginRead();
  EXPECT_EQ(*env_->ClearDeadReaders(), 0);
}

}  // namespace
}  // namespace daftar::lmdb
