// What a transaction promises: all or nothing, the first error, a snapshot, and no damaged value.
#include <string>

#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::Pair;

class TransactionTest : public EnvironmentTest {};

TEST_F(TransactionTest, ReadsBackWhatWasCommitted) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  EXPECT_THAT(Stored("key"), Optional(std::string("value")));
}

TEST_F(TransactionTest, KeepsBytesOfEveryKindInKeyAndValue) {
  const std::string key("\0\xff\n", 3), value("\0\0\x80", 3);
  ASSERT_TRUE(Store({{key, value}}).ok());
  EXPECT_THAT(Stored(key), Optional(value));
}

TEST_F(TransactionTest, KeepsAnEmptyValue) {
  ASSERT_TRUE(Store({{"key", ""}}).ok());
  EXPECT_THAT(Stored("key"), Optional(std::string()));
}

TEST_F(TransactionTest, KeepsAValueOfManyPages) {
  const std::string value(3 << 20, 'x');
  ASSERT_TRUE(Store({{"key", value}}).ok());
  EXPECT_EQ(Stored("key"), value);
}

TEST_F(TransactionTest, FindsNothingUnderAMissingKey) { EXPECT_EQ(Stored("key"), std::nullopt); }

TEST_F(TransactionTest, FindsNothingUnderAKeyThatCannotBeStored) {
  EXPECT_EQ(Stored(""), std::nullopt);
  EXPECT_FALSE(BeginRead().Has(records(), std::string(512, 'k')));
}

TEST_F(TransactionTest, ReplacesAValue) {
  ASSERT_TRUE(Store({{"key", "old"}}).ok());
  ASSERT_TRUE(Store({{"key", "a longer new one"}}).ok());
  EXPECT_THAT(Stored("key"), Optional(std::string("a longer new one")));
}

TEST_F(TransactionTest, StoresUnderAKeyOf511Bytes) {
  const std::string key(511, 'k');
  ASSERT_TRUE(Store({{key, "value"}}).ok());
  EXPECT_TRUE(BeginRead().Has(records(), key));
}

TEST_F(TransactionTest, RefusesAnEmptyKey) {
  EXPECT_THAT(BeginWrite().Put(records(), "", "value"), HasCode(StatusCode::kInvalidArgument));
}

TEST_F(TransactionTest, RefusesAKeyOf512Bytes) {
  EXPECT_THAT(BeginWrite().Put(records(), std::string(512, 'k'), "value"), HasCode(StatusCode::kInvalidArgument));
}

TEST_F(TransactionTest, DeletesAnEntry) {
  ASSERT_TRUE(Store({{"a", "1"}, {"b", "2"}}).ok());
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Delete(records(), "a").ok());
  ASSERT_TRUE(txn.Commit().ok());
  EXPECT_THAT(Everything(), ElementsAre(Pair("b", "2")));
}

TEST_F(TransactionTest, DeletingWhatIsNotThereIsFine) {
  WriteTxn txn = BeginWrite();
  EXPECT_TRUE(txn.Delete(records(), "key").ok());
  EXPECT_TRUE(txn.Commit().ok());
}

TEST_F(TransactionTest, ClearsOneTableAlone) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Put(records(), "key", "value").ok());
  ASSERT_TRUE(txn.Put(index(), "key", "value").ok());
  ASSERT_TRUE(txn.Clear(records()).ok());
  EXPECT_EQ(*txn.Count(records()), 0u);
  EXPECT_EQ(*txn.Count(index()), 1u);
}

TEST_F(TransactionTest, AppendsAscendingKeys) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Append(records(), "a", "1").ok());
  ASSERT_TRUE(txn.Append(records(), "b", "2").ok());
  ASSERT_TRUE(txn.Commit().ok());
  EXPECT_THAT(Everything(), ElementsAre(Pair("a", "1"), Pair("b", "2")));
}

TEST_F(TransactionTest, RefusesToAppendAKeyThatIsNotTheLast) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Append(records(), "b", "2").ok());
  EXPECT_THAT(txn.Append(records(), "a", "1"), HasCode(StatusCode::kInvalidArgument));
}

TEST_F(TransactionTest, SeesItsOwnWrites) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Put(records(), "key", "value").ok());
  EXPECT_EQ(**txn.Get(records(), "key"), "value");
}

// LMDB rearranges the page while it writes: without copies the key would be read from bytes that have moved.
TEST_F(TransactionTest, TakesKeyAndValueThatAreViewsIntoItself) {
  WriteTxn txn = BeginWrite();
  for (char c = 'a'; c <= 'z'; ++c) ASSERT_TRUE(txn.Put(records(), std::string(20, c), std::string(60, c)).ok());
  for (char c = 'a'; c <= 'y'; ++c) {
    const std::string_view next = **txn.Get(records(), std::string(20, static_cast<char>(c + 1)));
    const Cursor cursor = txn.Seek(records(), std::string(20, c));
    ASSERT_TRUE(txn.Put(records(), cursor.key(), next.substr(0, 30)).ok());
  }
  ASSERT_TRUE(txn.Commit().ok());
  for (char c = 'a'; c <= 'y'; ++c) {
    EXPECT_EQ(Stored(std::string(20, c)), std::string(30, static_cast<char>(c + 1)));
  }
}

