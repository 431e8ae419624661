// What a map and a timeline keep of many records: the window has 96 MB for all that it does with a million of them.
#include <gtest/gtest.h>

#include <random>

#include "client/model/map_records.h"
#include "client/model/timeline_data.h"
#include "daftar/v1/codes.pb.h"
#include "tests/memory_meter.h"

namespace daftar {
namespace {

constexpr uint32_t kRecords = 200'000, kPoints = 320'000;
// Of what every map has, however few records are on it.
constexpr size_t kOther = 100'000;

MapRecords::Records Records() {
  MapRecords::Records records;
  for (uint32_t i = 0; i < kRecords; ++i) {
    records.rid.push_back(i);
    records.first_day.push_back(static_cast<int32_t>(i % 9000));
    records.last_day.push_back(static_cast<int32_t>(i % 9000 + i % 3));
    records.look.push_back(MarkLook());
  }
  records.rid.shrink_to_fit();
  records.first_day.shrink_to_fit();
  records.last_day.shrink_to_fit();
  records.look.shrink_to_fit();
  return records;
}

// On so many places.
std::vector<MapRecords::Point> Points(uint32_t places) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> latitude(30, 42), longitude(60, 78);
  std::vector<uint64_t> keys(places);
  for (uint64_t& key : keys) key = CurveKeyOf(ToGrid(Project({latitude(random), longitude(random)})));
  std::vector<MapRecords::Point> points;
  points.reserve(kPoints);
  for (uint32_t i = 0; i < kPoints; ++i)
    points.push_back({.place = keys[i % places], .record = static_cast<uint32_t>(uint64_t{i} * kRecords / kPoints)});
  return points;
}

std::shared_ptr<const MapRecords> MapOf(uint32_t places) {
  return MapRecords::Make(std::make_shared<Ground>(Geodata{}), Records(), Points(places), nullptr).value();
}

TEST(MapMemoryTest, OfAFewPlacesARecordTakes13BytesAndAPointFour) {
  const MemoryMeter meter;
  const auto map = MapOf(1000);
  EXPECT_LE(meter.now(), kRecords * 14 + kPoints * 4 + 1000 * 40 + kOther + (257 * 257 * 4));
}

TEST(MapMemoryTest, WhereEachPointHasAPlaceOfItsOwnThatTakes25BytesMore) {
  const MemoryMeter meter;
  const auto map = MapOf(kPoints);
  // Columns of spots grow as they are found, twofold at worst.
  EXPECT_LE(meter.now(), kRecords * 14 + kPoints * (4 + 2 * 25) + kOther + (257 * 257 * 4));
}

TEST(MapMemoryTest, AStretchOfTimeTakesAsGoodAsNothing) {
  const auto map = MapOf(1000);
  const MemoryMeter meter;
  const auto scene = NarrowMap(*map, {.from = 100, .to = 5000});
  EXPECT_LE(meter.now(), kRecords / 8 + 1000 * 10 + kOther);
}

TEST(MapMemoryTest, BordersAndProvincesTakeEightMegabytes) {
  const MemoryMeter meter;
  const auto ground = Ground::BuiltIn();
  if (ground->empty()) GTEST_SKIP() << "built without borders";
  EXPECT_LE(meter.now(), 8'000'000u);
}

TEST(TimelineMemoryTest, ARecordTakes20Bytes) {
  search::Spread spread;
  for (uint32_t i = 0; i < kRecords; ++i) {
    spread.rid.push_back(i);
    spread.kind.push_back(v1::RecordKind::INCIDENT);
    spread.code.push_back(0);
    spread.in_doubt.push_back(0);
    spread.first_day.push_back(static_cast<int32_t>(i % 9000));
    spread.last_day.push_back(static_cast<int32_t>(i % 9000));
    spread.killed_least.push_back(-1);
    spread.killed_most.push_back(-1);
  }
  spread.lat_e7 = spread.lon_e7 = std::vector<int32_t>(kPoints, 0);
  const MemoryMeter meter;
  const TimelineData data = TimelineData::Of(spread);
  EXPECT_LE(meter.now(), kRecords * 20 + 4 * kOther);
}

}  // namespace
}  // namespace daftar
