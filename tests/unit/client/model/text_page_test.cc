#include "client/model/text_page.h"

#include "client/model/layout.h"
#include "client/model/search_model.h"
#include "client/model/sync_state.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::PageOf;
using model_test::Sample;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string PageText(std::string_view id, size_t width) {
  TextOptions options;
  options.width = width;
  return PageAsText(PageOf(id), options);
}

size_t WidestLine(const std::string& text) {
  size_t widest = 0;
  std::stringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, DisplayWidth(line));
  return widest;
}

TEST(TextPageTest, ShowsTheDateInDoubtAndHowItWasChosen) {
  EXPECT_THAT(PageText("sample:I01", 200), AllOf(HasSubstr("≠ 30 Aug or 4 Sep 2023* (2 values, open)"),
                                                 HasSubstr("the most credible account (S2)")));
}

TEST(TextPageTest, PutsAccountsSideBySideWhereThereIsRoom) {
  EXPECT_THAT(PageText("sample:I01", 120), ContainsRegex("Date +≠ 4 Sep 2023\\* +≠ 4 Sep 2023\\* +night of 30 Aug"));
}

TEST(TextPageTest, PutsAccountsOneBelowTheOtherWhereThereIsNot) {
  EXPECT_THAT(PageText("sample:I01", 60), HasSubstr("(S0)\n"));
}

TEST(TextPageTest, StaysInsideTheWidth) {
  for (size_t width : {40u, 72u, 80u, 100u, 160u}) {
    for (std::string_view id : {"sample:I01", "sample:I02", "sample:JA", "sample:R-JA-AFFILIATED-Taliban"}) {
      EXPECT_LE(WidestLine(PageText(id, width)), width) << id << " at " << width;
    }
  }
}

TEST(TextPageTest, CountsRootsAndNumbersSources) {
  EXPECT_THAT(PageText("sample:I01", 100), AllOf(HasSubstr("3 articles"), HasSubstr("2 roots"), HasSubstr("\n1.  ")));
}

TEST(TextPageTest, WarnsThatAForecastHasNotHappened) {
  EXPECT_THAT(PageText("sample:I20", 80), HasSubstr("!! expected, not reported as having happened"));
}

TEST(TextPageTest, LeavesIdsOutWhenAsked) {
  TextOptions options;
  options.ids = false;
  EXPECT_THAT(PageAsText(PageOf("sample:JA"), options), Not(HasSubstr("[sample:")));
}

TEST(TextListTest, GivesDateTitleAndMarksOfEachRow) {
  std::string text = ListAsText(BuildList(Sample(), "incident", {}).value(), {});
  EXPECT_THAT(text, AllOf(HasSubstr("30 Aug or 4 Sep 2023*"), HasSubstr("Crossing and clash in Darvoz  [sample:I01]"),
                          HasSubstr("≠ sources disagree")));
}

TEST(TextListTest, SaysThatThereIsNothing) {
  FakeView empty;
  EXPECT_EQ(ListAsText(BuildList(empty, "incident", {}).value(), {}), "Incidents: none\n");
}

TEST(TextSearchTest, SaysWhyEachRowWasFound) {
  std::string text = SearchAsText(BuildSearch(Sample(), "ansarullo", {}).value(), {});
  EXPECT_THAT(text, HasSubstr("found by name: "));
}

TEST(TextSearchTest, MarksThePlaceOfWhatIsWrong) {
  std::string text = SearchAsText(BuildSearch(Sample(), "clash acter:taliban", {}).value(), {});
  EXPECT_THAT(text, HasSubstr("  clash acter:taliban\n        ^\ndid you mean: clash actor:taliban\n"));
}

TEST(TextSearchTest, SaysWhatQualifiesTheHits) {
  SearchPage page;
  page.words = "3 found";
  page.respelt_words = "shown for 'a' instead of 'b'";
  page.behind_words = "the index is still being built";
  EXPECT_THAT(SearchAsText(page, {}),
              StartsWith("3 found\nshown for 'a' instead of 'b'\nthe index is still being built\n"));
}

TEST(TextSearchTest, CountsWhatWouldNarrowALineForEachField) {
  SearchPage page;
  page.facets = {{"type", "Type", {{.label = "clash", .count = 9}, {.label = "seizure", .count = 4}}},
                 {"country", "Country", {{.label = "TJ", .count = 7}}}};
  EXPECT_THAT(SearchAsText(page, {}), HasSubstr("\ntype:     clash\u00A09 · seizure\u00A04\ncountry:  TJ\u00A07\n"));
}

TEST(TextSyncTest, GivesWordsThenDetail) {
  SyncFacts facts;
  facts.server = "field.example:7443";
  EXPECT_THAT(SyncAsText(MakeSyncPill(facts), {}), AllOf(HasSubstr("Never synced\n"), HasSubstr("field.example:7443")));
}

}  // namespace
}  // namespace daftar