TEST_F(TransactionTest, WithoutCommitNothingIsKept) {
  { ASSERT_TRUE(BeginWrite().Put(records(), "key", "value").ok()); }
  EXPECT_EQ(Stored("key"), std::nullopt);
}

TEST_F(TransactionTest, CommitReturnsTheFirstErrorAndKeepsNothing) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Put(records(), "key", "value").ok());
  ASSERT_FALSE(txn.Put(records(), "", "value").ok());
  EXPECT_THAT(txn.Commit(), HasCode(StatusCode::kInvalidArgument));
  EXPECT_EQ(Stored("key"), std::nullopt);
}

TEST_F(TransactionTest, AfterAnErrorEveryWriteSaysTheSame) {
  WriteTxn txn = BeginWrite();
  const Status first = txn.Put(records(), "", "value");
  EXPECT_EQ(txn.Put(records(), "key", "value"), first);
}

TEST_F(TransactionTest, IsOverAfterCommit) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Commit().ok());
  EXPECT_THAT(txn.Commit(), HasCode(StatusCode::kFailedPrecondition));
  EXPECT_THAT(txn.Put(records(), "key", "value"), HasCode(StatusCode::kFailedPrecondition));
  EXPECT_THAT(txn.Get(records(), "key").status(), HasCode(StatusCode::kFailedPrecondition));
}

TEST_F(TransactionTest, WorksFromItsNewPlaceAfterAMove) {
  WriteTxn first = BeginWrite();
  ASSERT_TRUE(first.Put(records(), "key", "value").ok());
  WriteTxn second = std::move(first);
  ASSERT_TRUE(second.Commit().ok());
  EXPECT_THAT(Stored("key"), Optional(std::string("value")));
}

TEST_F(TransactionTest, AReaderKeepsItsSnapshotWhileAWriterCommits) {
  ASSERT_TRUE(Store({{"key", "old"}}).ok());
  ReadTxn reader = BeginRead();
  ASSERT_TRUE(Store({{"key", "new"}}).ok());
  EXPECT_EQ(**reader.Get(records(), "key"), "old");
}

TEST_F(TransactionTest, TwoReadersOnOneThreadAreFine) {
  ReadTxn first = BeginRead();
  ReadTxn second = BeginRead();
  EXPECT_TRUE(second.Get(records(), "key").ok());
}

TEST_F(TransactionTest, CountsReadersAndNotWriters) {
  ReadTxn first = BeginRead();
  ReadTxn moved = std::move(first);
  WriteTxn writer = BeginWrite();
  EXPECT_EQ(env_->open_readers(), 1);
  { ReadTxn second = BeginRead(); }
  EXPECT_EQ(env_->open_readers(), 1);
}

TEST_F(TransactionTest, ADamagedValueIsDataLossAndNeverAnAnswer) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  for (size_t at = 0; at < 5 + 8; ++at) {
    ASSERT_TRUE(DamageValueForDrill(*env_, records(), "key", at).ok());
    EXPECT_THAT(BeginRead().Get(records(), "key").status(), HasCode(StatusCode::kDataLoss)) << "byte " << at;
    ASSERT_TRUE(Store({{"key", "value"}}).ok());
  }
}

TEST_F(TransactionTest, ADamagedValueIsNamedByTableAndKey) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "key", 0).ok());
  EXPECT_THAT(Message(BeginRead().Get(records(), "key").status()), HasSubstr("table records, key 6b6579"));
}

TEST_F(TransactionTest, ADamagedValueLeavesItsNeighboursReadable) {
  ASSERT_TRUE(Store({{"a", "1"}, {"b", "2"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "a", 0).ok());
  EXPECT_THAT(Stored("b"), Optional(std::string("2")));
}

TEST_F(TransactionTest, ATrustedReadGivesWhatGetGives) {
  ASSERT_TRUE(Store({{"key", "value"}, {"empty", ""}}).ok());
  EXPECT_THAT(*BeginRead().GetTrusted(records(), "key"), Optional(std::string_view("value")));
  EXPECT_THAT(*BeginRead().GetTrusted(records(), "empty"), Optional(std::string_view()));
  EXPECT_EQ(*BeginRead().GetTrusted(records(), "other"), std::nullopt);
  EXPECT_EQ(*BeginRead().GetTrusted(records(), ""), std::nullopt);
}

TEST_F(TransactionTest, ATrustedReadDoesNotLookAtTheTag) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "key", 5 + 3).ok());
  EXPECT_THAT(*BeginRead().GetTrusted(records(), "key"), Optional(std::string_view("value")));
  EXPECT_THAT(BeginRead().Get(records(), "key").status(), HasCode(StatusCode::kDataLoss));
}

TEST_F(TransactionTest, ATrustedReadOfAnOverTransactionSaysSo) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Commit().ok());
  EXPECT_THAT(txn.GetTrusted(records(), "key").status(), HasCode(StatusCode::kFailedPrecondition));
}

TEST_F(TransactionTest, ADrillNeedsSomethingToDamage) {
  ASSERT_TRUE(Store({{"key", "value"}}).ok());
  EXPECT_THAT(DamageValueForDrill(*env_, records(), "other", 0), HasCode(StatusCode::kNotFound));
  EXPECT_THAT(DamageValueForDrill(*env_, records(), "key", 13), HasCode(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace daftar::lmdb
