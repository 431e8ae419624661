// Maps of the sample: its addresses, its words and its list.
#include "client/model/map_page.h"

#include "client/model/content.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::Day;
using model_test::Sample;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

MapPage MapOf(const std::string& address) {
  StatusOr<MapPage> map = BuildMap(Sample(), ParseAddress(address).value(), {});
  if (map.ok()) return *std::move(map);
  ADD_FAILURE() << address << ": " << map.status();
  return {};
}

std::string WhyNot(const std::string& address) {
  return Message(BuildMap(Sample(), ParseAddress(address).value(), {}).status());
}

std::string QueryOf(const std::string& address) { return ParseAddress(address).value().Param("q"); }

TEST(MapPageTest, AnAddressKeepsThePlace) {
  const MapPlace place{.centre = LatLon{38.5, 68.75}, .zoom = 6.25, .span = {.from = Day("2023-01-01"), .to = {}}};
  const StatusOr<MapPlace> back = MapPlaceOf(ParseAddress(MapAddress("clash", "incident", place)).value());
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(*back, place);
}

TEST(MapPageTest, WithoutAPlaceTheAddressIsShort) { EXPECT_EQ(MapAddress(""), "daftar:map"); }

TEST(MapPageTest, ANumberThatIsNoneIsRefusedByItsName) {
  EXPECT_THAT(WhyNot("daftar:map?lat=91&lon=1"), HasSubstr("lat=91"));
  EXPECT_THAT(WhyNot("daftar:map?zoom=nan"), HasSubstr("zoom=nan"));
}

TEST(MapPageTest, ADayThatDoesNotExistIsRefused) { EXPECT_THAT(WhyNot("daftar:map?from=2023-02-30"), Not(IsEmpty())); }

TEST(MapPageTest, AKindThatThereIsNotIsRefused) { EXPECT_THAT(WhyNot("daftar:map?kind=person"), HasSubstr("person")); }

TEST(MapPageTest, WithoutAQueryAllIncidentsAreOnTheMap) {
  const MapPage map = MapOf("daftar:map");
  EXPECT_GT(map.scene->records, 10u);
  for (const ListRow& row : map.rows.rows) EXPECT_EQ(row.kind, "incident");
}

TEST(MapPageTest, TheListHoldsWhatIsOnTheMapNewestFirst) {
  const MapPage map = MapOf("daftar:map?lat=20&lon=0&zoom=1");
  EXPECT_THAT(map.rows.rows, SizeIs(map.scene->records));
  EXPECT_TRUE(std::is_sorted(map.rows.rows.begin(), map.rows.rows.end(),
                             [](const ListRow& a, const ListRow& b) { return a.sort_day > b.sort_day; }));
}

TEST(MapPageTest, ASpanNarrowsTheMapAndItsList) {
  const MapPage map = MapOf("daftar:map?from=2024-01-01&to=2024-12-31");
  EXPECT_GT(map.rows.rows.size(), 0u);
  for (const ListRow& row : map.rows.rows) EXPECT_GE(row.sort_day.value(), Day("2024-01-01"));
}

TEST(MapPageTest, ARecordOfTheMapIsReadAlone) {
  const MapPage map = MapOf("daftar:map");
  const auto row = ReadMapRow(Sample(), *map.records, map.rows.records.at(2), {});
  ASSERT_TRUE(row.ok() && *row);
  EXPECT_EQ((*row)->title, map.rows.rows.at(2).title);
}

TEST(MapPageTest, AsAListItIsTheSameSearch) {
  EXPECT_EQ(QueryOf(MapListAddress({.query = "clash"}, {})), "clash");
  EXPECT_EQ(QueryOf(MapListAddress({}, {})), "kind:incident");
}

TEST(MapPageTest, TheSearchOfASpanHasItsDays) {
  EXPECT_EQ(QueryOf(MapListAddress({.query = "clash"}, {.from = Day("2023-01-01"), .to = Day("2023-12-31")})),
            "clash since:2023-01-01 until:2023-12-31");
}

TEST(MapPageTest, AlternativesAreKeptTogetherWhereMoreIsAsked) {
  EXPECT_EQ(QueryOf(MapListAddress({.query = "a OR b"}, {.from = Day("2023-01-01"), .to = {}})),
            "(a OR b) since:2023-01-01");
}

TEST(MapPageTest, ABoxIsSearchedByItsEdges) {
  WorldBox box;
  box.Add(Project({36, 67}));
  box.Add(Project({39, 71.5}));
  const std::string address = MapBoxAddress({.query = "clash"}, {}, box);
  EXPECT_EQ(QueryOf(address), "clash box:36.0000,67.0000,39.0000,71.5000");
  SearchRequest request;
  request.query = QueryOf(address);
  EXPECT_TRUE(Sample().Search(request).ok());
}

TEST(MapPageTest, TheTextCountsByProvinceAndListsTheRecords) {
  if (Ground::BuiltIn()->empty()) GTEST_SKIP() << "built without borders";
  const StatusOr<Content> map = BuildContent({.view = Sample()}, ParseAddress("daftar:map").value());
  ASSERT_TRUE(map.ok()) << map.status();
  const std::string text = ContentAsText(*map, {.width = 100});
  EXPECT_THAT(text, AllOf(HasSubstr("By province"), HasSubstr("Gorno-Badakhshan (Tajikistan)"),
                          HasSubstr("Natural Earth"), HasSubstr("[sample:I01]")));
}

TEST(MapPageTest, WhereRiversComeFromIsNamedWithItsDay) {
  Geodata data;
  data.sources.push_back({.what = "rivers", .whose = "Somebody", .licence = "LGPL 3 or later", .date = "2017-06-15"});
  data.rivers.push_back({.rank = 0, .names = {}, .lines = {{{30, 60}, {31, 61}}}});
  data.areas.emplace_back();
  EXPECT_EQ(MapSourceWords(Ground(std::move(data))), "Rivers: Somebody, 2017-06-15 (LGPL 3 or later)");
}

TEST(MapPageTest, AMapWithoutRiversSaysSo) {
  Geodata data;
  data.sources.push_back({.what = "borders", .whose = "Somebody", .licence = "public domain", .date = ""});
  data.areas.emplace_back();
  EXPECT_THAT(MapSourceWords(Ground(std::move(data))), HasSubstr(" · No rivers"));
}

TEST(MapPageTest, AMapOfNothingHasNoBox) {
  const MapPage map = MapOf("daftar:map?q=nobodyeverwrotethis");
  EXPECT_EQ(map.scene->records, 0u);
  EXPECT_TRUE(map.records->box().empty());
}

TEST(MapPageTest, LengthsAreSaidInTheirUnit) {
  EXPECT_EQ(MapLengthWords(200'000), "200 km");
  EXPECT_EQ(MapLengthWords(500), "500 m");
}

TEST(MapPageTest, AViewOfAnEmptyMapIsTheField) {
  const MapPage map = MapOf("daftar:map?q=nobodyeverwrotethis");
  const WorldBox box = ViewOf(*map.records, map.place, 1000, 600, 1).Box();
  EXPECT_TRUE(box.Contains(Project({38.5, 68.8})));
}

}  // namespace
}  // namespace daftar
