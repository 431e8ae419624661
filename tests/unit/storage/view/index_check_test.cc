// The comparison of text index and records: silent while they agree, and blind to no disagreement.
#include "storage/view/index_check.h"

#include <gmock/gmock.h>

#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class IndexCheckTest : public LogFixture {
 protected:
  // Rids: the source is 1, incidents follow.
  IndexCheckTest() {
    for (int i = 0; i < 12; ++i) {
      const std::string name = Name(i);
      ++seq_;
      Push("a", seq_, seq_, {NewIncident(name, BodyOf(i, "as first told"))});
    }
  }

  static std::string Name(int i) { return "incident " + std::to_string(i); }
  static std::string BodyOf(int i, const std::string& words) {
    return IncidentBody("the story of number " + std::to_string(i) + " " + words, {1});
  }
  void Edit(int i) {
    ++seq_;
    Push("a", seq_, seq_, {EditIncident(Name(i), BodyOf(i, "as first told"), BodyOf(i, "told otherwise"))});
  }
  void TidyAll() {
    while (*log->view().Tidy(clock, nullptr)) {
    }
  }
  TextIndexCheck Check() {
    auto check = log->view().CheckTextIndex(clock, nullptr);
    EXPECT_TRUE(check.ok()) << check.status();
    return *std::move(check);
  }
  lmdb::Environment& env() { return dynamic_cast<LmdbView&>(log->view()).env(); }
  lmdb::Table table(tables::Index index) { return env().table(index); }
  // Changes rows behind the index's back.
  template <typename Change>
  void Tamper(Change change) {
    lmdb::WriteTxn txn = *env().BeginWrite();
    change(txn);
    ASSERT_TRUE(txn.Commit().ok());
  }
  std::string Row(tables::Index index, const std::string& key) {
    return std::string((*env().BeginRead()->Get(table(index), key)).value_or(""));
  }
  std::string FirstKeyOfText() {
    const lmdb::ReadTxn txn = *env().BeginRead();
    return std::string(txn.Seek(table(tables::kText), "").key());
  }

 private:
  uint64_t seq_ = 0;
};

TEST_F(IndexCheckTest, AgreesWhileEveryBatchIsASegment) {
  Edit(3);
  const TextIndexCheck check = Check();
  EXPECT_TRUE(check.healthy()) << check.InWords();
  EXPECT_EQ(check.compared, 13u);
}

TEST_F(IndexCheckTest, AgreesAfterSegmentsWereJoined) {
  for (int i = 0; i < 12; i += 2) Edit(i);
  TidyAll();
  Edit(1);
  const TextIndexCheck check = Check();
  EXPECT_TRUE(check.healthy()) << check.InWords();
}

TEST_F(IndexCheckTest, RecordsThatAreBehindAreNoFault) {
  ASSERT_TRUE(log->view().RebuildIndexes(nullptr).ok());
  EXPECT_TRUE(Check().healthy());
  EXPECT_EQ(Check().behind, 13u);
  TidyAll();
  EXPECT_EQ(Check().compared, 13u);
  EXPECT_TRUE(Check().healthy());
}

TEST_F(IndexCheckTest, ARecordThatSaysSomethingElseIsNamed) {
  const std::string two = Row(tables::kRecord, tables::U32Key(2)), five = Row(tables::kRecord, tables::U32Key(5));
  Tamper([&](lmdb::WriteTxn& txn) {
    ASSERT_TRUE(txn.Put(table(tables::kRecord), tables::U32Key(2), five).ok());
    ASSERT_TRUE(txn.Put(table(tables::kRecord), tables::U32Key(5), two).ok());
  });
  EXPECT_THAT(Check().wrong, ElementsAre(2u, 5u));
}

TEST_F(IndexCheckTest, ADocumentOfARecordThatIsNotThereIsNamed) {
  Tamper([&](lmdb::WriteTxn& txn) { ASSERT_TRUE(txn.Delete(table(tables::kRecord), tables::U32Key(4)).ok()); });
  EXPECT_THAT(Check().wrong, ElementsAre(4u));
}

