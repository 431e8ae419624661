// The timeline of what a query finds: built from a dataset, moved, and told as text.
#include "client/model/timeline.h"

#include <gmock/gmock.h>

#include "client/model/address.h"
#include "client/model/text_page.h"
#include "storage/model/date.h"
#include "tests/unit/client/model/fake_view.h"

namespace daftar {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class TimelineTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { view_ = FakeView::OfFolder(DAFTAR_SAMPLE_FOLDER); }
  static void TearDownTestSuite() { view_.reset(); }

  static Timeline Build(const std::string& address) {
    auto timeline = BuildTimeline(*view_, *ParseAddress(address), TimelineOptions());
    EXPECT_TRUE(timeline.ok()) << timeline.status();
    return *std::move(timeline);
  }
  // The titles of the bars in sight.
  static std::vector<std::string> Titles(const Timeline& timeline) {
    TimelineMetrics metrics;
    metrics.width = 1000;
    metrics.rows.fill(40);
    std::vector<std::string> titles;
    for (const auto& lane : LayOut(*timeline.data, timeline.window, metrics).lanes) {
      for (const TimelineBox& box : lane.boxes) {
        const auto row = timeline.rows.find(box.item);
        if (!box.is_block() && row != timeline.rows.end()) titles.push_back(row->second.title);
      }
    }
    return titles;
  }

  static inline std::unique_ptr<FakeView> view_;
};

TEST_F(TimelineTest, HoldsEveryRecordOnceDatedOrNot) {
  const Timeline timeline = Build("daftar:timeline");
  uint64_t undated = 0;
  for (const Timeline::Tray& tray : timeline.undated) undated += tray.count;
  EXPECT_GT(undated, 0u);
  EXPECT_EQ(timeline.data->dated + undated, timeline.data->spread.size());
}

TEST_F(TimelineTest, AKindIsShownAlone) {
  const Timeline timeline = Build("daftar:timeline?kind=relation");
  EXPECT_EQ(timeline.data->lanes[static_cast<size_t>(LaneKind::kIncidents)].size(), 0u);
  EXPECT_GT(timeline.data->lanes[static_cast<size_t>(LaneKind::kRelations)].size(), 0u);
}

TEST_F(TimelineTest, AWindowOfDaysHoldsItsLastDay) {
  const Timeline timeline = Build("daftar:timeline?kind=incident&from=2023-08-30&to=2023-09-04");
  EXPECT_EQ(timeline.window.from, DayNumber(2023, 8, 30).value());
  EXPECT_EQ(timeline.window.to, DayNumber(2023, 9, 5).value());
  EXPECT_THAT(Titles(timeline), Contains(HasSubstr("Darvoz")));
}

TEST_F(TimelineTest, ItsAddressIsWhereItStands) {
  for (const char* address : {"daftar:timeline", "daftar:timeline?from=2023-01-01&kind=incident&to=2023-12-31",
                              "daftar:timeline?from=2023-08-30T06&to=2023-08-30T18"}) {
    EXPECT_EQ(AddressOf(Build(address)), address);
  }
}

TEST_F(TimelineTest, AnAddressHoldsQueryKindAndWindow) {
  const double first = DayNumber(2023, 1, 1).value(), end = DayNumber(2024, 1, 1).value();
  EXPECT_EQ(TimelineAddress("a b", "incident", TimeWindow{first, end}),
            "daftar:timeline?from=2023-01-01&kind=incident&q=a%20b&to=2023-12-31");
}

TEST_F(TimelineTest, AWindowWiderThanAllIsAll) {
  const Timeline timeline = Build("daftar:timeline?from=1000-01-01&to=2999-12-31");
  EXPECT_EQ(timeline.window, timeline.whole);
}

TEST_F(TimelineTest, ADayThatDoesNotExistIsSaidSo) {
  for (const char* address : {"daftar:timeline?from=2023-02-30", "daftar:timeline?from=2023-02-03T99",
                              "daftar:timeline?from=2023-02-03&to=2023-02-01"}) {
    const auto timeline = BuildTimeline(*view_, *ParseAddress(address), TimelineOptions());
    EXPECT_EQ(timeline.status().code(), StatusCode::kInvalidArgument) << address;
  }
}

