// The rules of LMDB's use that no other test of this folder shows; storage/lmdb/README.md lists them all.
#include <optional>
#include <string>
#include <vector>

#include "storage/base/files.h"
#include "storage/lmdb/raw.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"
#include "tests/unit/storage/lmdb/file_damage.h"

namespace daftar::lmdb {
namespace {

using ::testing::HasSubstr;

class RulesTest : public EnvironmentTest {
 protected:
  Status StoreInOneTransaction(int rows, size_t bytes, bool append) {
    DAFTAR_ASSIGN_OR_RETURN(WriteTxn txn, env_->BeginWrite());
    for (int i = 0; i < rows; ++i) {
      const std::string key = std::to_string(1'000'000 + i), value(bytes, 'v');
      DAFTAR_RETURN_IF_ERROR(append ? txn.Append(records(), key, value) : txn.Put(records(), key, value));
    }
    return txn.Commit();
  }
};

TEST_F(RulesTest, EveryCommitIsFlushedUnlessToldOtherwise) {
  EXPECT_FALSE(FlagsOf(*env_).no_sync);
  EXPECT_FALSE(FlagsOf(*env_).no_meta_sync);
  options_.lazy_meta_sync = true;
  Reopen();
  EXPECT_TRUE(FlagsOf(*env_).no_meta_sync);
  EXPECT_FALSE(FlagsOf(*env_).no_sync);
}

TEST_F(RulesTest, TheMapIsNeverWrittenThrough) { EXPECT_FALSE(FlagsOf(*env_).write_map); }

TEST_F(RulesTest, ReadersBelongToTheirObjectsAndThereMayBeAThousand) {
  EXPECT_TRUE(FlagsOf(*env_).no_tls);
  EXPECT_EQ(FlagsOf(*env_).most_readers, 1024u);
}

TEST_F(RulesTest, OneReaderTooManyIsResourceExhausted) {
  std::vector<ReadTxn> readers;
  for (int i = 0; i < 1024; ++i) readers.push_back(BeginRead());
  EXPECT_THAT(env_->BeginRead().status(), HasCode(StatusCode::kResourceExhausted));
  readers.pop_back();
  EXPECT_TRUE(env_->BeginRead().ok());
}

TEST_F(RulesTest, ANetworkFileSystemIsRefused) {
  Close();
  options_.check_file_system = [](const std::string& folder) { return FailedPrecondition(folder + " is far away"); };
  EXPECT_THAT(OpeningFails(), HasCode(StatusCode::kFailedPrecondition));
}

TEST_F(RulesTest, TheLagOfTheOldestReaderIsKnown) {
  EXPECT_EQ(*env_->OldestReaderLag(), 0u);
  std::optional<ReadTxn> reader(BeginRead());
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Store({{"key", std::to_string(i)}}).ok());
  EXPECT_EQ(*env_->OldestReaderLag(), 3u);
  reader.reset();
  EXPECT_EQ(*env_->OldestReaderLag(), 0u);
}

TEST_F(RulesTest, ATransactionThatChangesTooMuchIsRefusedInWordsAndKeepsNothing) {
  options_.most_changed_bytes = 1 << 20;
  Reopen();
  for (bool append : {true, false}) {
    const Status refused = StoreInOneTransaction(10'000, 300, append);
    EXPECT_THAT(refused, HasCode(StatusCode::kResourceExhausted));
    EXPECT_THAT(Message(refused), HasSubstr("Commit in smaller parts"));
  }
  EXPECT_TRUE(Everything().empty());
}

TEST_F(RulesTest, ManySmallChangesOfASmallTableAreNotTooMuch) {
  options_.most_changed_bytes = 1 << 20;
  Reopen();
  WriteTxn txn = BeginWrite();
  for (int i = 0; i < 20'000; ++i) ASSERT_TRUE(txn.Put(records(), std::to_string(i % 100), std::to_string(i)).ok());
  EXPECT_TRUE(txn.Commit().ok());
}

TEST_F(RulesTest, LargeValuesCountWithAllTheirPages) {
  options_.most_changed_bytes = 1 << 20;
  Reopen();
  EXPECT_THAT(StoreInOneTransaction(600, 5000, false), HasCode(StatusCode::kResourceExhausted));
}

TEST_F(RulesTest, ATableOfSeveralValuesPerKeyIsRefused) {
  Close();
  // The entry of a table: its name, four bytes of padding, then its form; 4: several values under one key.
  const std::string name = "records", plain("\0\0\0\0\0\0", 6), several("\0\0\0\0\x04\0", 6);
  ASSERT_GT(ReplaceEverywhere(DataFile(), name + plain, name + several), 0);
  EXPECT_THAT(OpeningFails(), HasCode(StatusCode::kFailedPrecondition));
}

TEST_F(RulesTest, AToolOpensAFileWithAllTablesThatItHolds) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  Close();
  const auto env = Environment::OpenAsItIs(folder_.path(), options_);
  ASSERT_TRUE(env.ok()) << env.status();
  ASSERT_EQ((*env)->tables().size(), 2u);
  EXPECT_STREQ((*env)->table(1).name, "records");
  EXPECT_EQ(**(*env)->BeginRead()->Get((*env)->table(1), "key"), "value");
}

TEST_F(RulesTest, AToolMakesNothing) {
  EXPECT_THAT(Environment::OpenAsItIs(folder_.File("none"), {}).status(), HasCode(StatusCode::kNotFound));
  EXPECT_FALSE(Exists(folder_.File("none")));
}

}  // namespace
}  // namespace daftar::lmdb
