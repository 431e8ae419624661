#include "tools/gen/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "storage/base/files.h"
#include "storage/log/log_store.h"
#include "storage/view/lmdb_view.h"
#include "tests/temporary_folder.h"

namespace daftar::gen {
namespace {

constexpr GeneratorOptions kSmall{.seed = 7, .incidents = 400};
const Progress kGoOn = [](uint64_t, uint64_t) { return true; };

class LoadTest : public testing::Test {
 protected:
  std::string Target() const { return folder_.File("data"); }
  BulkLoaded Load(StoreKind kind = StoreKind::kServer) {
    StatusOr<BulkLoaded> loaded = LoadStore(kSmall, Target(), kind, kGoOn);
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return loaded.ok() ? *std::move(loaded) : BulkLoaded();
  }
  std::unique_ptr<LogStore> OpenLog() {
    auto log = LmdbLogStore::Open(Target(), clock_);
    EXPECT_TRUE(log.ok()) << log.status();
    return *std::move(log);
  }

  const TemporaryFolder folder_;
  const FakeClock clock_{1};
};

TEST_F(LoadTest, AServersStoreIsHealthyAndWhole) {
  const BulkLoaded loaded = Load();
  const auto log = OpenLog();
  const StatusOr<VerifyReport> report = log->view().Verify(kGoOn);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->healthy());
  EXPECT_EQ(report->checked, Generator(kSmall).total());
  EXPECT_EQ(log->Head()->SerializeAsString(), loaded.head.SerializeAsString());
}

TEST_F(LoadTest, EveryRecordIsReadBackAsItWasMade) {
  Load();
  const auto log = OpenLog();
  const auto view = log->view().Snapshot();
  ASSERT_TRUE(view.ok());
  Generator generator(kSmall);
  while (std::optional<Record> record = generator.Next()) {
    const auto stored = (*view)->Get(record->id());
    ASSERT_TRUE(stored.ok() && *stored) << record->id().ToString();
    ASSERT_EQ((*stored)->message().SerializeAsString(), record->message().SerializeAsString());
  }
}

TEST_F(LoadTest, EveryRevisionHasItsLogEntryAndLinkOfTheChain) {
  const BulkLoaded loaded = Load();
  const auto log = OpenLog();
  const auto entries = log->ReadLog(0, 1000);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), loaded.head.cursor().revision());
  int rids = 0;
  for (const v1::LogEntry& entry : *entries) rids += entry.rid_size();
  EXPECT_EQ(static_cast<uint64_t>(rids), loaded.head.records());
  EXPECT_EQ(log->ChainAt(loaded.head.cursor().revision())->value_or(""), loaded.head.cursor().chain());
}

TEST_F(LoadTest, EditorsCanGoOnFromALoadedStore) {
  Load();
  const auto log = OpenLog();
  const Generator generator(kSmall);
  v1::Mutation push;
  push.set_client(std::string(16, 'c'));
  push.set_seq(1);
  push.set_base_revision(log->Head()->cursor().revision());
  v1::RecordEdit& edit = *push.add_edit();
  edit.set_record(generator.IdOf(generator.first_incident()).str());
  edit.set_kind(v1::RecordKind::INCIDENT);
  v1::PartEdit& part = *edit.add_part();
  part.set_field(v1::Incident::kNotesFieldNumber);
  v1::Incident notes;
  notes.set_notes("seen");
  part.set_value(notes.SerializeAsString());
  const auto results = log->Commit({&push, 1});
  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_TRUE((*results)[0].ok()) << (*results)[0].status();
  EXPECT_EQ((*results)[0]->outcome(), v1::PushResult::Outcome::APPLIED);
}

TEST_F(LoadTest, AReplicaStandsAtTheServersCheckpointWithoutALog) {
  const BulkLoaded server = *LoadStore(kSmall, folder_.File("server"), StoreKind::kServer, kGoOn);
  const BulkLoaded replica = Load(StoreKind::kReplica);
  EXPECT_EQ(replica.head.SerializeAsString(), server.head.SerializeAsString());
  for (const lmdb::TableStats& table : replica.tables) {
    const bool of_a_log = table.name == "log" || table.name == "chain";
    EXPECT_TRUE(!of_a_log || table.entries == 0) << table.name;
  }
  const auto view = LmdbView::Open(Target() + "/replica", {.create = false});
  ASSERT_TRUE(view.ok()) << view.status();
  EXPECT_TRUE((*view)->Verify(kGoOn)->healthy());
}

