#include "client/sync/private_store.h"

#include <gmock/gmock.h>

#include <array>
#include <filesystem>

#include "client/sync/user_store.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PrivateStoreTest : public SyncFixture {
 protected:
  PrivateStore& mine() { return station->mine(); }
  RecordLabel Label() const { return {kIncident, v1::RecordKind::INCIDENT, "a clash at the river", "test:1"}; }

  StatusOr<v1::PrivateRecord> Change(const std::function<void(v1::PrivateRecord&)>& change) {
    return mine().Change(Label(), clock.NowMs(), change);
  }
  void Note(const std::string& note) {
    ASSERT_TRUE(Change([&](auto& record) { record.set_note(note); }).ok());
  }
  void Pin(bool pinned = true) {
    ASSERT_TRUE(Change([&](auto& record) { record.set_pinned(pinned); }).ok());
  }
  v1::PrivateRecord Kept() { return mine().Of(kIncident).value(); }
  void Reopen() {
    station.reset();
    station = *Workstation::Open(folder.File("a"), clock, random);
  }
  uint64_t Save(const std::string& query) { return mine().AddSearch(SavedOf(query, "", "")).value(); }
  void Read(const std::string& address) {
    v1::RecentPage page;
    page.set_address(address);
    page.set_title("the page " + address);
    ASSERT_TRUE(mine().NoteRecent(page).ok());
  }
};

TEST_F(PrivateStoreTest, ANoteIsThereAfterTheProgramDies) {
  Note("ask Amina");
  Reopen();
  EXPECT_EQ(Kept().note(), "ask Amina");
  EXPECT_EQ(Kept().title(), "a clash at the river");
}

TEST_F(PrivateStoreTest, OutlivesTheReplica) {
  Sync(*station);
  Note("ask Amina");
  station.reset();
  std::filesystem::remove_all(folder.File("a") + "/replica");
  station = *Workstation::Open(folder.File("a"), clock, random);
  EXPECT_EQ(Kept().note(), "ask Amina");
}

TEST_F(PrivateStoreTest, NothingOfItWaitsToBeSent) {
  Note("ask Amina");
  Pin();
  Save("river");
  EXPECT_THAT(station->Outbox().value(), IsEmpty());
  Sync(*station);
  for (const v1::ServerFrame& frame : received)
    EXPECT_EQ(frame.SerializeAsString().find("ask Amina"), std::string::npos);
}

TEST_F(PrivateStoreTest, ARecordThatIsNeitherPinnedNorTaggedNorNotedIsNotKept) {
  Pin();
  Pin(false);
  EXPECT_THAT(mine().Records().value(), IsEmpty());
}

TEST_F(PrivateStoreTest, SaysWhenARecordWasPinned) {
  clock.Advance(5000);
  Pin();
  EXPECT_EQ(Kept().pinned_ms(), clock.NowMs());
  clock.Advance(5000);
  Note("later");
  EXPECT_EQ(Kept().pinned_ms(), clock.NowMs() - 5000);
}

TEST_F(PrivateStoreTest, ATagStandsOnceInWhateverCase) {
  ASSERT_TRUE(Change([](auto& record) {
                AddTag(record, " To Check ");
                AddTag(record, "to check");
              }).ok());
  EXPECT_THAT(Kept().tag(), ElementsAre("To Check"));
  ASSERT_TRUE(Change([](auto& record) { RemoveTag(record, "TO CHECK"); }).ok());
  EXPECT_THAT(mine().Records().value(), IsEmpty());
}

