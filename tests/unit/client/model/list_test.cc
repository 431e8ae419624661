#include "client/model/list.h"

#include "client/model/home.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::FindRow;
using model_test::ListAsOf;
using model_test::Sample;
using ::testing::HasSubstr;
using ::testing::Not;

List ListOf(std::string_view kind, ListOptions options = {}) { return BuildList(Sample(), kind, options).value(); }

TEST(ListTest, ShowsBothDatesOfAClashInDoubt) {
  const List list = ListOf("incident");
  const ListRow* row = FindRow(list.rows, "sample:I01");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->title, "Crossing and clash in Darvoz");
  EXPECT_EQ(row->date, "30 Aug or 4 Sep 2023*");
  EXPECT_EQ(row->place, "Kevron");
  EXPECT_EQ(row->kind_words, "infiltration, clash");
  EXPECT_TRUE(row->marks.open);
  EXPECT_TRUE(row->happened);
}

TEST(ListTest, MarksWhatIsOnlyExpected) {
  const List list = ListOf("incidents");
  const ListRow* row = FindRow(list.rows, "sample:I20");
  ASSERT_NE(row, nullptr);
  EXPECT_FALSE(row->happened);
  EXPECT_TRUE(row->marks.expected);
  EXPECT_EQ(row->happened_words, "expected, not reported as having happened");
}

TEST(ListTest, LeavesOutWhatIsOnlyExpectedWhenAsked) {
  ListOptions options;
  options.happened_only = true;
  const List list = ListOf("incident", options);
  EXPECT_EQ(FindRow(list.rows, "sample:I20"), nullptr);
  EXPECT_NE(FindRow(list.rows, "sample:I01"), nullptr);
}

TEST(ListTest, ShowsARelationByTheAccountThatHeldThen) {
  const List list = ListAsOf("relation", "2020-12-31");
  const ListRow* row = FindRow(list.rows, "sample:R-JA-AFFILIATED-Taliban");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->title, "Jamaat Ansarullah — affiliated with — Taliban");
  EXPECT_THAT(row->note, HasSubstr("Maymay, since Nov 2020 (S4)"));
  EXPECT_THAT(row->note, Not(HasSubstr("2023")));
}

TEST(ListTest, DatesARelationByTheAccountThatHoldsOnTheDay) {
  const List list = ListAsOf("relation", "2020-12-31");
  const ListRow* row = FindRow(list.rows, "sample:R-IS-BASE_IN-Afghanistan");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->date, "since before 2 Oct 2024");  // not the account of 2023, which speaks of 2023
}

TEST(ListTest, LeavesOutABaseThatCameLater) {
  EXPECT_EQ(FindRow(ListAsOf("relation", "2020-12-31").rows, "sample:R-JA-BASE_IN-Nawabad"), nullptr);
  EXPECT_NE(FindRow(ListAsOf("relation", "2024-10-01").rows, "sample:R-JA-BASE_IN-Nawabad"), nullptr);
}

TEST(ListTest, NamesTheDayInItsTitle) {
  EXPECT_EQ(ListAsOf("relation", "2020-12-31").title, "Relations as of 31 Dec 2020");
}

TEST(ListTest, LeavesOutIncidentsOfLaterDays) {
  const List list = ListAsOf("incident", "2021-01-31");
  EXPECT_NE(FindRow(list.rows, "sample:I21"), nullptr);
  EXPECT_EQ(FindRow(list.rows, "sample:I01"), nullptr);
}

TEST(ListTest, KeepsAnIncidentThatMayHaveBeenEarlier) {
  EXPECT_NE(FindRow(ListAsOf("incident", "2023-08-31").rows, "sample:I01"), nullptr);
  EXPECT_EQ(FindRow(ListAsOf("incident", "2023-08-29").rows, "sample:I01"), nullptr);
}

TEST(ListTest, SaysHowAnAlertStoodThatDay) {
  const List list = ListAsOf("alert", "2024-10-10");
  const ListRow* row = FindRow(list.rows, "sample:A-I17");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->note, "active, planned end 15 Oct 2024");
}

TEST(ListTest, SaysThatThereIsMore) {
  ListOptions options;
  options.limit = 5;
  const List list = ListOf("incident", options);
  EXPECT_EQ(list.rows.size(), 5u);
  EXPECT_TRUE(list.more);
}

TEST(ListTest, FillsItsLimitEvenWhenADayLeavesMuchOut) {
  ListOptions options;
  options.limit = 3;
  options.as_of = model_test::Day("2021-01-31");
  EXPECT_EQ(ListOf("incident", options).rows.size(), 3u);
}

TEST(ListTest, TellsThePlacesOfOneNameApart) {
  const List list = ListOf("place");
  const ListRow* row = FindRow(list.rows, "sample:Badakhshan-AF");
  ASSERT_NE(row, nullptr);
  EXPECT_THAT(row->place, HasSubstr("Afghanistan"));
}

TEST(ListTest, NamesTheKindsThatThereAre) {
  Status status = BuildList(Sample(), "elephants", {}).status();
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(status), HasSubstr("incident"));
}

TEST(ListTest, SortsWhatTheViewGivesNewestFirst) {
  const List list = ListOf("incident");
  for (size_t i = 1; i < list.rows.size(); ++i) {
    EXPECT_GE(list.rows[i - 1].sort_day, list.rows[i].sort_day) << list.rows[i].display_id;
  }
}

TEST(HomeTest, CountsEveryKindAndSaysTheAgeOfTheData) {
  StatusOr<Home> home = BuildHome(Sample(), 1795203000000 + 5 * 60'000);
  ASSERT_TRUE(home.ok());
  EXPECT_EQ(home->data_age, "as of 20 Nov 2026 19:30, 5 minutes ago");
  ASSERT_EQ(home->counts.size(), 6u);
  EXPECT_EQ(home->counts[0].label, "Incidents");
  EXPECT_EQ(home->counts[0].count, ListOf("incident").rows.size());
  EXPECT_EQ(home->latest.size(), 12u);
}

TEST(HomeTest, SaysThatThereIsNoDataYet) {
  FakeView empty;
  EXPECT_EQ(BuildHome(empty, 0)->data_age, "no data yet");
}

}  // namespace
}  // namespace daftar
