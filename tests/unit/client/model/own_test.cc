// What belongs to the reader alone: kept, searched, listed, as text. The sample waits in the outbox, so that all of it
// is laid over an empty replica.
#include <gmock/gmock.h>

#include "client/model/content.h"
#include "client/model/own_change.h"
#include "client/model/own_pages.h"
#include "client/model/own_part.h"
#include "client/model/search_model.h"
#include "client/sync/private_store.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"

namespace daftar {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using What = OwnChange::What;

class OwnTest : public ::testing::Test {
 protected:
  OwnTest() : station_(MakeSampleStation(folder_.File("station"), clock_, random_)) {}

  std::unique_ptr<ReadView> Read() { return station_->Read().value(); }
  std::string IdOf(const std::string& display_id) { return Read()->Resolve(display_id)->ToString(); }
  Status TryKeep(const OwnChange& change) {
    const auto view = Read();
    return Keep(change, {*view, station_->mine(), visits_, clock_.NowMs()});
  }
  void Change(What what, const std::string& id, const std::string& text = "") {
    const Status kept = TryKeep({.what = what, .record = IdOf(id), .text = text});
    ASSERT_TRUE(kept.ok()) << kept;
  }
  SearchPage Search(const std::string& query, SearchOptions options = {}) {
    options.mine = &station_->mine();
    StatusOr<SearchPage> page = BuildSearch(*Read(), query, options);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : SearchPage();
  }
  std::vector<std::string> Found(const std::string& query) {
    std::vector<std::string> ids;
    for (const ListRow& row : Search(query).rows) ids.push_back(row.display_id);
    return ids;
  }
  OwnSource Source(const ReadView& view) { return {view, station_->mine(), clock_.NowMs()}; }
  Content Open(const std::string& address) {
    const auto view = Read();
    ContentSource source{.view = *view, .now_ms = clock_.NowMs()};
    source.mine = &station_->mine();
    StatusOr<Content> content = BuildContent(source, ParseAddress(address).value());
    return content.ok() ? *std::move(content) : Content(Trouble{Message(content.status())});
  }

  TemporaryFolder folder_;
  FakeClock clock_{1'795'200'000'000};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_;
  Visits visits_{station_->mine()};
};

TEST_F(OwnTest, IsPinnedFindsWhatIsPinned) {
  Change(What::kPin, "sample:I01");
  EXPECT_THAT(Found("is:pinned"), ElementsAre("sample:I01"));
  Change(What::kUnpin, "sample:I01");
  EXPECT_THAT(Found("is:pinned"), IsEmpty());
}

TEST_F(OwnTest, NoteFindsWordsOfANoteInAnyCaseAndTheBeginningOfTheLast) {
  Change(What::kNote, "sample:I01", "Ask Amina about the BRIDGE");
  EXPECT_THAT(Found("note:bridge"), ElementsAre("sample:I01"));
  EXPECT_THAT(Found("note:bri"), ElementsAre("sample:I01"));
  EXPECT_THAT(Found("note:\"amina bridge\""), ElementsAre("sample:I01"));
  EXPECT_THAT(Found("note:river"), IsEmpty());
}

TEST_F(OwnTest, CombinesWithTheRestOfAQuery) {
  Change(What::kPin, "sample:I01");
  Change(What::kPin, "sample:JA");
  EXPECT_THAT(Found("is:pinned kind:actor"), ElementsAre("sample:JA"));
  EXPECT_THAT(Found("is:pinned -kind:actor"), ElementsAre("sample:I01"));
  EXPECT_THAT(Found("kind:actor -is:pinned"), Not(Contains("sample:JA")));
}

TEST_F(OwnTest, TagFindsTheReadersTagsBesideThoseOfTheDataset) {
  Change(What::kTag, "sample:I01", "To Check");
  EXPECT_THAT(Found("tag:\"to check\""), ElementsAre("sample:I01"));
  Change(What::kUntag, "sample:I01", "to check");
  EXPECT_THAT(Found("tag:\"to check\""), IsEmpty());
}

TEST_F(OwnTest, AWordThatIsNoStateIsAProblemThatSuggests) {
  const SearchPage page = Search("is:pined");
  ASSERT_TRUE(page.problem);
  EXPECT_EQ(page.problem->suggestion, "is:pinned");
}

TEST_F(OwnTest, ANoteTellsWhyItsRecordWasFound) {
  Change(What::kNote, "sample:I01", "ask Amina about the bridge");
  EXPECT_THAT(Search("note:amina").rows.at(0).why, HasSubstr("ask Amina"));
}

TEST_F(OwnTest, FreeWordsFindNotesInAGroupOfTheirOwn) {
  Change(What::kNote, "sample:I01", "zebracrossing at dawn");
  const SearchPage page = Search("zebracrossing");
  EXPECT_THAT(page.rows, IsEmpty());
  ASSERT_EQ(page.own_rows.size(), 1u);
  EXPECT_EQ(page.own_rows[0].display_id, "sample:I01");
  EXPECT_THAT(page.own_rows[0].why, HasSubstr("zebracrossing"));
}

TEST_F(OwnTest, WithoutAStoreNothingOfTheReadersIsFound) {
  Change(What::kPin, "sample:I01");
  const StatusOr<SearchPage> page = BuildSearch(*Read(), "is:pinned", {});
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->total, 0u);
}