TEST_F(PrivateStoreTest, ANoteThatIsTooLongIsRefusedAndTheOldOneStays) {
  Note("short");
  const auto refused = Change([](auto& record) { record.set_note(std::string(kMostNoteBytes + 1, 'x')); });
  EXPECT_EQ(refused.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(Kept().note(), "short");
}

TEST_F(PrivateStoreTest, TagsThatAreTooManyOrHaveNoLetterAreRefused) {
  const auto many = Change([](auto& record) {
    for (size_t i = 0; i <= kMostPrivateTags; ++i) AddTag(record, "tag " + std::to_string(i));
  });
  EXPECT_EQ(many.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(Change([](auto& record) { AddTag(record, "--"); }).status().code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(mine().Records().value(), IsEmpty());
}

TEST_F(PrivateStoreTest, KeepsWhatARecordIsCalledNow) {
  Pin();
  ASSERT_TRUE(mine().KeepLabels({{kIncident, v1::RecordKind::INCIDENT, "a clash at the bridge", "test:1"}}).ok());
  EXPECT_EQ(Kept().title(), "a clash at the bridge");
  ASSERT_TRUE(mine().KeepLabels({{kSource, v1::RecordKind::SOURCE, "a source", ""}}).ok());
  EXPECT_EQ(mine().Records()->size(), 1u) << "nothing is kept of the source";
}

TEST_F(PrivateStoreTest, ASearchIsSavedOnceAndItsNumberIsNeverGivenAgain) {
  EXPECT_EQ(Save("river"), 1u);
  EXPECT_EQ(Save(" river "), 1u);
  EXPECT_EQ(Save("bridge"), 2u);
  ASSERT_TRUE(mine().RemoveSearch(2).ok());
  EXPECT_EQ(mine().Searches()->size(), 1u);
  EXPECT_EQ(mine().RemoveSearch(2).code(), StatusCode::kNotFound);
  EXPECT_EQ(Save("bridge"), 3u);
}

TEST_F(PrivateStoreTest, PagesLatelyReadStandOnceNewestFirst) {
  Read("daftar:a");
  Read("daftar:b");
  Read("daftar:a");
  const auto recent = mine().Recent().value();
  ASSERT_EQ(recent.size(), 2u);
  EXPECT_EQ(recent[0].address(), "daftar:a");
}

TEST_F(PrivateStoreTest, ForgetsTheOldestOfTooManyPages) {
  for (size_t i = 0; i < kMostRecentPages + 5; ++i) Read("daftar:" + std::to_string(i));
  const auto recent = mine().Recent().value();
  ASSERT_EQ(recent.size(), kMostRecentPages);
  EXPECT_EQ(recent.back().address(), "daftar:5");
}

TEST_F(PrivateStoreTest, WhatAnotherStoreHeldComesInAndOnceMoreChangesNothing) {
  Note("from here");
  Save("river");
  v1::PrivateData data = mine().All().value();
  data.mutable_record(0)->set_note("from there");
  data.mutable_record(0)->set_pinned(true);
  data.mutable_record(0)->add_tag("x");
  data.mutable_search(0)->set_query("bridge");
  PrivateMerge merge = mine().Merge(data, clock.NowMs()).value();
  EXPECT_EQ(merge.records, 1u);
  EXPECT_EQ(merge.notes_joined, 1u);
  EXPECT_EQ(merge.searches, 1u);
  EXPECT_THAT(Kept().note(), testing::StartsWith("from here"));
  EXPECT_THAT(Kept().note(), HasSubstr("from there"));
  EXPECT_TRUE(Kept().pinned());
  const std::string before = mine().All()->SerializeAsString();
  merge = mine().Merge(data, clock.NowMs() + 1).value();
  EXPECT_EQ(merge.records + merge.searches + merge.recent, 0u);
  EXPECT_EQ(mine().All()->SerializeAsString(), before);
}

TEST_F(PrivateStoreTest, AStoreThatTakesInAnotherIsEqualToIt) {
  Note("ask Amina");
  Pin();
  Save("river");
  Read("daftar:a");
  Read("daftar:b");
  const v1::PrivateData data = mine().All().value();
  const auto other = NewStation("b");
  ASSERT_TRUE(other->mine().Merge(data, 1).ok());
  EXPECT_EQ(other->mine().All()->SerializeAsString(), data.SerializeAsString());
}

TEST_F(PrivateStoreTest, WhatMayNotBeKeptIsRefusedAsAWhole) {
  v1::PrivateData data;
  v1::PrivateRecord& good = *data.add_record();
  good.set_record(kSource.str());
  good.set_note("fine");
  v1::PrivateRecord& bad = *data.add_record();
  bad.set_record("short");
  bad.set_note("of nobody");
  EXPECT_EQ(mine().Merge(data, 1).status().code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(mine().Records().value(), IsEmpty());
}

TEST(OlderUserStoreTest, GetsTheTablesOfWhatIsPrivate) {
  TemporaryFolder folder;
  {
    const std::array<const char*, 6> names = {"settings", "outbox", "draft", "conflict", "carried", "by_relay"};
    ASSERT_TRUE(lmdb::Environment::Open(folder.File("user"), {}, names).ok());
  }
  auto store = UserStore::Open(folder.File("user"), /*create=*/false);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_THAT((*store)->mine().Records().value(), IsEmpty());
}

}  // namespace
}  // namespace daftar
