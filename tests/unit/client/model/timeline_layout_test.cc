// A window of time laid out: what is a bar, what is a block, and that everything is counted once.
#include "client/model/timeline_layout.h"

#include <gmock/gmock.h>

#include <limits>
#include <random>
#include <set>

#include "daftar/v1/codes.pb.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint8_t kIncident = v1::RecordKind::INCIDENT, kRelation = v1::RecordKind::RELATION;

void Add(search::Spread& spread, uint8_t kind, int32_t first, int32_t last) {
  spread.rid.push_back(static_cast<uint32_t>(spread.size() + 1));
  spread.kind.push_back(kind);
  spread.code.push_back(0);
  spread.in_doubt.push_back(0);
  spread.first_day.push_back(first);
  spread.last_day.push_back(last);
  spread.killed_least.push_back(-1);
  spread.killed_most.push_back(-1);
}

TimelineData DataOf(const std::vector<std::pair<int32_t, int32_t>>& incidents) {
  search::Spread spread;
  for (const auto& [first, last] : incidents) Add(spread, kIncident, first, last);
  return TimelineData::Of(std::move(spread));
}

TimelineMetrics Metrics(float width = 1000, int rows = 6) {
  TimelineMetrics metrics;
  metrics.width = width;
  metrics.rows.fill(rows);
  return metrics;
}

int32_t Day(int year, int month = 1, int day = 1) { return DayNumber(year, month, day).value(); }

TimelineData RandomData(uint32_t seed, size_t records) {
  std::mt19937 random(seed);
  std::vector<std::pair<int32_t, int32_t>> days;
  for (size_t i = 0; i < records; ++i) {
    const int32_t first = Day(1991) + static_cast<int32_t>(random() % 12000);
    const bool open = random() % 4 == 0;
    days.emplace_back(first, first + static_cast<int32_t>(open ? random() % 500 : 0));
  }
  return DataOf(days);
}

TEST(TimelineDataTest, KeepsNoColumnThatATimelineDoesNotShow) {
  search::Spread spread;
  Add(spread, kIncident, 100, 200);
  spread.point_item = {0};
  spread.lat_e7 = spread.lon_e7 = {380'000'000};
  spread.point_level = {0};
  const search::Spread kept = TimelineData::Of(std::move(spread)).spread;
  EXPECT_EQ(kept.size(), 1u);
  EXPECT_THAT(kept.rid, SizeIs(1));
  EXPECT_EQ(kept.first_day.capacity() + kept.last_day.capacity() + kept.killed_least.capacity() +
                kept.killed_most.capacity() + kept.lat_e7.capacity() + kept.point_item.capacity(),
            0u);
}

TEST(TimelineDataTest, CountsInAWindowAreThoseOfLookingAtEveryRecord) {
  const TimelineData data = RandomData(1, 3000);
  const TimelineLane& lane = data.lanes[0];
  std::mt19937 random(2);
  for (int i = 0; i < 200; ++i) {
    const double from = Day(1990) + static_cast<double>(random() % 140000) / 10,
                 to = from + random() % 3000 / 7.0 + 0.1;
    size_t inside = 0, over = 0, begins = 0;
    std::vector<size_t> expected_over;
    for (size_t at = 0; at < lane.size(); ++at) {
      const double first = lane.first_day(at), end = lane.last_day(at) + 1.0;
      inside += first < to && end > from;
      begins += first >= from && first < to;
      if (first < from && end > from) expected_over.push_back(at);
      over += first < from && end > from;
    }
    ASSERT_EQ(lane.CountIn(from, to), inside);
    ASSERT_EQ(lane.CountOver(from), over);
    const auto [first, last] = lane.BeginningIn(from, to);
    ASSERT_EQ(last - first, begins);
    ASSERT_EQ(lane.Over(from, 100000), expected_over);
    const std::vector<size_t> few = lane.Over(from, 3);
    ASSERT_EQ(few.size(), std::min<size_t>(3, over));
  }
}

