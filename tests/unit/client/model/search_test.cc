#include "client/model/search_model.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::FindRow;
using model_test::Sample;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

TEST(SearchModelTest, FindsWithTheReasonWhy) {
  SearchPage page = BuildSearch(Sample(), "Ансоруллоҳ", {}).value();
  const ListRow* row = FindRow(page.rows, "sample:JA");
  ASSERT_NE(row, nullptr);
  EXPECT_THAT(row->why, HasSubstr("Ансоруллоҳ"));
}

TEST(SearchModelTest, KeepsToTheKindAsked) {
  SearchOptions options;
  options.kind = "place";
  const SearchPage page = BuildSearch(Sample(), "badakhshan", options).value();
  for (const ListRow& row : page.rows) EXPECT_EQ(row.kind, "place");
}

TEST(SearchModelTest, SaysHowManyMoreThereAre) {
  SearchOptions options;
  options.limit = 1;
  SearchPage page = BuildSearch(Sample(), "badakhshan", options).value();
  EXPECT_EQ(page.rows.size(), 1u);
  EXPECT_THAT(page.words, HasSubstr("1 of "));
}

TEST(SearchModelTest, FindsNothingForAnEmptyQuery) { EXPECT_EQ(BuildSearch(Sample(), "  ", {})->total, 0u); }

TEST(SearchModelTest, StopsWhenAsked) {
  std::atomic<bool> stop = true;
  SearchOptions options;
  options.stop = &stop;
  EXPECT_EQ(BuildSearch(Sample(), "badakhshan", options).status().code(), StatusCode::kCancelled);
}

TEST(SearchModelTest, RefusesAKindThatDoesNotExist) {
  SearchOptions options;
  options.kind = "elephant";
  EXPECT_EQ(BuildSearch(Sample(), "x", options).status().code(), StatusCode::kInvalidArgument);
}

TEST(SuggestTest, TellsTheTwoBadakhshansApart) {
  auto links = Suggest(Sample(), "place", "badakhshan", 20).value();
  EXPECT_THAT(links, Contains(Field(&PageLink::text, HasSubstr("Afghanistan"))));
  EXPECT_THAT(links, Contains(Field(&PageLink::text, HasSubstr("Tajikistan"))));
}

}  // namespace
}  // namespace daftar