TEST_F(LoadTest, AStoppedLoadLeavesNothing) {
  const auto loaded =
      LoadStore(kSmall, Target(), StoreKind::kServer, [](uint64_t done, uint64_t) { return done < 200; });
  EXPECT_EQ(loaded.status().code(), StatusCode::kCancelled);
  EXPECT_FALSE(Exists(Target()));
  EXPECT_FALSE(Exists(Target() + ".partial"));
}

TEST_F(LoadTest, WhatExistsIsNotTouched) {
  ASSERT_TRUE(MakeFolder(Target()).ok());
  EXPECT_EQ(LoadStore(kSmall, Target(), StoreKind::kServer, kGoOn).status().code(), StatusCode::kAlreadyExists);
  EXPECT_FALSE(Exists(Target() + "/data.mdb"));
}

TEST_F(LoadTest, AKilledLoadsRestIsNamedAndNotTouched) {
  ASSERT_TRUE(MakeFolder(Target() + ".partial").ok());
  const Status status = LoadStore(kSmall, Target(), StoreKind::kServer, kGoOn).status();
  EXPECT_EQ(status.code(), StatusCode::kAlreadyExists);
  EXPECT_THAT(Message(status), testing::HasSubstr(".partial"));
  EXPECT_TRUE(Exists(Target() + ".partial"));
}

TEST_F(LoadTest, JsonHasOneLineForEachRecord) {
  ASSERT_TRUE(WriteJsonLines(kSmall, Target(), kGoOn).ok());
  std::ifstream file(Target());
  uint64_t lines = 0;
  std::string first, line;
  while (std::getline(file, line)) {
    if (lines++ == 0) first = line;
  }
  EXPECT_EQ(lines, Generator(kSmall).total());
  EXPECT_THAT(first, testing::StartsWith(R"({"rid":1,"id":")"));
  EXPECT_THAT(first, testing::HasSubstr(R"("kind":"place","record":{"kind":"COUNTRY")"));
}

class BulkLoadTest : public LoadTest {};

TEST_F(BulkLoadTest, RefusesRecordsOutOfOrder) {
  SeededRandom random(1);
  auto load = BulkLoad::Create(Target(), clock_, random, {});
  ASSERT_TRUE(load.ok()) << load.status();
  const Generator generator(kSmall);
  ASSERT_TRUE((*load)->Add(generator.At(2)).ok());
  EXPECT_EQ((*load)->Add(generator.At(1)).code(), StatusCode::kInvalidArgument);
}

TEST_F(BulkLoadTest, ABatchIsARevision) {
  SeededRandom random(1);
  auto load = BulkLoad::Create(Target(), clock_, random, {.records_per_batch = 10});
  ASSERT_TRUE(load.ok()) << load.status();
  const Generator generator(kSmall);
  for (Rid rid = 1; rid <= 25; ++rid) ASSERT_TRUE((*load)->Add(generator.At(rid)).ok());
  const auto loaded = (*load)->Finish();
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->head.cursor().revision(), 3u);
  EXPECT_EQ(loaded->head.records(), 25u);
}

// Loads everything in small batches, so that segments are joined.
TEST_F(BulkLoadTest, TheFileIsCompactedWhenTheLoadIsFinished) {
  uint64_t bytes[2] = {0, 0};
  for (const bool compacted : {false, true}) {
    SeededRandom random(1);
    const std::string folder = folder_.File(compacted ? "compacted" : "as it is");
    auto load =
        BulkLoad::Create(folder, clock_, random,
                         {.records_per_batch = 10, .compact = compacted ? CompactWhen::kAlways : CompactWhen::kNever});
    ASSERT_TRUE(load.ok()) << load.status();
    const Generator generator(kSmall);
    for (Rid rid = 1; rid <= generator.total(); ++rid) ASSERT_TRUE((*load)->Add(generator.At(rid)).ok());
    const auto loaded = (*load)->Finish();
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    EXPECT_EQ(loaded->file_bytes, *FileSize(folder + "/data.mdb"));
    bytes[compacted] = loaded->file_bytes;
  }
  EXPECT_LT(bytes[true], bytes[false] * 3 / 4);
}

TEST_F(BulkLoadTest, RefusesAFolderThatHoldsADataset) {
  Load();
  SeededRandom random(1);
  EXPECT_EQ(BulkLoad::Create(Target(), clock_, random, {}).status().code(), StatusCode::kAlreadyExists);
}

}  // namespace
}  // namespace daftar::gen