TEST(TimelineDataTest, WhatHasNoDateLiesInItsTray) {
  search::Spread spread;
  Add(spread, kIncident, search::kNoDay, search::kNoDay);
  Add(spread, v1::RecordKind::ACTOR, search::kNoDay, search::kNoDay);
  Add(spread, kRelation, 100, 100);
  const TimelineData data = TimelineData::Of(std::move(spread));
  EXPECT_EQ(data.dated, 1u);
  EXPECT_THAT(data.undated[kIncident], ElementsAre(0));
  EXPECT_THAT(data.undated[v1::RecordKind::ACTOR], ElementsAre(1));
  EXPECT_EQ(data.lanes[static_cast<size_t>(LaneKind::kRelations)].size(), 1u);
}

TEST(TimelineDataTest, ADayBeyondAllCalendarsLiesAtTheEdgeOfWhatCanBeShown) {
  const TimelineData data = DataOf({{INT32_MIN + 1, INT32_MAX}});
  const TimeWindow whole = WholeOf(data);
  EXPECT_GE(whole.from, kFirstTime);
  EXPECT_LE(whole.to, kEndOfTime);
  EXPECT_THAT(LayOut(data, whole, Metrics()).lanes[0].boxes, SizeIs(1));
}

TEST(TimelineDataTest, AFewOldRecordsDoNotPressAllOthersIntoACorner) {
  std::vector<std::pair<int32_t, int32_t>> days{{Day(1990), Day(1990)}, {Day(2010), Day(2010)}};
  for (int i = 0; i < 60; ++i) days.emplace_back(Day(2022) + 20 * i, Day(2022) + 20 * i);
  const TimelineData data = DataOf(days);
  const TimeWindow whole = WholeOf(data), opening = OpeningOf(data, whole);
  EXPECT_GT(opening.from, Day(2021));
  EXPECT_LE(opening.from, Day(2022));
  EXPECT_GE(opening.to, Day(2022) + 20 * 57);
  EXPECT_LE(opening.to, whole.to);
}

TEST(TimelineDataTest, RecordsThatAreSpreadEvenlyAreOpenedAsAWhole) {
  std::vector<std::pair<int32_t, int32_t>> days;
  for (int i = 0; i < 200; ++i) days.emplace_back(Day(1990) + 50 * i, Day(1990) + 50 * i);
  const TimelineData data = DataOf(days);
  EXPECT_EQ(OpeningOf(data, WholeOf(data)), WholeOf(data));
}

TEST(TimelineDataTest, AHandfulIsOpenedAsAWhole) {
  const TimelineData data = DataOf({{Day(1990), Day(1990)}, {Day(2022), Day(2022)}, {Day(2023), Day(2023)}});
  EXPECT_EQ(OpeningOf(data, WholeOf(data)), WholeOf(data));
}

TEST(TimelineLayoutTest, ABarIsAsLongAsItsDateIsOpen) {
  const TimelineData data = DataOf({{Day(2023, 9, 1), Day(2023, 9, 30)}});
  const TimeWindow september{static_cast<double>(Day(2023, 9)), static_cast<double>(Day(2023, 10))};
  const auto boxes = LayOut(data, september, Metrics()).lanes[0].boxes;
  ASSERT_THAT(boxes, SizeIs(1));
  EXPECT_TRUE(boxes[0].uncertain);
  EXPECT_FLOAT_EQ(boxes[0].left, 0);
  EXPECT_FLOAT_EQ(boxes[0].right, 1000);
}

TEST(TimelineLayoutTest, ARelationLastsAndIsNotUncertain) {
  search::Spread spread;
  Add(spread, kRelation, Day(2020), Day(2021));
  const TimelineData data = TimelineData::Of(std::move(spread));
  const auto boxes = LayOut(data, WholeOf(data), Metrics()).lanes[static_cast<size_t>(LaneKind::kRelations)].boxes;
  ASSERT_THAT(boxes, SizeIs(1));
  EXPECT_FALSE(boxes[0].uncertain);
}

