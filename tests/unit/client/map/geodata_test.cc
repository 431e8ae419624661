#include "client/map/geodata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/client/map/map_bytes.h"

namespace daftar {
namespace {

std::string WhyNot(const std::string& bytes) {
  const StatusOr<Geodata> data = ReadGeodata(bytes);
  return data.ok() ? "" : Message(data.status());
}

// What comes before the arcs: no source, no country.
MapBytes Bare() { return std::move(MapBytes().Begin().Number(0).Number(0)); }

TEST(Geodata, ReadsWhatWasWritten) {
  const StatusOr<Geodata> data = ReadGeodata(TwoProvinces());
  ASSERT_TRUE(data.ok()) << data.status();
  EXPECT_EQ(data->sources.at(0).date, "2020-06-09");
  EXPECT_EQ(data->countries.at(0).code, "TJ");
  ASSERT_EQ(data->arcs.size(), 4u);
  EXPECT_EQ(data->arcs[0].kind, LineKind::kProvince);
  EXPECT_NEAR(data->arcs[1].points[1].longitude, 60, 1e-9);
  EXPECT_EQ(data->areas.at(1).key, "TJ.02");
  EXPECT_TRUE(data->areas.at(1).polygons.at(0).at(0).at(1).backwards);
  EXPECT_EQ(data->disputed.at(0).claim, "A claim");
  EXPECT_EQ(data->cities.at(0).people, 700'000u);
  EXPECT_EQ(data->rivers.at(0).rank, 1);
  EXPECT_EQ(data->rivers.at(0).names.In("ru"), "Река");
  EXPECT_NEAR(data->rivers.at(0).lines.at(0).at(2).longitude, 63, 1e-9);
}

TEST(Geodata, ANameThatALanguageLacksIsAsInEnglish) {
  const StatusOr<Geodata> data = ReadGeodata(TwoProvinces());
  ASSERT_TRUE(data.ok());
  const MapNames& names = data->cities.at(0).names;
  EXPECT_EQ(names.In("fa"), "شهر");
  EXPECT_EQ(names.In("tg"), "Town");
  EXPECT_EQ(names.In("de"), "Town");
}

TEST(Geodata, EveryMapThatIsCutShortIsRefused) {
  const std::string whole = TwoProvinces();
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(ReadGeodata(std::string_view(whole).substr(0, length)).ok()) << "cut to " << length << " bytes";
  }
}

TEST(Geodata, BytesBehindTheEndAreRefused) {
  EXPECT_THAT(WhyNot(TwoProvinces() + 'x'), testing::HasSubstr("goes on behind its end"));
}

TEST(Geodata, AnotherVersionIsRefusedByName) {
  const StatusOr<Geodata> data = ReadGeodata(MapBytes().Begin(3).bytes());
  EXPECT_EQ(data.status().code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(data.status()), testing::HasSubstr("version 3"));
}

TEST(Geodata, WhatIsNoMapIsRefused) { EXPECT_THAT(WhyNot("PNG, perhaps"), testing::HasSubstr("not a map")); }

TEST(Geodata, ACountOfMoreThanCanFollowIsRefusedBeforeAnythingIsKept) {
  EXPECT_THAT(WhyNot(Bare().Number(2'000'000'000).bytes()), testing::HasSubstr("counts more than it holds"));
}

TEST(Geodata, APointThatIsNotOnTheEarthIsRefused) {
  EXPECT_THAT(WhyNot(Bare().Number(1).Arc(0, {900'001, 0, 0, 0}).bytes()), testing::HasSubstr("not on the earth"));
}

TEST(Geodata, DifferencesThatLeadAroundTheEarthAreRefused) {
  EXPECT_THAT(WhyNot(Bare().Number(1).Arc(0, {0, 1'800'000, 0, 1}).bytes()), testing::HasSubstr("not on the earth"));
}

TEST(Geodata, AnArcOfOnePointIsRefused) {
  EXPECT_THAT(WhyNot(Bare().Number(1).Arc(0, {0, 0}).Text("padding").bytes()),
              testing::HasSubstr("less than two points"));
}

// No arc, area, disputed line nor city.
MapBytes WithoutBorders() { return std::move(Bare().Number(0).Number(0).Number(0).Number(0)); }

TEST(Geodata, ARiverOfAnUnknownRankIsRefused) {
  EXPECT_THAT(WhyNot(WithoutBorders().Number(1).Number(4).Names("").Number(0).Text("padding").bytes()),
              testing::HasSubstr("a river of no known rank"));
}

TEST(Geodata, ARiverOfOnePointIsRefused) {
  EXPECT_THAT(WhyNot(WithoutBorders().Number(1).Number(0).Names("").Number(1).Points({0, 0}).Text("padding").bytes()),
              testing::HasSubstr("a river of less than two points"));
}

TEST(Geodata, MoreRiversThanCanFollowAreRefusedBeforeAnythingIsKept) {
  EXPECT_THAT(WhyNot(WithoutBorders().Number(2'000'000'000).bytes()), testing::HasSubstr("counts more than it holds"));
}

TEST(Geodata, ARiverThatLeavesTheEarthIsRefused) {
  EXPECT_THAT(WhyNot(WithoutBorders().Number(1).Number(0).Names("").Number(1).Points({0, 0, 900'001, 0}).bytes()),
              testing::HasSubstr("not on the earth"));
}

TEST(Geodata, AnArcOfAnUnknownKindIsRefused) {
  EXPECT_THAT(WhyNot(Bare().Number(1).Arc(4, {0, 0, 1, 1}).bytes()), testing::HasSubstr("no known kind"));
}

TEST(Geodata, ARingAlongAnArcThatThereIsNotIsRefused) {
  MapBytes map = Bare();
  map.Number(0).Number(1).Number(0).Text("").Names("Nowhere").Number(1).Number(1).Number(1).Number(0).Text("padding");
  EXPECT_THAT(WhyNot(map.bytes()), testing::HasSubstr("an arc that there is not"));
}

TEST(Geodata, AnAreaOfACountryThatThereIsNotIsRefused) {
  EXPECT_THAT(WhyNot(Bare().Number(0).Number(1).Number(1).Text("padding, so that it may follow").bytes()),
              testing::HasSubstr("a country that there is not"));
}

TEST(Geodata, ATextThatIsTooLongIsRefused) {
  EXPECT_THAT(WhyNot(MapBytes().Begin().Number(1).Text(std::string(401, 'x')).bytes()),
              testing::HasSubstr("a text that is too long"));
}

TEST(Geodata, ANumberOfTooManyBytesIsRefused) {
  EXPECT_THAT(WhyNot("DMAP\x81\x80\x80\x80\x80\x80\x80\x01"), testing::HasSubstr("a number that is too long"));
}

TEST(Geodata, WhatIsBuiltInCanBeReadAndKnowsTheField) {
  if (BuiltInGeodata().empty()) GTEST_SKIP() << "built without borders";
  EXPECT_LT(BuiltInGeodata().size(), 1'500'000u);
  const StatusOr<Geodata> data = ReadGeodata(BuiltInGeodata());
  ASSERT_TRUE(data.ok()) << data.status();
  const auto count = [&](std::string_view beginning) {
    return std::count_if(data->areas.begin(), data->areas.end(),
                         [&](const Geodata::Area& area) { return area.key.starts_with(beginning); });
  };
  EXPECT_EQ(count("TJ."), 5);
  EXPECT_EQ(count("AF."), 34);
  EXPECT_GT(data->disputed.size(), 20u);
}

TEST(Geodata, WhatIsBuiltInKnowsTheChiefRiversInFourLanguages) {
  if (BuiltInGeodata().empty()) GTEST_SKIP() << "built without borders";
  const StatusOr<Geodata> data = ReadGeodata(BuiltInGeodata());
  ASSERT_TRUE(data.ok()) << data.status();
  if (data->rivers.empty()) GTEST_SKIP() << "built without rivers";
  std::vector<std::string> names;
  for (const Geodata::River& river : data->rivers) names.push_back(river.names.In("en"));
  EXPECT_THAT(names, testing::IsSupersetOf({"Panj", "Amu Darya", "Vakhsh", "Kokcha", "Kunduz", "Syr Darya", "Bartang",
                                            "Zeravshan", "Helmand", "Kabul", "Indus", "Surkhob"}));
  const auto panj = std::find_if(data->rivers.begin(), data->rivers.end(),
                                 [](const Geodata::River& river) { return river.names.In("en") == "Panj"; });
  EXPECT_EQ(panj->names.In("ru"), "Пяндж");
  EXPECT_EQ(panj->names.In("tg"), "Панҷ");
  EXPECT_EQ(panj->names.In("fa"), "پنج");
}

}  // namespace
}  // namespace daftar
