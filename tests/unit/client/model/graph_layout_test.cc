// Where boxes stand: the same everywhere, apart from each other, and about where they were.
#include "client/model/graph_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace daftar {
namespace {

struct Picture {
  std::vector<LayoutBox> boxes;
  std::vector<LayoutLink> links;
};

std::string IdOf(size_t number) { return "018f0000-0000-7000-8000-" + std::to_string(100000000000 + number * 7919); }

// A hub, a ring round it, and boxes that hang on the ring.
Picture Star(size_t ring, size_t outer) {
  Picture picture;
  picture.boxes.push_back({IdOf(0), 0, 180, 46});
  for (size_t i = 1; i <= ring; ++i) {
    picture.boxes.push_back({IdOf(i), 1, 110 + static_cast<int>(i * 37 % 110), 46});
    picture.links.push_back({0, i});
  }
  for (size_t i = 1; i <= outer; ++i) {
    picture.boxes.push_back({IdOf(ring + i), 2, 110 + static_cast<int>(i * 53 % 110), 46});
    picture.links.push_back({1 + i * 7 % ring, ring + i});
  }
  return picture;
}

std::vector<std::pair<int, int>> PlacesOf(const Picture& picture) {
  std::vector<std::pair<int, int>> places;
  for (const LayoutPlace& place : LayOut(picture.boxes, picture.links)) places.emplace_back(place.x, place.y);
  return places;
}

void ExpectApart(const Picture& picture) {
  const auto places = PlacesOf(picture);
  for (size_t a = 0; a < places.size(); ++a) {
    for (size_t b = a + 1; b < places.size(); ++b) {
      const bool apart =
          std::abs(places[a].first - places[b].first) * 2 >= picture.boxes[a].width + picture.boxes[b].width ||
          std::abs(places[a].second - places[b].second) * 2 >= picture.boxes[a].height + picture.boxes[b].height;
      ASSERT_TRUE(apart) << a << " and " << b;
    }
  }
}

TEST(GraphLayoutTest, TheFirstOneStandsInTheMiddle) { EXPECT_EQ(PlacesOf(Star(5, 5))[0], std::pair(0, 0)); }

TEST(GraphLayoutTest, NoBoxesOverlap) { ExpectApart(Star(12, 20)); }

TEST(GraphLayoutTest, NotEvenThreeHundredRoundAHub) { ExpectApart(Star(299, 0)); }

TEST(GraphLayoutTest, NorThreeHundredThatAreAllJoined) {
  Picture picture = Star(40, 0);
  for (size_t a = 1; a <= 40; ++a) {
    for (size_t b = a + 1; b <= 40; ++b) picture.links.push_back({a, b});
  }
  ExpectApart(picture);
}

TEST(GraphLayoutTest, NothingAtAllHasNoPlaces) { EXPECT_TRUE(LayOut({}, {}).empty()); }

TEST(GraphLayoutTest, TheOrderOfTheInputDoesNotMatter) {
  const Picture picture = Star(10, 15);
  Picture turned;
  const size_t count = picture.boxes.size();
  for (size_t i = 0; i < count; ++i) turned.boxes.push_back(picture.boxes[count - 1 - i]);
  for (size_t i = picture.links.size(); i-- > 0;) {
    turned.links.push_back({count - 1 - picture.links[i].other, count - 1 - picture.links[i].one});
  }
  const auto places = PlacesOf(picture), others = PlacesOf(turned);
  for (size_t i = 0; i < count; ++i) EXPECT_EQ(places[i], others[count - 1 - i]) << i;
}

// A machine that rounds otherwise draws another picture, and fails here.
TEST(GraphLayoutTest, IsTheSameOnEveryMachine) {
  uint64_t sum = 0;
  for (const auto& [x, y] : PlacesOf(Star(40, 60))) {
    sum = sum * 1'000'003 + static_cast<uint64_t>(int64_t{x} * 65'537 + y);
  }
  EXPECT_EQ(sum, 17548645191858157044u);
}

double MeanMove(const Picture& before, const Picture& after) {
  const auto old_places = PlacesOf(before), new_places = PlacesOf(after);
  double moved = 0;
  for (size_t i = 0; i < old_places.size(); ++i) {
    moved += std::hypot(new_places[i].first - old_places[i].first, new_places[i].second - old_places[i].second);
  }
  return moved / static_cast<double>(old_places.size());
}

TEST(GraphLayoutTest, AFurtherBoxLeavesTheOthersAboutWhereTheyWere) {
  const Picture before = Star(12, 18);
  Picture after = before;
  after.boxes.push_back({IdOf(500), 1, 150, 46});
  after.links.push_back({0, after.boxes.size() - 1});
  EXPECT_LT(MeanMove(before, after), 60);  // less than half the width of a box
}

}  // namespace
}  // namespace daftar
