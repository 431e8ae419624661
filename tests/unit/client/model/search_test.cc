// Searches as pages, over a real index of the sample.
#include "client/model/search_model.h"

#include "client/model/address.h"
#include "client/model/search_help.h"
#include "storage/base/random.h"
#include "storage/log/log_store.h"
#include "storage/search/query/query.h"
#include "storage/view/tidier.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::FindRow;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class SearchModelTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    // A workstation knows how to make the sample one push; a log takes it.
    const auto station = MakeSampleStation(home_->File("station"), clock_, random_);
    const std::vector<v1::OutboxEntry> outbox = station->Outbox().value();
    log_ = LmdbLogStore::Create(home_->File("log"), clock_, random_).value();
    ASSERT_TRUE(log_->Commit(std::span(&outbox.at(0).mutation(), 1)).value().at(0).ok());
    ASSERT_TRUE(TidyAll(log_->view(), clock_, nullptr).ok());
    read_ = log_->view().Snapshot().value();
  }
  static void TearDownTestSuite() {
    read_.reset();
    log_.reset();
    home_.reset();
  }

  static StatusOr<SearchPage> TrySearch(std::string_view query, const SearchOptions& options = {}) {
    return BuildSearch(*read_, query, options);
  }
  static SearchPage Search(std::string_view query, const SearchOptions& options = {}) {
    StatusOr<SearchPage> page = TrySearch(query, options);
    if (page.ok()) return *std::move(page);
    ADD_FAILURE() << page.status();
    return {};
  }
  static SearchPage SearchWithFacets(std::string_view query) { return Search(query, {.limit = 100, .facets = true}); }
  static SearchPage Follow(const std::string& address) {
    const Address parsed = ParseAddress(address).value();
    return Search(parsed.Param("q"), {.limit = 100, .kind = parsed.Param("kind"), .sort = parsed.Param("sort")});
  }
  // The value with that label; a failure and an empty one if there is none.
  static SearchFacetValue Facet(const SearchPage& page, std::string_view field, std::string_view label) {
    for (const SearchFacetGroup& group : page.facets) {
      for (const SearchFacetValue& value : group.values) {
        if (group.field == field && value.label == label) return value;
      }
    }
    ADD_FAILURE() << "no " << field << " " << label;
    return {};
  }
  static std::vector<PageLink> SuggestActors(std::string_view typed) {
    return Suggest(*read_, "actor", typed, 5).value();
  }

  static inline FakeClock clock_{1'795'200'000'000};
  static inline SeededRandom random_{1};
  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<LogStore> log_;
  static inline std::unique_ptr<ReadView> read_;
};

TEST_F(SearchModelTest, FindsWithTheReasonWhy) {
  const SearchPage page = Search("Ансоруллоҳ");
  const ListRow* row = FindRow(page.rows, "sample:JA");
  ASSERT_NE(row, nullptr);
  EXPECT_THAT(row->why, HasSubstr("Ансоруллоҳ"));
}

TEST_F(SearchModelTest, KeepsToTheKindAsked) {
  EXPECT_THAT(Search("badakhshan", {.kind = "place"}).rows, Each(Field(&ListRow::kind, "place")));
}

TEST_F(SearchModelTest, OffersAllKindsWhereOnlyOneWasAsked) {
  const SearchPage page = Search("badakhshan", {.kind = "place"});
  EXPECT_GT(Follow(page.all_kinds_address).total, page.total);
}

TEST_F(SearchModelTest, SaysHowManyMoreThereAre) {
  const SearchPage page = Search("badakhshan", {.limit = 1});
  EXPECT_EQ(page.rows.size(), 1u);
  EXPECT_THAT(page.words, HasSubstr("1 of "));
}

TEST_F(SearchModelTest, FindsNothingForAnEmptyQuery) { EXPECT_EQ(Search("  ").total, 0u); }

TEST_F(SearchModelTest, StopsWhenAsked) {
  const std::atomic<bool> stop = true;
  EXPECT_EQ(TrySearch("badakhshan", {.stop = &stop}).status().code(), StatusCode::kCancelled);
}

