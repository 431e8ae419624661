// The count and digest beside every table: they follow each write, and tell what no single read can see.
#include "storage/lmdb/check.h"

#include <string>

#include "storage/lmdb/raw.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"
#include "tests/unit/storage/lmdb/file_damage.h"

namespace daftar::lmdb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CheckTest : public EnvironmentTest {
 protected:
  TableCheck Check(const CheckOptions& options = {}) {
    StatusOr<TableCheck> check = CheckTable(*env_, records(), options);
    DAFTAR_CHECK(check.ok());
    return *std::move(check);
  }
  std::string Words() { return Check().InWords(); }
  Status Remove(const std::string& key) {
    WriteTxn txn = BeginWrite();
    DAFTAR_RETURN_IF_ERROR(txn.Delete(records(), key));
    return txn.Commit();
  }
  static std::string KeyOf(int number) { return "key " + std::to_string(1000 + number); }
  Status StoreMany() {
    std::map<std::string, std::string> entries;
    for (int i = 0; i < 500; ++i) entries[KeyOf(i)] = std::string(200, 'v');
    return Store(entries);
  }
};

TEST_F(CheckTest, AnEmptyTableIsAsItWasWritten) { EXPECT_EQ(Words(), "table records: 0 rows, as they were written"); }

TEST_F(CheckTest, FollowsNewRows) {
  ASSERT_TRUE(Store({{"a", "1"}, {"b", "2"}}).ok());
  EXPECT_EQ(Words(), "table records: 2 rows, as they were written");
}

TEST_F(CheckTest, FollowsReplacedRows) {
  ASSERT_TRUE(Store({{"a", "1"}}).ok());
  ASSERT_TRUE(Store({{"a", "another"}}).ok());
  EXPECT_EQ(Words(), "table records: 1 row, as they were written");
}

TEST_F(CheckTest, FollowsDeletedRows) {
  ASSERT_TRUE(Store({{"a", "1"}, {"b", "2"}}).ok());
  ASSERT_TRUE(Remove("a").ok());
  ASSERT_TRUE(Remove("not there").ok());
  EXPECT_EQ(Words(), "table records: 1 row, as they were written");
}

TEST_F(CheckTest, FollowsAppendedRowsAndAClearedTable) {
  ASSERT_TRUE(StoreMany().ok());
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Put(records(), "gone", "1").ok());
  ASSERT_TRUE(txn.Clear(records()).ok());
  ASSERT_TRUE(txn.Append(records(), "a", "1").ok());
  ASSERT_TRUE(txn.Append(records(), "b", "2").ok());
  ASSERT_TRUE(txn.Commit().ok());
  EXPECT_EQ(Words(), "table records: 2 rows, as they were written");
}

TEST_F(CheckTest, ForgetsWhatWasGivenUp) {
  ASSERT_TRUE(Store({{"a", "1"}}).ok());
  { ASSERT_TRUE(BeginWrite().Put(records(), "b", "2").ok()); }
  EXPECT_TRUE(Check().healthy());
}

TEST_F(CheckTest, StaysTrueAfterReopening) {
  ASSERT_TRUE(StoreMany().ok());
  Reopen();
  EXPECT_TRUE(Check().healthy());
  EXPECT_TRUE(env_->recounted().empty());
}

TEST_F(CheckTest, RowsThatVanishedWithoutAnErrorAreCounted) {
  ASSERT_TRUE(StoreMany().ok());
  Close();
  const int vanished = HideLastRowOfLeavesWith(DataFile(), "key 13");
  ASSERT_GT(vanished, 0);
  Reopen();
  EXPECT_EQ(Words(), "table records: " + std::to_string(vanished) + " of 500 rows have vanished");
}

TEST_F(CheckTest, AValueUnderAnotherKeyIsFoundThoughTheCountIsRight) {
  ASSERT_TRUE(Store({{"a key of its own", "1"}}).ok());
  Close();
  ASSERT_GT(ReplaceEverywhere(DataFile(), "a key of its own", "a key of my own."), 0);
  Reopen();
  EXPECT_EQ(Words(), "table records: 1 value is damaged");
}

TEST_F(CheckTest, AnOlderRowWithARightTagIsFoundByTheDigest) {
  // In the file the tag stands behind the value, and the value behind the key.
  const auto row = [&](const std::string& key_and_value) {
    Close();
    const std::string bytes = BytesOf(DataFile());
    return bytes.substr(bytes.find(key_and_value), key_and_value.size() + 8);
  };
  ASSERT_TRUE(Store({{"the key", "old"}}).ok());
  const std::string old_row = row("the keyold");
  Reopen();
  ASSERT_TRUE(Store({{"the key", "new"}}).ok());
  const std::string new_row = row("the keynew");
  ASSERT_GT(ReplaceEverywhere(DataFile(), new_row, old_row), 0);
  Reopen();
  EXPECT_EQ(Words(), "table records: it has as many rows as were written, but not the same ones");
}

