#include "client/model/map_records.h"

#include <gmock/gmock.h>

#include "tests/unit/client/map/map_bytes.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Records are added one by one, each with its days and points.
class MapRecordsTest : public ::testing::Test {
 protected:
  uint32_t Record(int32_t first_day, int32_t last_day) {
    records_.ids.push_back(Uuid());
    records_.first_day.push_back(first_day);
    records_.last_day.push_back(last_day);
    records_.look.push_back(MarkLook());
    return static_cast<uint32_t>(records_.size() - 1);
  }
  uint32_t Undated() { return Record(MapRecords::kNoMapDay, MapRecords::kNoMapDay); }
  void Point(uint32_t record, LatLon at, float radius_m = 0) {
    points_.push_back({.place = CurveKeyOf(ToGrid(Project(at))), .record = record, .radius_m = radius_m});
  }
  const MapRecords& Made() {
    made_ =
        MapRecords::Make(std::make_shared<Ground>(*ReadGeodata(TwoProvinces())), records_, points_, nullptr).value();
    return *made_;
  }
  // To a centimetre.
  static WorldPoint AsKept(LatLon at) { return FromGrid(ToGrid(Project(at))); }
  std::vector<uint32_t> Newest(const MapSpan& span, const WorldBox& box, size_t limit) {
    const MapRecords& records = Made();
    return NewestIn(records, *NarrowMap(records, span), box, limit, &in_all_);
  }
  static constexpr LatLon kWest{31, 61}, kEast{31, 63}, kBeyond{10, 10};
  static constexpr WorldBox kWorld{0, 0, 1, 1};

  MapRecords::Records records_;
  std::vector<MapRecords::Point> points_;
  std::shared_ptr<const MapRecords> made_;
  size_t in_all_ = 0;
};

TEST_F(MapRecordsTest, ASceneCountsPointsByProvince) {
  for (const LatLon at : {kWest, kWest, kEast, kBeyond}) Point(Undated(), at);
  EXPECT_THAT(NarrowMap(Made(), {})->area_counts, ElementsAre(2, 1));
}

TEST_F(MapRecordsTest, ASceneKeepsWhateverMayLieInItsSpan) {
  for (const auto& [first, last] : {std::pair{10, 20}, {20, 30}, {31, 40}}) Point(Record(first, last), kWest);
  EXPECT_THAT(Newest({.from = 20, .to = 30}, kWorld, 10), ElementsAre(1, 0));
}

TEST_F(MapRecordsTest, ASpanWithoutAnEndHasNone) {
  for (const auto& [first, last] : {std::pair{10, 20}, {20, 30}, {31, 40}}) Point(Record(first, last), kWest);
  EXPECT_THAT(Newest({.from = 30, .to = {}}, kWorld, 10), ElementsAre(2, 1));
}

TEST_F(MapRecordsTest, RecordsWithoutADateAreLeftOutOfASpanAndCounted) {
  Point(Undated(), kWest);
  Point(Record(5, 5), kWest);
  const auto scene = NarrowMap(Made(), {.from = 0, .to = {}});
  EXPECT_EQ(scene->records, 1u);
  EXPECT_EQ(scene->undated, 1u);
}

TEST_F(MapRecordsTest, ARecordOfTwoPointsIsOneRecord) {
  const uint32_t record = Record(5, 5);
  Point(record, kWest);
  Point(record, kEast);
  EXPECT_EQ(NarrowMap(Made(), {})->records, 1u);
  EXPECT_THAT(Newest({}, kWorld, 10), ElementsAre(record));
}

TEST_F(MapRecordsTest, TheNewestComeFirstAndThoseWithoutADateLast) {
  Point(Undated(), kWest);
  Point(Record(5, 5), kWest);
  Point(Record(9, 9), kEast);
  EXPECT_THAT(Newest({}, kWorld, 10), ElementsAre(2, 1, 0));
}

TEST_F(MapRecordsTest, NoMoreThanTheLimitAreListedButAllAreCounted) {
  for (int day = 0; day < 5; ++day) Point(Record(day, day), kWest);
  EXPECT_THAT(Newest({}, kWorld, 2), ElementsAre(4, 3));
  EXPECT_EQ(in_all_, 5u);
}

TEST_F(MapRecordsTest, OnlyWhatLiesInTheBoxIsListed) {
  Point(Record(1, 1), kWest);
  Point(Record(2, 2), kEast);
  WorldBox box;
  box.Add(Project({30, 60}));
  box.Add(Project({32, 62}));
  EXPECT_THAT(Newest({}, box, 10), ElementsAre(0));
}

