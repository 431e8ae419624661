#include "client/map/clusters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "client/map/label_places.h"

namespace daftar {
namespace {

std::vector<WorldPoint> Scattered(size_t count) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> latitude(36, 41), longitude(67, 75);
  std::vector<WorldPoint> points(count);
  for (WorldPoint& point : points) point = Project({latitude(random), longitude(random)});
  return points;
}

MapView View(double zoom) { return {.centre = Project({38.5, 71}), .zoom = zoom, .width = 1000, .height = 700}; }

size_t CountOf(const std::vector<Cluster>& clusters) {
  size_t count = 0;
  for (const Cluster& cluster : clusters) count += cluster.points.size();
  return count;
}

TEST(PointIndex, FindsThePointsOfACell) {
  const std::vector<WorldPoint> points = Scattered(1000);
  const PointIndex index(points);
  const CellId cell{8, static_cast<uint32_t>(points[3].x * 256), static_cast<uint32_t>(points[3].y * 256)};
  const WorldBox box = PointIndex::BoxOf(cell);
  const auto inside = std::count_if(points.begin(), points.end(), [&](WorldPoint at) { return box.Contains(at); });
  EXPECT_EQ(index.PointsIn(cell).size(), static_cast<size_t>(inside));
}

TEST(PointIndex, KnowsPlacesToACentimetre) {
  const WorldPoint at = Project({38.5, 71.25});
  const WorldPoint kept = PointIndex(std::vector<WorldPoint>{at}).place(0);
  EXPECT_NEAR(kept.x, at.x, 0.01 * UnitsOfMetre(0));
  EXPECT_NEAR(kept.y, at.y, 0.01 * UnitsOfMetre(0));
}

TEST(PointIndex, PointsOfOnePlaceAreOneSpot) {
  const WorldPoint one = Project({38.5, 71}), other = Project({37, 70});
  const PointIndex index(std::vector<WorldPoint>{one, other, one});
  EXPECT_EQ(index.size(), 3u);
  ASSERT_EQ(index.spots(), 2u);
  EXPECT_EQ(index.count(0) + index.count(1), 3u);
}

TEST(PointIndex, SpotsThatAreNotCountedAreNotFound) {
  const std::vector<WorldPoint> points = Scattered(10);
  const PointIndex all(points);
  std::vector<uint32_t> counts(10, 0);
  counts[4] = 3;
  counts[6] = 1;
  const PointIndex counted = all.Counted(counts);
  EXPECT_EQ(counted.size(), 4u);
  const PointIndex::Run run = counted.PointsIn({0, 0, 0});
  EXPECT_EQ(run.begin, 4u);
  EXPECT_EQ(run.end, 7u);
  EXPECT_EQ(run.size(), 4u);
  const WorldPoint middle = counted.MiddleOf(run);
  EXPECT_NEAR(middle.x, (3 * all.place(4).x + all.place(6).x) / 4, 1e-12);
  EXPECT_NEAR(middle.y, (3 * all.place(4).y + all.place(6).y) / 4, 1e-12);
  WorldBox box;
  box.Add(all.place(4));
  box.Add(all.place(6));
  EXPECT_EQ(counted.BoxOf(run), box);
}

TEST(PointIndex, WhereAllSpotsOfACellAreEmptyNothingIsFound) {
  const PointIndex index = PointIndex(Scattered(10)).Counted(std::vector<uint32_t>(10, 0));
  EXPECT_EQ(index.PointsIn({0, 0, 0}).size(), 0u);
}

TEST(PointIndex, TheMiddleIsTheMeanOfThePoints) {
  const std::vector<WorldPoint> points{{0.25, 0.25}, {0.26, 0.25}, {0.27, 0.28}};
  const PointIndex index(points);
  const WorldPoint middle = index.MiddleOf(index.PointsIn({0, 0, 0}));
  EXPECT_NEAR(middle.x, 0.26, 1e-9);
  EXPECT_NEAR(middle.y, 0.26, 1e-9);
}

TEST(PointIndex, WithoutPointsNothingIsFound) { EXPECT_EQ(PointIndex().PointsIn({3, 1, 1}).size(), 0u); }

TEST(Clusters, HoldEveryPointOnce) {
  const std::vector<WorldPoint> points = Scattered(5000);
  EXPECT_EQ(CountOf(ClustersIn(PointIndex(points), View(5), 64, 20)), 5000u);
}

TEST(Clusters, StayTheSameWhileTheMapIsDragged) {
  const PointIndex index(Scattered(2000));
  MapView view = View(7);
  const std::vector<Cluster> before = ClustersIn(index, view, 64, 20);
  view.PanBy(37, -21);
  for (const Cluster& after : ClustersIn(index, view, 64, 20)) {
    for (const Cluster& cluster : before) {
      if (!(cluster.cell == after.cell)) continue;
      EXPECT_EQ(cluster.at, after.at);
      EXPECT_EQ(cluster.points.size(), after.points.size());
    }
  }
}

TEST(Clusters, DoNotTouchEachOther) {
  const PointIndex index(Scattered(5000));
  const MapView view = View(6.3);
  const std::vector<Cluster> clusters = ClustersIn(index, view, 64, 20);
  for (const Cluster& a : clusters) {
    for (const Cluster& b : clusters) {
      if (&a == &b || a.one_place || b.one_place) continue;
      const CanvasPoint one = view.ToCanvas(a.at), other = view.ToCanvas(b.at);
      EXPECT_GE(std::hypot(one.x - other.x, one.y - other.y), 39.9);
    }
  }
}

TEST(Clusters, PointsOnOneSpotAreKnownAsSuch) {
  const std::vector<WorldPoint> points(3, Project({38.5, 71}));
  const std::vector<Cluster> clusters = ClustersIn(PointIndex(points), View(15), 64, 20);
  ASSERT_EQ(clusters.size(), 1u);
  EXPECT_TRUE(clusters[0].one_place);
  EXPECT_EQ(clusters[0].points.size(), 3u);
}

TEST(Clusters, ComeApartAsTheMapIsZoomedIn) {
  const PointIndex index(Scattered(500));
  EXPECT_LT(ClustersIn(index, View(3), 64, 20).size(), ClustersIn(index, View(6), 64, 20).size());
}

TEST(Clusters, AreNoMoreThanCanBeSeen) {
  const PointIndex index(Scattered(100'000));
  // 1000 by 700 pixels in cells of 64 pixels and more, with one around them.
  EXPECT_LE(ClustersIn(index, View(7), 64, 20).size(), 18u * 13u);
}

TEST(LabelPlaces, WordsNeverCoverEachOther) {
  LabelPlaces places(200, 200);
  const auto first = places.Beside({100, 100}, 5, 40, 10), second = places.Beside({100, 102}, 5, 40, 10);
  ASSERT_TRUE(first && second);
  EXPECT_GT(first->left, 100);
  EXPECT_LT(second->right, 100);
}

TEST(LabelPlaces, WithoutRoomThereIsNoPlace) {
  LabelPlaces places(200, 200);
  places.Block({0, 0, 200, 200});
  EXPECT_FALSE(places.Beside({100, 100}, 5, 40, 10));
}

TEST(LabelPlaces, NothingIsPutBeyondTheEdge) {
  LabelPlaces places(200, 200);
  const auto box = places.Beside({195, 100}, 5, 40, 10);
  ASSERT_TRUE(box);
  EXPECT_LE(box->right, 200);
}

}  // namespace
}  // namespace daftar