TEST(TimelineLayoutTest, RecordsOfOneDayAreStacked) {
  const TimelineData data = DataOf({{Day(2023), Day(2023)}, {Day(2023), Day(2023)}, {Day(2023), Day(2023)}});
  const auto boxes = LayOut(data, WholeOf(data), Metrics()).lanes[0].boxes;
  ASSERT_THAT(boxes, SizeIs(3));
  EXPECT_EQ((std::set<int>{boxes[0].row, boxes[1].row, boxes[2].row}), (std::set<int>{0, 1, 2}));
}

TEST(TimelineLayoutTest, ManyOfOneDayAreABlockThatLeadsNoCloser) {
  const TimelineData data = DataOf(std::vector<std::pair<int32_t, int32_t>>(37, {Day(2023), Day(2023)}));
  const auto boxes = LayOut(data, WholeOf(data), Metrics()).lanes[0].boxes;
  ASSERT_THAT(boxes, SizeIs(1));
  EXPECT_EQ(boxes[0].count, 37u);
  EXPECT_TRUE(boxes[0].one_day);
}

TEST(TimelineLayoutTest, ABlockIsAStepOfTheCalendar) {
  std::vector<std::pair<int32_t, int32_t>> days;
  for (int day = 1; day <= 28; ++day) days.emplace_back(Day(2019, 3, day), Day(2019, 3, day));
  const TimelineData data = DataOf(days);
  const TimeWindow year{static_cast<double>(Day(2019)), static_cast<double>(Day(2020))};
  const TimelineLayout layout = LayOut(data, year, Metrics());
  EXPECT_EQ(layout.block_step, TimeStep::kMonth);
  ASSERT_THAT(layout.lanes[0].boxes, SizeIs(1));
  EXPECT_EQ(layout.lanes[0].boxes[0].from, Day(2019, 3));
  EXPECT_EQ(layout.lanes[0].boxes[0].to, Day(2019, 4));
  EXPECT_FALSE(layout.lanes[0].boxes[0].one_day);
}

TEST(TimelineLayoutTest, EveryRecordInSightIsCountedOnceWhateverTheWindow) {
  const TimelineData data = RandomData(3, 5000);
  const TimeWindow whole = WholeOf(data);
  std::mt19937 random(4);
  for (int i = 0; i < 300; ++i) {
    const double span = whole.span() / (1 + random() % 5000),
                 from = whole.from + (random() % 1000) / 1000.0 * whole.span();
    const TimeWindow window = Bounded({from, from + span}, whole);
    const TimelineLayout layout =
        LayOut(data, window, Metrics(200.0f + random() % 2000, 2 + static_cast<int>(random() % 9)));
    size_t counted = 0;
    for (const TimelineBox& box : layout.lanes[0].boxes) counted += box.count;
    ASSERT_EQ(counted, layout.lanes[0].inside) << "window " << window.from << " to " << window.to;
  }
}

TEST(TimelineLayoutTest, BoxesOfARowDoNotMeet) {
  const TimelineData data = RandomData(5, 800);
  const TimeWindow whole = WholeOf(data);
  std::mt19937 random(6);
  for (int i = 0; i < 200; ++i) {
    const TimeWindow window = Zoomed(whole, (random() % 100) / 100.0, 1 + random() % 3000, whole);
    const TimelineLayout layout = LayOut(data, window, Metrics(1000, 5));
    std::vector<float> ends(5, -1);
    for (const TimelineBox& box : layout.lanes[0].boxes) {
      ASSERT_GE(box.row, 0);
      ASSERT_LT(box.row, 5);
      ASSERT_GE(box.left, 0);
      ASSERT_LE(box.right, 1000 + 46);
      ASSERT_GE(box.left + 0.01f, ends[static_cast<size_t>(box.row)]) << "row " << box.row;
      ends[static_cast<size_t>(box.row)] = box.right;
    }
  }
}