TEST_F(MapRecordsTest, RecordsOfOnePlaceStandAtOneSpot) {
  for (int i = 0; i < 3; ++i) Point(Undated(), kWest);
  ASSERT_EQ(Made().index().spots(), 1u);
  EXPECT_THAT(Made().RecordsAt(0), ElementsAre(0, 1, 2));
}

TEST_F(MapRecordsTest, PlacesOfWhichLessIsKnownAreSpotsOfTheirOwn) {
  Point(Undated(), kWest);
  Point(Undated(), kWest, 25'000);
  ASSERT_EQ(Made().index().spots(), 2u);
  EXPECT_EQ(Made().radius_m(0), 0);
  EXPECT_EQ(Made().radius_m(1), 25'000);
}

TEST_F(MapRecordsTest, OfASpotTheFirstRecordOfTheSpanIsShown) {
  for (const int32_t day : {10, 20, 30}) Point(Record(day, day), kWest);
  const auto scene = NarrowMap(Made(), {.from = 15, .to = 25});
  EXPECT_EQ(scene->index.size(), 1u);
  EXPECT_EQ(FirstAt(*made_, *scene, 0), 1u);
}

TEST_F(MapRecordsTest, RecordsWithoutAPointAreCounted) {
  Undated();
  Point(Undated(), kWest);
  EXPECT_EQ(Made().without_point(), 1u);
}

TEST_F(MapRecordsTest, APlaceThatIsAProvinceIsAsUncertainAsThatIsLarge) {
  Point(Undated(), kWest, MapRecords::kAsProvince);
  // 2 by 2 degrees: 42,000 square kilometres, a circle of 116 km.
  EXPECT_NEAR(Made().radius_m(0), 116'000, 3'000);
}

TEST_F(MapRecordsTest, APlaceThatIsACountryIsAsUncertainAsAllOfIt) {
  Point(Undated(), kWest, MapRecords::kAsCountry);
  EXPECT_NEAR(Made().radius_m(0), 164'000, 4'000);
}

TEST_F(MapRecordsTest, AProvinceThatTheMapDoesNotKnowStillHasASize) {
  Point(Undated(), kBeyond, MapRecords::kAsProvince);
  EXPECT_GT(Made().radius_m(0), 10'000);
}

TEST_F(MapRecordsTest, TheStretchOfTimeCountsWhereRecordsBegin) {
  Point(Record(100, 100), kWest);
  Point(Record(100, 200), kWest);
  Point(Record(200, 200), kWest);
  const MapRecords::Density& density = Made().density();
  EXPECT_EQ(density.first, 100);
  EXPECT_EQ(density.last, 200);
  EXPECT_EQ(density.counts.front(), 2u);
  EXPECT_EQ(density.counts.back(), 1u);
}

TEST_F(MapRecordsTest, ADayAndItsPlaceInTheStretchOfTimeAreOne) {
  Point(Record(100, 300), kWest);
  const MapRecords::Density& density = Made().density();
  EXPECT_EQ(density.DayOf(density.PartOf(150)), 150);
}

TEST_F(MapRecordsTest, WithoutDatesThereIsNoStretchOfTime) {
  Point(Undated(), kWest);
  EXPECT_TRUE(Made().density().empty());
}

TEST_F(MapRecordsTest, APointFarFromAllOthersIsLeftOutOfTheFirstView) {
  for (int i = 0; i < 40; ++i) Point(Undated(), {31 + i * 0.01, 61});
  Point(Undated(), {40.7, -74});
  EXPECT_FALSE(Made().core().Contains(AsKept({40.7, -74})));
  EXPECT_TRUE(Made().core().Contains(AsKept({31.39, 61})));
  EXPECT_TRUE(Made().box().Contains(AsKept({40.7, -74})));
}

TEST_F(MapRecordsTest, OfAFewPointsNoneIsLeftOut) {
  for (const LatLon at : {kWest, kEast, kBeyond}) Point(Undated(), at);
  EXPECT_TRUE(Made().core().Contains(AsKept(kBeyond)));
}

TEST_F(MapRecordsTest, WithoutRecordsThereIsAnEmptyMap) {
  EXPECT_TRUE(Made().box().empty());
  EXPECT_THAT(Newest({}, kWorld, 10), IsEmpty());
}

TEST_F(MapRecordsTest, AMapThatIsNotWantedAnyMoreIsNotMade) {
  Point(Undated(), kWest);
  const std::atomic<bool> stop = true;
  const auto made = MapRecords::Make(std::make_shared<Ground>(*ReadGeodata(TwoProvinces())), records_, points_, &stop);
  EXPECT_EQ(made.status().code(), StatusCode::kCancelled);
}

}  // namespace
}  // namespace daftar
