// Where a cursor stands and where it ends.
#include <string>
#include <vector>

#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CursorTest : public EnvironmentTest {
 protected:
  void SetUp() override {
    EnvironmentTest::SetUp();
    ASSERT_TRUE(Store({{"a", "1"}, {"ba", "2"}, {"bb", "3"}, {"bc", "4"}, {"c", "5"}}).ok());
  }
};

// The keys from where the cursor stands to its end.
std::vector<std::string> Upwards(Cursor cursor) {
  std::vector<std::string> keys;
  for (; cursor.valid(); cursor.Next()) keys.emplace_back(cursor.key());
  EXPECT_TRUE(cursor.status().ok()) << cursor.status();
  return keys;
}

std::vector<std::string> Downwards(Cursor cursor) {
  std::vector<std::string> keys;
  for (; cursor.valid(); cursor.Prev()) keys.emplace_back(cursor.key());
  EXPECT_TRUE(cursor.status().ok()) << cursor.status();
  return keys;
}

TEST_F(CursorTest, WalksInKeyOrder) {
  EXPECT_THAT(Upwards(BeginRead().Seek(records(), "")), ElementsAre("a", "ba", "bb", "bc", "c"));
}

TEST_F(CursorTest, BeginsAtTheFirstKeyNotBelowTheAskedOne) {
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Upwards(txn.Seek(records(), "bb")), ElementsAre("bb", "bc", "c"));
  EXPECT_THAT(Upwards(txn.Seek(records(), "bbb")), ElementsAre("bc", "c"));
}

TEST_F(CursorTest, CarriesTheValueOfItsKey) {
  ReadTxn txn = BeginRead();
  EXPECT_EQ(txn.Seek(records(), "bb").value(), "3");
}

TEST_F(CursorTest, EndsWithThePrefix) {
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Upwards(txn.SeekPrefix(records(), "b")), ElementsAre("ba", "bb", "bc"));
  EXPECT_THAT(Upwards(txn.Seek(records(), "bb", "b")), ElementsAre("bb", "bc"));
}

TEST_F(CursorTest, BeginsAtThePrefixIfAskedForAKeyBelowIt) {
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Upwards(txn.Seek(records(), "a", "b")), ElementsAre("ba", "bb", "bc"));
}

TEST_F(CursorTest, FindsNothingUnderAPrefixThatNoKeyHas) {
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Upwards(txn.SeekPrefix(records(), "bd")), IsEmpty());
  EXPECT_THAT(Downwards(txn.SeekLast(records(), "bd")), IsEmpty());
}

TEST_F(CursorTest, FindsNothingInAnEmptyTable) {
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Upwards(txn.SeekPrefix(index(), "")), IsEmpty());
  EXPECT_THAT(Downwards(txn.SeekLast(index(), "")), IsEmpty());
}

TEST_F(CursorTest, WalksDownFromTheLastKeyOfAPrefix) {
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Downwards(txn.SeekLast(records(), "b")), ElementsAre("bc", "bb", "ba"));
}

TEST_F(CursorTest, WalksDownFromTheLastKeyOfTheTable) {
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Downwards(txn.SeekLast(records(), "")), ElementsAre("c", "bc", "bb", "ba", "a"));
  EXPECT_THAT(Downwards(txn.SeekLast(records(), "c")), ElementsAre("c"));
}

TEST_F(CursorTest, FindsTheLastKeyOfAPrefixOfHighestBytes) {
  ASSERT_TRUE(Store({{"\xff", "6"}, {"\xff\xff", "7"}, {"a\xff", "8"}}).ok());
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Downwards(txn.SeekLast(records(), "\xff")), ElementsAre("\xff\xff", "\xff"));
  EXPECT_THAT(Downwards(txn.SeekLast(records(), "a\xff")), ElementsAre("a\xff"));
}

TEST_F(CursorTest, GoesBackAStep) {
  ReadTxn txn = BeginRead();
  Cursor cursor = txn.Seek(records(), "bb");
  cursor.Prev();
  EXPECT_EQ(cursor.key(), "ba");
}

TEST_F(CursorTest, StaysAtTheEnd) {
  ReadTxn txn = BeginRead();
  Cursor cursor = txn.Seek(records(), "bc", "b");
  cursor.Next();
  ASSERT_FALSE(cursor.valid());
  cursor.Prev();
  EXPECT_FALSE(cursor.valid());
  EXPECT_TRUE(cursor.status().ok());
}

TEST_F(CursorTest, KeepsItsPlaceWhenMoved) {
  ReadTxn txn = BeginRead();
  Cursor first = txn.Seek(records(), "bb");
  Cursor second = std::move(first);
  EXPECT_EQ(second.key(), "bb");
  second.Next();
  EXPECT_EQ(second.key(), "bc");
}

TEST_F(CursorTest, SeesWhatItsTransactionWrote) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Put(records(), "bba", "new").ok());
  EXPECT_THAT(Upwards(txn.SeekPrefix(records(), "bb")), ElementsAre("bb", "bba"));
}

TEST_F(CursorTest, OfATransactionThatIsOverSaysSo) {
  WriteTxn txn = BeginWrite();
  ASSERT_TRUE(txn.Commit().ok());
  EXPECT_THAT(txn.Seek(records(), "").status(), HasCode(StatusCode::kFailedPrecondition));
  EXPECT_THAT(txn.SeekLast(records(), "").status(), HasCode(StatusCode::kFailedPrecondition));
}

TEST_F(CursorTest, StopsAtADamagedValueAndNamesItsKey) {
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "bb", 0).ok());
  ReadTxn txn = BeginRead();
  Cursor cursor = txn.Seek(records(), "ba");
  cursor.Next();
  EXPECT_FALSE(cursor.valid());
  EXPECT_THAT(cursor.status(), HasCode(StatusCode::kDataLoss));
  EXPECT_EQ(cursor.key(), "bb");
}

TEST_F(CursorTest, SkipsADamagedValueWhenAsked) {
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "bb", 0).ok());
  ReadTxn txn = BeginRead();
  Cursor cursor = txn.Seek(records(), "bb");
  cursor.SkipDamaged();
  EXPECT_TRUE(cursor.status().ok());
  EXPECT_THAT(Upwards(std::move(cursor)), ElementsAre("bc", "c"));
}

TEST_F(CursorTest, DoesNotLookAtADamagedValueBehindThePrefix) {
  ASSERT_TRUE(DamageValueForDrill(*env_, records(), "c", 0).ok());
  ReadTxn txn = BeginRead();
  EXPECT_THAT(Upwards(txn.SeekPrefix(records(), "b")), ElementsAre("ba", "bb", "bc"));
  EXPECT_THAT(Downwards(txn.SeekLast(records(), "b")), ElementsAre("bc", "bb", "ba"));
}

}  // namespace
}  // namespace daftar::lmdb