TEST_F(CheckTest, NamesTheDamagedValues) {
  ASSERT_TRUE(Store({{"a", "1"}, {"b", "2"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "b", 0).ok());
  EXPECT_THAT(Check().damaged_keys, ElementsAre("b"));
  EXPECT_EQ(Words(), "table records: 1 value is damaged");
}

TEST_F(CheckTest, WithoutVerifyingValuesItCountsAlone) {
  ASSERT_TRUE(Store({{"a", "1"}, {"b", "2"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "b", 0).ok());
  EXPECT_TRUE(Check({.verify_values = false}).healthy());
}

TEST_F(CheckTest, KeysOutOfOrderEndTheWalk) {
  ASSERT_TRUE(StoreMany().ok());
  Close();
  ASSERT_GT(ReplaceEverywhere(DataFile(), "key 1100", "key 1000"), 0);
  Reopen();
  EXPECT_THAT(Words(), HasSubstr("out of order behind row 100"));
}

TEST_F(CheckTest, BeginsAgainWhenTheTableIsChangedMeanwhile) {
  ASSERT_TRUE(StoreMany().ok());
  int steps = 0;
  const CheckOptions options{.rows_per_step = 100, .progress = [&](uint64_t, uint64_t) {
                               if (++steps == 2) {
                                 EXPECT_TRUE(Store({{"in between", "new"}}).ok());
                               }
                               return true;
                             }};
  const TableCheck check = Check(options);
  EXPECT_TRUE(check.healthy()) << check.InWords();
  EXPECT_EQ(check.rows_found, 501u);
}

TEST_F(CheckTest, EndsThoughTheTableIsChangedAtEveryStep) {
  ASSERT_TRUE(StoreMany().ok());
  int steps = 0;
  const CheckOptions options{.rows_per_step = 100, .restarts = 2, .progress = [&](uint64_t, uint64_t) {
                               EXPECT_TRUE(Store({{"again", std::to_string(++steps)}}).ok());
                               return true;
                             }};
  EXPECT_TRUE(Check(options).healthy());
}

TEST_F(CheckTest, AChangeOfAnotherTableDoesNotDisturbIt) {
  ASSERT_TRUE(StoreMany().ok());
  int steps = 0;
  const CheckOptions options{.rows_per_step = 100, .progress = [&](uint64_t, uint64_t) {
                               ++steps;
                               WriteTxn txn = BeginWrite();
                               EXPECT_TRUE(txn.Put(index(), std::to_string(steps), "").ok());
                               return txn.Commit().ok();
                             }};
  EXPECT_TRUE(Check(options).healthy());
  EXPECT_EQ(steps, 5);
}

TEST_F(CheckTest, CanBeStopped) {
  const CheckOptions options{.progress = [](uint64_t, uint64_t) { return false; }};
  EXPECT_THAT(CheckTable(*env_, records(), options).status(), HasCode(StatusCode::kCancelled));
}

TEST_F(CheckTest, HoldsNoReaderWhenItIsDone) {
  ASSERT_TRUE(StoreMany().ok());
  EXPECT_TRUE(Check().healthy());
  EXPECT_EQ(env_->open_readers(), 0);
}

TEST_F(CheckTest, AfterARepairTheTableIsCountedAnew) {
  ASSERT_TRUE(Store({{"a", "1"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "a", 1 + 4).ok());
  ASSERT_TRUE(Store({{"a", "1"}}).ok());
  EXPECT_FALSE(Check().digest_equal) << "the tag that was subtracted was the damaged one";
  ASSERT_TRUE(RecountTable(*env_, records()).ok());
  EXPECT_TRUE(Check().healthy());
}

TEST_F(CheckTest, ADamagedCountIsSaidAndHealsWithTheNextWrite) {
  ASSERT_TRUE(Store({{"a", "1"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, Raw::TallyTable(*env_), "table/records", 3).ok());
  EXPECT_EQ(Words(), "table records: its count of rows is damaged or missing");
  ASSERT_TRUE(Store({{"b", "2"}}).ok());
  EXPECT_EQ(Words(), "table records: 2 rows, as they were written");
}

TEST_F(CheckTest, ADamagedCountIsCountedAnewAtOpen) {
  ASSERT_TRUE(Store({{"a", "1"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, Raw::TallyTable(*env_), "table/records", 3).ok());
  Reopen();
  EXPECT_THAT(env_->recounted(), ElementsAre("records"));
  EXPECT_TRUE(Check().healthy());
}

TEST_F(CheckTest, AFileWithoutCountsIsCountedOnce) {
  ASSERT_TRUE(StoreMany().ok());
  Close();
  // As if the table of counts had never been made.
  ASSERT_GT(ReplaceEverywhere(DataFile(), "rows", "rowz"), 0);
  Reopen();
  EXPECT_THAT(env_->recounted(), ElementsAre("records"));
  EXPECT_TRUE(Check().healthy());
  Reopen();
  EXPECT_TRUE(env_->recounted().empty());
}

TEST_F(CheckTest, AfterAProgramThatKeepsNoCountsAllTablesAreCounted) {
  ASSERT_TRUE(StoreMany().ok());
  Close();
  // As if another transaction had been the last.
  ASSERT_GT(ReplaceEverywhere(DataFile(), "last", "lost"), 0);
  Reopen();
  EXPECT_THAT(env_->recounted(), ElementsAre("records"));
}

TEST_F(CheckTest, TheNameOfItsOwnTableIsTaken) {
  Close();
  const char* const taken[] = {"rows"};
  EXPECT_THAT(Environment::Open(folder_.path(), options_, taken).status(), HasCode(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace daftar::lmdb