TEST_F(IndexCheckTest, ARecordWhoseDocumentWasForgottenIsNamed) {
  Tamper([&](lmdb::WriteTxn& txn) {
    v1::IndexManifest manifest = *LoadManifest(env(), txn);
    const uint32_t last = manifest.segment(manifest.segment_size() - 1).number();
    manifest.mutable_segment()->RemoveLast();
    manifest.add_dropped(last);
    ASSERT_TRUE(StoreManifest(env(), txn, manifest).ok());
  });
  EXPECT_THAT(Check().wrong, ElementsAre(13u));
}

TEST_F(IndexCheckTest, TwoDocumentsOfOneRecordAreNamed) {
  Edit(0);
  Tamper([&](lmdb::WriteTxn& txn) {  // the old document counts again
    v1::IndexManifest manifest = *LoadManifest(env(), txn);
    for (v1::IndexSegment& entry : *manifest.mutable_segment()) {
      if (entry.deleted() == 0) continue;
      entry.set_deleted(0);
      const std::string key = TextKey(entry.number(), search::Section::kDeleted, 0);
      ASSERT_TRUE(txn.Delete(table(tables::kText), key).ok());
    }
    ASSERT_TRUE(StoreManifest(env(), txn, manifest).ok());
  });
  EXPECT_THAT(Check().wrong, ElementsAre(2u));
}

TEST_F(IndexCheckTest, EveryBlockOfASegmentCounts) {
  TidyAll();
  std::vector<std::string> keys;
  {
    const lmdb::ReadTxn txn = *env().BeginRead();
    for (lmdb::Cursor c = txn.Seek(table(tables::kText), ""); c.valid(); c.Next()) keys.emplace_back(c.key());
  }
  ASSERT_GT(keys.size(), 5u);
  for (const std::string& key : keys) {
    const std::string whole = Row(tables::kText, key);
    for (size_t at : {size_t{0}, whole.size() / 2, whole.size() - 1}) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      Tamper([&](lmdb::WriteTxn& txn) { ASSERT_TRUE(txn.Put(table(tables::kText), key, changed).ok()); });
      EXPECT_FALSE(Check().healthy()) << "section " << int{key[4]} << ", byte " << at << " of " << whole.size();
    }
    Tamper([&](lmdb::WriteTxn& txn) { ASSERT_TRUE(txn.Put(table(tables::kText), key, whole).ok()); });
  }
  EXPECT_TRUE(Check().healthy());
}

TEST_F(IndexCheckTest, BlocksThatNobodyListsAreFound) {
  Tamper([&](lmdb::WriteTxn& txn) {
    ASSERT_TRUE(txn.Put(table(tables::kText), TextKey(9999, search::Section::kRows, 0), "stray").ok());
  });
  EXPECT_THAT(Check().InWords(), HasSubstr("segment 9999"));
}

TEST_F(IndexCheckTest, ADamagedBlockIsAFindingAndNoError) {
  TidyAll();
  ASSERT_TRUE(lmdb::DamageValueForDrill(env(), table(tables::kText), FirstKeyOfText(), 1).ok());
  EXPECT_FALSE(Check().healthy());
}

TEST_F(IndexCheckTest, ADamagedRecordIsLeftToTheCheckOfRecords) {
  ASSERT_TRUE(lmdb::DamageValueForDrill(env(), table(tables::kRecord), tables::U32Key(3), 60).ok());
  const TextIndexCheck check = Check();
  EXPECT_TRUE(check.healthy()) << check.InWords();
  EXPECT_EQ(check.skipped, 1u);
}

TEST_F(IndexCheckTest, AWriterMeanwhileDoesNotConfuseIt) {
  int writes = 0;
  const auto check = log->view().CheckTextIndex(clock, [&](uint64_t, uint64_t) {
    clock.Advance(1000);
    if (writes < 6) Edit(writes++);
    return true;
  });
  ASSERT_TRUE(check.ok()) << check.status();
  EXPECT_TRUE(check->healthy()) << check->InWords();
  EXPECT_EQ(writes, 6);
}

TEST_F(IndexCheckTest, CanBeStopped) {
  const auto check = log->view().CheckTextIndex(clock, [](uint64_t, uint64_t) { return false; });
  EXPECT_EQ(check.status().code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace daftar
