// Rivers of the ground: how much of them is drawn, where they run, where their names stand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "client/map/ground.h"
#include "client/map/label_places.h"
#include "client/map/map_view.h"
#include "tests/unit/client/map/map_bytes.h"

namespace daftar {
namespace {

// Kept while its rivers are looked at.
std::shared_ptr<const Ground> BuiltIn() { return Ground::BuiltIn(); }

const Ground::River* RiverNamed(const Ground& ground, std::string_view name) {
  const auto found = std::find_if(ground.rivers().begin(), ground.rivers().end(),
                                  [&](const Ground::River& river) { return river.names.In("en") == name; });
  return found == ground.rivers().end() ? nullptr : &*found;
}

double KmBetween(WorldPoint one, WorldPoint other) {
  const double unit_km = 1 / UnitsOfMetre(Unproject(one).latitude) / 1000;
  return std::hypot(one.x - other.x, one.y - other.y) * unit_km;
}

double KmToLine(WorldPoint at, const Ground::Outline& line) {
  double least = 1e9;
  for (size_t i = 0; i + 1 < line.points.size(); ++i) {
    const WorldPoint from = FromGrid(line.points[i]), to = FromGrid(line.points[i + 1]);
    const double dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
    const double part = length > 0 ? std::clamp(((at.x - from.x) * dx + (at.y - from.y) * dy) / length, 0.0, 1.0) : 0.0;
    least = std::min(least, KmBetween(at, {from.x + part * dx, from.y + part * dy}));
  }
  return least;
}

double KmFrom(const Ground::River& river, LatLon place) {
  double least = 1e9;
  for (const Ground::River::Reach& reach : river.reaches) {
    least = std::min(least, KmToLine(Project(place), reach.outline));
  }
  return least;
}

TEST(Rivers, ARiverKeepsItsCourseAndItsName) {
  const Ground ground(*ReadGeodata(TwoProvinces()));
  const Ground::River* river = RiverNamed(ground, "River");
  ASSERT_NE(river, nullptr);
  ASSERT_EQ(river->reaches.size(), 1u);
  EXPECT_LT(KmFrom(*river, {31, 60}), 0.1);
  EXPECT_TRUE(river->reaches[0].box.Contains(Project({31, 62})));
}

TEST(Rivers, ANameStandsFirstHalfWayDownTheRiver) {
  const Ground ground(*ReadGeodata(TwoProvinces()));
  const Ground::River* river = RiverNamed(ground, "River");
  ASSERT_NE(river, nullptr);
  ASSERT_FALSE(river->spots.empty());
  // A degree of latitude is some 1.17 of longitude there, drawn.
  const LatLon middle = Unproject(river->spots[0].at);
  EXPECT_NEAR(middle.latitude, 31, 0.01);
  EXPECT_NEAR(middle.longitude, 60.92, 0.02);
}

TEST(Rivers, ASpotKnowsWhichWayTheRiverRuns) {
  const Ground ground(*ReadGeodata(TwoProvinces()));
  const Ground::River* river = RiverNamed(ground, "River");
  ASSERT_NE(river, nullptr);
  for (const Ground::River::Spot& spot : river->spots) {
    const LatLon at = Unproject(spot.at);
    if (std::abs(at.longitude - 60) + std::abs(at.latitude - 31) < 0.2) continue;  // at the bend
    EXPECT_EQ(spot.flat, at.longitude > 60.01) << at.latitude << ", " << at.longitude;
  }
}

TEST(Rivers, ARiverWithoutANameHasNoSpots) {
  Geodata data;
  data.rivers.push_back({.rank = 0, .names = {}, .lines = {{{30, 60}, {31, 61}}}});
  EXPECT_TRUE(Ground(std::move(data)).rivers().at(0).spots.empty());
}

TEST(Rivers, ARiverOfNoLengthHasNoSpots) {
  Geodata data;
  data.rivers.push_back({.rank = 0, .names = {.texts = {"Spring"}}, .lines = {{{30, 60}, {30, 60}}}});
  EXPECT_TRUE(Ground(std::move(data)).rivers().at(0).spots.empty());
}

TEST(Rivers, SmallerOnesComeAsTheMapIsZoomedIn) {
  for (int rank = 1; rank < Ground::River::kRanks; ++rank) {
    EXPECT_GT(Ground::RiverZoom(rank), Ground::RiverZoom(rank - 1));
  }
}

TEST(LabelPlacesTest, WordsBesideALineDoNotLieOnIt) {
  LabelPlaces places(400, 400);
  const auto above = places.BesideLine({200, 200}, true, 6, 60, 20);
  ASSERT_TRUE(above);
  EXPECT_LE(above->bottom, 194);
  const auto right = places.BesideLine({200, 300}, false, 6, 60, 20);
  ASSERT_TRUE(right);
  EXPECT_GE(right->left, 206);
}

TEST(LabelPlacesTest, WithoutRoomOnEitherSideOfALineThereAreNoWords) {
  LabelPlaces places(400, 400);
  places.Block({0, 0, 400, 195});
  places.Block({0, 205, 400, 400});
  EXPECT_FALSE(places.BesideLine({200, 200}, true, 6, 60, 20));
}

TEST(BuiltInRivers, TheyRunWhereTheyAre) {
  const auto ground = BuiltIn();
  if (ground->rivers().empty()) GTEST_SKIP() << "built without rivers";
  const auto expect_near = [&](const char* name, LatLon place) {
    const Ground::River* river = RiverNamed(*ground, name);
    ASSERT_NE(river, nullptr) << name;
    EXPECT_LT(KmFrom(*river, place), 6) << name;
  };
  expect_near("Panj", {37.49, 71.51});       // Khorugh
  expect_near("Panj", {38.46, 70.80});       // Qalai Khumb
  expect_near("Amu Darya", {37.21, 67.28});  // Termez
  expect_near("Kokcha", {37.12, 70.57});     // Faizabad
  expect_near("Kunduz", {35.95, 68.70});     // Puli Khumri
  expect_near("Vakhsh", {38.38, 69.30});     // Nurek
  expect_near("Syr Darya", {40.29, 69.63});  // Khujand
  expect_near("Helmand", {31.58, 64.36});    // Lashkar Gah
  expect_near("Kabul", {34.43, 70.45});      // Jalalabad
}

TEST(BuiltInRivers, ThePanjDoesNotLeaveTheBorderThatItIs) {
  const auto ground = BuiltIn();
  if (ground->rivers().empty()) GTEST_SKIP() << "built without rivers";
  const Ground::River* panj = RiverNamed(*ground, "Panj");
  ASSERT_NE(panj, nullptr);
  size_t points = 0, far = 0;
  for (const Ground::River::Reach& reach : panj->reaches) {
    for (const GridPoint at : reach.outline.points) {
      const WorldPoint place = FromGrid(at);
      double least = 1e9;
      for (const Ground::Line& line : ground->lines()) {
        if (line.kind == LineKind::kBorder && line.box.Meets(reach.box)) {
          least = std::min(least, KmToLine(place, line.outline));
        }
      }
      ++points;
      if (least > 0.2) ++far;
    }
  }
  EXPECT_LT(far * 50, points) << far << " of " << points << " points are more than 200 m away";
}

// A canvas as wide as a screen of 2560 by 1440, over all of the field.
TEST(BuiltInRivers, NoViewShowsMoreThanEightThousandPiecesOfThem) {
  const auto ground = BuiltIn();
  if (ground->rivers().empty()) GTEST_SKIP() << "built without rivers";
  for (double zoom = 1; zoom <= 12; zoom += 0.5) {
    size_t most = 0;
    for (double latitude = 22; latitude <= 50; latitude += 4) {
      for (double longitude = 40; longitude <= 90; longitude += 5) {
        MapView view{.centre = Project({latitude, longitude}), .zoom = zoom, .width = 2560, .height = 1440};
        view.Clamp();
        const WorldBox box = view.Box();
        size_t pieces = 0;
        for (const Ground::River& river : ground->rivers()) {
          if (zoom < Ground::RiverZoom(river.rank)) continue;
          for (const Ground::River::Reach& reach : river.reaches) {
            if (reach.box.Meets(box)) pieces += reach.outline.CountOf(Ground::StepOf(zoom)) - 1;
          }
        }
        most = std::max(most, pieces);
      }
    }
    printf("zoom %.1f: %zu pieces\n", zoom, most);
    EXPECT_LE(most, 8000u) << "at zoom " << zoom;
  }
}

}  // namespace
}  // namespace daftar