TEST_F(SearchModelTest, RefusesAKindThatDoesNotExist) {
  EXPECT_EQ(TrySearch("x", {.kind = "elephant"}).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(SearchModelTest, RefusesAnOrderThatDoesNotExist) {
  EXPECT_EQ(TrySearch("x", {.sort = "prettiest"}).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(SearchModelTest, PutsTheNewestFirstWhenAsked) {
  std::vector<int32_t> days;
  for (const ListRow& row : Search("clash kind:incident ", {.sort = "newest"}).rows) {
    days.push_back(row.first_day.value_or(INT32_MIN));
  }
  EXPECT_GT(days.size(), 1u);
  EXPECT_TRUE(std::is_sorted(days.rbegin(), days.rend()));
}

TEST_F(SearchModelTest, OffersTheSameSearchInEachOrder) {
  const SearchPage page = Search("clash", {.kind = "incident", .sort = "newest"});
  ASSERT_EQ(page.sorts.size(), 4u);
  EXPECT_TRUE(page.sorts[1].chosen);
  EXPECT_EQ(page.sorts[3].label, "most severe");
  EXPECT_EQ(page.sorts[3].address, "daftar:search?kind=incident&q=clash&sort=severity");
}

TEST_F(SearchModelTest, OffersNoOrderForASingleHit) { EXPECT_THAT(Search("id:sample:I01").sorts, IsEmpty()); }

TEST_F(SearchModelTest, AQueryThatIsNotUnderstoodIsAPageThatSaysWhere) {
  const SearchPage page = Search("clash acter:taliban");
  ASSERT_TRUE(page.problem);
  EXPECT_EQ(page.problem->column, 7u);
  EXPECT_EQ(page.problem->mark, "      ^");
  EXPECT_THAT(page.problem->words, HasSubstr("acter"));
}

TEST_F(SearchModelTest, AProblemLeadsToTheQueryThatWasMeant) {
  const SearchPage page = Search("clash acter:taliban");
  ASSERT_TRUE(page.problem);
  EXPECT_EQ(page.problem->suggestion, "clash actor:taliban");
  EXPECT_GT(Follow(page.problem->address).total, 0u);
}

TEST_F(SearchModelTest, TheMarkStandsBelowThePlaceInAnyScript) {
  const SearchPage page = Search("бой acter:x");
  ASSERT_TRUE(page.problem);
  EXPECT_EQ(page.problem->mark, "    ^");
}

TEST_F(SearchModelTest, NoBeginningOfAQueryIsAFailure) {
  const std::string query =
      R"("border post" -drone (actor:"Jamaat Ansarullah" OR type:clash,seizure) killed:>=3 since:-2y)";
  for (size_t length = 0; length <= query.size(); ++length) {
    EXPECT_TRUE(TrySearch(query.substr(0, length)).ok()) << query.substr(0, length);
  }
}

TEST_F(SearchModelTest, SaysWhatWasTakenForAWordThatStandsNowhere) {
  const SearchPage page = Search("seizrue ");
  ASSERT_EQ(page.respellings.size(), 1u);
  EXPECT_EQ(page.respellings[0].word, "seizrue");
  EXPECT_THAT(page.respelt_words, "shown for 'seizure' instead of 'seizrue'");
}

TEST_F(SearchModelTest, SaysNothingOfSpellingWhereAllWordsStand) { EXPECT_EQ(Search("clash ").respelt_words, ""); }

TEST_F(SearchModelTest, CountsNothingUnlessAsked) { EXPECT_THAT(Search("clash").facets, IsEmpty()); }

TEST_F(SearchModelTest, FacetsAreInWordsForPeople) {
  const SearchPage page = SearchWithFacets("darvoz");
  EXPECT_EQ(Facet(page, "kind", "incident").value, "incident");
  EXPECT_EQ(Facet(page, "type", "clash").value, "clash");
  EXPECT_EQ(Facet(page, "country", "Tajikistan").value, "TJ");
}

TEST_F(SearchModelTest, AnActorAmongTheFacetsHasItsNameAndItsShortId) {
  EXPECT_EQ(Facet(SearchWithFacets("kind:incident"), "actor", "Jamaat Ansarullah").value, "sample:JA");
}

TEST_F(SearchModelTest, ACodeOfAnotherCodebookIsToldByItsName) {
  EXPECT_THAT(Facet(SearchWithFacets("darvoz"), "type", "armed clash (ACLED)").address, HasSubstr("armed_clash"));
}

TEST_F(SearchModelTest, EveryFacetLeadsToAsManyHitsAsItCounts) {
  for (const char* query : {"darvoz", "kind:incident", "clash OR seizure", "\"Jamaat Ansarullah", "-clash", "Тоҷик"}) {
    for (const SearchFacetGroup& group : SearchWithFacets(query).facets) {
      if (group.field == "date") continue;  // a long span counts in its first years alone
      for (const SearchFacetValue& value : group.values) {
        EXPECT_EQ(Follow(value.address).total, value.count) << query << " → " << value.address;
      }
    }
  }
}

TEST_F(SearchModelTest, AFacetThatAllHitsHaveDoesNotNarrow) {
  EXPECT_FALSE(Facet(SearchWithFacets("kind:incident"), "kind", "incident").narrows);
  EXPECT_TRUE(Facet(SearchWithFacets("kind:incident"), "type", "clash").narrows);
}

TEST_F(SearchModelTest, AWordOnItsWayKeepsItsHitsWhenItIsNarrowed) {
  EXPECT_THAT(Facet(SearchWithFacets("darv"), "kind", "incident").address, HasSubstr("q=darv%2A%20kind:incident"));
}

TEST_F(SearchModelTest, AFinishedQueryIsNarrowedByAWordBehindIt) {
  EXPECT_THAT(Facet(SearchWithFacets("\"armed\" 2023"), "kind", "incident").address,
              HasSubstr("q=%22armed%22%202023%20kind:incident"));
}

// Shows a later time each time it is asked.
class HurryingClock final : public Clock {
 public:
  int64_t NowMs() const override { return 0; }
  int64_t MonotonicMs() const override { return now_ms_ += 1000; }

 private:
  mutable int64_t now_ms_ = 0;
};

TEST_F(SearchModelTest, ASearchThatTakesTooLongAsksToBeNarrowed) {
  const HurryingClock clock;
  const SearchPage page = Search("clash", {.clock = &clock, .patience_ms = 300});
  EXPECT_TRUE(page.late);
  EXPECT_THAT(page.words, HasSubstr("narrow the query"));
  EXPECT_EQ(page.patient_address, "daftar:search?q=clash&wait=1");
}

TEST_F(SearchModelTest, SuggestsWhatIsBeingTyped) {
  EXPECT_THAT(SuggestActors("ansarul"), Contains(Field(&PageLink::id, "sample:JA")));
}

TEST_F(SearchModelTest, SuggestsFromTheFirstLetter) { EXPECT_THAT(SuggestActors("t"), Not(IsEmpty())); }

TEST_F(SearchModelTest, WhatIsTypedIntoAFieldIsWordsAndNoQuery) {
  for (const char* typed : {"-ansarullah", "type:ansarullah", "(ansarullah", "\"ansarullah", "jamaat|ansarullah"}) {
    EXPECT_TRUE(Suggest(*read_, "actor", typed, 5).ok()) << typed;
  }
  EXPECT_THAT(SuggestActors("-ansarullah"), Contains(Field(&PageLink::id, "sample:JA")));
  EXPECT_THAT(SuggestActors("jamaat OR nobodyelse"), IsEmpty());
}

TEST_F(SearchModelTest, SuggestsNothingForNothing) { EXPECT_THAT(SuggestActors(" - "), IsEmpty()); }

TEST_F(SearchModelTest, SuggestionsTellTheTwoBadakhshansApart) {
  const auto links = Suggest(*read_, "place", "badakhshan", 20).value();
  EXPECT_THAT(links, Contains(Field(&PageLink::text, HasSubstr("Afghanistan"))));
  EXPECT_THAT(links, Contains(Field(&PageLink::text, HasSubstr("Tajikistan"))));
}

TEST(SearchHelpTest, HasTenLines) { EXPECT_EQ(SearchHelp().size(), 10u); }

TEST(SearchHelpTest, ShowsNothingThatIsNotUnderstood) {
  for (const SearchHelpLine& line : SearchHelp()) {
    // Fields alone, in a list of them, have no value to be read.
    if (line.written.find(": ") != std::string_view::npos || line.written.ends_with(":")) continue;
    EXPECT_EQ(search::CheckQuery(line.written, 0), std::nullopt) << line.written;
  }
}

}  // namespace
}  // namespace daftar