TEST_F(TimelineTest, AQueryThatIsNotUnderstoodIsATimelineWithItsProblem) {
  const Timeline timeline = Build("daftar:timeline?q=acter:taliban");
  ASSERT_TRUE(timeline.problem);
  EXPECT_THAT(timeline.problem->address, HasSubstr("daftar:timeline"));
  EXPECT_EQ(timeline.data->dated, 0u);
}

TEST_F(TimelineTest, TheListOfAWindowAsksForItsDays) {
  Timeline timeline = Build("daftar:timeline?q=taliban");
  const double first = DayNumber(2023, 8, 30).value();
  const Address list = *ParseAddress(ListAddressOf(timeline, {first, first + 6}));
  EXPECT_EQ(list.word, "search");
  EXPECT_EQ(list.Param("q"), "taliban date:2023-08-30..2023-09-04");
  timeline.query = "a OR b";
  EXPECT_EQ(ParseAddress(ListAddressOf(timeline, {first, first + 1}))->Param("q"), "(a OR b) date:2023-08-30");
}

TEST_F(TimelineTest, WhatComesIntoSightIsNamedWhenAskedFor) {
  Timeline timeline = Build("daftar:timeline");
  timeline.rows.clear();
  ++timeline.rows_changed;
  TimelineMetrics metrics;
  metrics.width = 1000;
  metrics.rows.fill(6);
  timeline.view.Look(timeline, metrics);
  const std::vector<uint32_t> unnamed = timeline.view.TakeUnnamed(timeline);
  ASSERT_FALSE(unnamed.empty());
  EXPECT_TRUE(timeline.view.TakeUnnamed(timeline).empty()) << "it was asked already";
  auto rows = DescribeItems(*view_, timeline.data->spread, unnamed);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_THAT(*rows, SizeIs(unnamed.size()));
  AddRows(*std::move(rows), timeline);
  timeline.view.Look(timeline, metrics);
  EXPECT_TRUE(timeline.view.TakeUnnamed(timeline).empty());
}

TEST_F(TimelineTest, RowsDoNotPileUp) {
  Timeline timeline = Build("daftar:timeline");
  for (uint32_t item = 0; item < 3 * kMostRows; ++item) AddRows({{item, TimelineRow()}}, timeline);
  EXPECT_LE(timeline.rows.size(), kMostRows);
}

TEST_F(TimelineTest, WhatIsSaidToGoOnGoesOn) {
  const Timeline timeline = Build("daftar:timeline?kind=relation");
  size_t going_on = 0, all = 0;
  for (const auto& [item, row] : timeline.rows) {
    const std::optional<Record> record = view_->Get(*Uuid::Parse(row.id)).value();
    bool open = false;
    for (const v1::Account& account : record->accounts()) open = open || account.period().open_end();
    EXPECT_EQ(row.goes_on, open) << row.title;
    going_on += open;
    ++all;
  }
  EXPECT_GT(going_on, 0u);
  EXPECT_LT(going_on, all);
}

TEST_F(TimelineTest, ABlockLeadsIntoItsTime) {
  const Timeline timeline = Build("daftar:timeline");
  TimelineBox block;
  block.count = 37;
  block.from = DayNumber(2023, 9, 1).value();
  block.to = DayNumber(2023, 10, 1).value();
  EXPECT_EQ(WindowInto(block, timeline), (TimeWindow{block.from, block.to}));
  EXPECT_EQ(BoxWords(block, TimeStep::kMonth, timeline), "37 begin here: Sep 2023");
}

TEST_F(TimelineTest, AsTextItTellsCountsAndTheFirstOfEachLane) {
  const std::string text = TimelineAsText(Build("daftar:timeline?from=2023-01-01&to=2023-12-31"), TextOptions());
  EXPECT_THAT(text, HasSubstr("1 Jan 2023 – 31 Dec 2023"));
  EXPECT_THAT(text, HasSubstr("Incidents: "));
  EXPECT_THAT(text, HasSubstr("Darvoz"));
  EXPECT_THAT(text, HasSubstr("actors: such records have no date"));
  EXPECT_THAT(text, Not(HasSubstr("timeline."))) << "a key that nobody has said";
}

}  // namespace
}  // namespace daftar