TEST_F(OwnTest, APageHoldsWhatIsKeptOfItsRecord) {
  Change(What::kNote, "sample:I01", "ask Amina");
  const Content content = Open("daftar:incident/sample:I01");
  const Page* page = std::get_if<Page>(&content);
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->own->note, "ask Amina");
  EXPECT_THAT(ContentAsText(content, {}), HasSubstr("Yours, never sent"));
}

TEST_F(OwnTest, OfARecordThatIsGoneTheNoteIsStillRead) {
  const Uuid gone = Uuid::FromName("gone");
  const auto change = [](v1::PrivateRecord& record) { record.set_note("remember"); };
  const RecordLabel label{gone, v1::RecordKind::ACTOR, "a group that was", "x:1"};
  ASSERT_TRUE(station_->mine().Change(label, 1, change).ok());
  const Content content = Open("daftar:actor/" + gone.ToString());
  const Page* page = std::get_if<Page>(&content);
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->title, "a group that was");
  EXPECT_EQ(page->own->note, "remember");
  EXPECT_TRUE(TryKeep({.what = What::kNote, .record = gone.ToString(), .text = "still"}).ok());
  EXPECT_THAT(ContentAsText(Open("daftar:mine"), {}), HasSubstr("a group that was"));
}

TEST_F(OwnTest, OfARecordThatNeverWasNothingIsKept) {
  const OwnChange change{.what = What::kPin, .record = Uuid::FromName("nothing").ToString()};
  EXPECT_EQ(TryKeep(change).code(), StatusCode::kNotFound);
}

TEST_F(OwnTest, AllThatIsYoursStandsOnOnePage) {
  Change(What::kPin, "sample:JA");
  Change(What::kTag, "sample:I01", "to check");
  Change(What::kNote, "sample:I02", "weigh again");
  const MinePage page = BuildMine(Source(*Read())).value();
  EXPECT_EQ(page.pinned.at(0).display_id, "sample:JA");
  EXPECT_EQ(page.tags.at(0).tag, "to check");
  EXPECT_EQ(page.notes.at(0).why, "weigh again");
}

TEST_F(OwnTest, AnEmptyPageSaysWhatToDo) { EXPECT_THAT(ContentAsText(Open("daftar:mine"), {}), HasSubstr("Ctrl+D")); }

TEST_F(OwnTest, ASavedSearchIsCountedAndKnownAgain) {
  ASSERT_TRUE(TryKeep({.what = What::kSaveSearch, .address = "daftar:search?q=kind:actor"}).ok());
  const SavedPage page = BuildSaved(Source(*Read())).value();
  ASSERT_EQ(page.lines.size(), 1u);
  EXPECT_EQ(page.lines[0].total, Search("kind:actor").total);
  EXPECT_EQ(Search("kind:actor").saved, page.lines[0].number);
  EXPECT_EQ(Search("kind:place").saved, 0u);
  EXPECT_TRUE(TryKeep({.what = What::kForgetSearch, .number = page.lines[0].number}).ok());
  EXPECT_EQ(Search("kind:actor").saved, 0u);
}

TEST_F(OwnTest, ASavedSearchThatCannotBeRunSaysSo) {
  ASSERT_TRUE(station_->mine().AddSearch(SavedOf("acter:x", "", "")).ok());
  const SavedPage page = BuildSaved(Source(*Read())).value();
  EXPECT_FALSE(page.lines.at(0).counted);
  EXPECT_THAT(page.lines[0].count_words, HasSubstr("cannot be run"));
}

TEST_F(OwnTest, TheHomePageHoldsWhatIsPinnedSavedAndLatelyRead) {
  Change(What::kPin, "sample:JA");
  ASSERT_TRUE(TryKeep({.what = What::kSaveSearch, .text = "actors", .address = "daftar:search?q=kind:actor"}).ok());
  ASSERT_TRUE(TryKeep({.what = What::kPageShown, .text = "a page", .address = "daftar:incident/x"}).ok());
  const Content content = Open("daftar:home");
  const Home* home = std::get_if<Home>(&content);
  ASSERT_NE(home, nullptr);
  EXPECT_EQ(home->own->pinned.at(0).display_id, "sample:JA");
  EXPECT_EQ(home->own->saved.at(0).name, "actors");
  EXPECT_EQ(home->own->recent.at(0).title, "a page");
  EXPECT_THAT(ContentAsText(content, {}), HasSubstr("first visit"));
}

TEST_F(OwnTest, ASearchMayBeUnpinnedFromTheHomePage) {
  ASSERT_TRUE(TryKeep({.what = What::kSaveSearch, .address = "daftar:search?q=kind:actor"}).ok());
  ASSERT_TRUE(TryKeep({.what = What::kUnpinSearch, .number = 1}).ok());
  EXPECT_THAT(BuildOwnHome(Source(*Read()))->saved, IsEmpty());
  EXPECT_EQ(BuildSaved(Source(*Read()))->lines.size(), 1u);
}

}  // namespace
}  // namespace daftar