TEST(TimelineLayoutTest, NothingInSightIsNothing) {
  const TimelineData data = DataOf({{Day(2000), Day(2000)}, {Day(2020), Day(2020)}});
  const TimeWindow window{static_cast<double>(Day(2010)), static_cast<double>(Day(2011))};
  EXPECT_THAT(LayOut(data, window, Metrics()).lanes[0].boxes, IsEmpty());
}

TEST(TimelineLayoutTest, ABarThatGoesOnOutsideSaysSo) {
  const TimelineData data = DataOf({{Day(2000), Day(2020)}});
  const TimeWindow window{static_cast<double>(Day(2010)), static_cast<double>(Day(2011))};
  const auto boxes = LayOut(data, window, Metrics()).lanes[0].boxes;
  ASSERT_THAT(boxes, SizeIs(1));
  EXPECT_TRUE(boxes[0].cut_before);
  EXPECT_TRUE(boxes[0].cut_after);
}

TEST(TimeWindowTest, ZoomingKeepsTheTimeUnderTheMouse) {
  const TimeWindow whole{0, 10000}, window{2000, 4000};
  const TimeWindow closer = Zoomed(window, 0.25, 4, whole);
  EXPECT_DOUBLE_EQ(closer.span(), 500);
  EXPECT_DOUBLE_EQ(closer.from + 0.25 * closer.span(), 2500);
}

TEST(TimeWindowTest, NoWindowIsShorterThanAFewHoursOrLeadsAway) {
  const TimeWindow whole{0, 10000};
  EXPECT_DOUBLE_EQ(Zoomed({10, 11}, 0.5, 1e9, whole).span(), kShortestWindow);
  EXPECT_EQ(Zoomed({10, 11}, 0.5, 1e-9, whole), whole);
  EXPECT_EQ(Moved({9000, 9500}, 100, whole), (TimeWindow{9500, 10000}));
  EXPECT_EQ(Moved({9000, 9500}, -100, whole), (TimeWindow{0, 500}));
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Bounded({nothing, nothing}, whole), whole);
}

TEST(TimelineCalendarTest, EachStepBeginsWhereTheOneBeforeEnds) {
  for (int step = 0; step <= static_cast<int>(TimeStep::kMillennium); ++step) {
    const TimeStep own = static_cast<TimeStep>(step);
    double begin = BeginOf(own, Day(2019, 2, 27) + 0.4);
    EXPECT_LE(begin, Day(2019, 2, 27) + 0.4);
    for (int i = 0; i < 9 && begin < kEndOfTime; ++i) {
      const double next = NextAfter(own, begin);
      ASSERT_GT(next, begin);
      if (next < kEndOfTime) {
        EXPECT_NEAR(BeginOf(own, next + 0.001), next, 1e-6) << "step " << step;
      }
      begin = next;
    }
  }
}

TEST(TimelineCalendarTest, StepsAreCalledByTheirNames) {
  EXPECT_EQ(StepWords(TimeStep::kMonth, Day(2019, 3)), "Mar 2019");
  EXPECT_EQ(StepWords(TimeStep::kDecade, Day(2010)), "2010–2019");
  EXPECT_EQ(StepWords(TimeStep::kDay, Day(2019, 3, 4)), "4 Mar 2019");
  EXPECT_EQ(TickWords(TimeStep::kSixHours, Day(2019, 3, 4) + 0.75), "18:00");
}

TEST(DensityTest, CountsEveryRecordOnce) {
  const TimelineData data = RandomData(7, 4000);
  const std::vector<uint32_t> density = Density(data, WholeOf(data), 250);
  uint64_t sum = 0;
  for (const uint32_t count : density) sum += count;
  EXPECT_EQ(sum, 4000u);
}

}  // namespace
}  // namespace daftar
