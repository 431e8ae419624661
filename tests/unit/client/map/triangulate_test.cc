#include "client/map/triangulate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "client/map/line_detail.h"

namespace daftar {
namespace {

double Covered(const std::vector<WorldPoint>& points, const std::vector<uint32_t>& starts) {
  double sum = 0;
  for (const auto& [a, b, c] : Triangulate(points, starts)) {
    const WorldPoint corners[] = {points[a], points[b], points[c]};
    sum += std::abs(SignedArea(corners)) / 2;
  }
  return sum;
}

TEST(Triangulate, CoversAHollowShape) {
  const std::vector<WorldPoint> letter{{0, 0}, {3, 0}, {3, 1}, {1, 1}, {1, 2}, {3, 2}, {3, 3}, {0, 3}};
  EXPECT_NEAR(Covered(letter, {0}), 7, 1e-12);
}

TEST(Triangulate, TheDirectionOfTheRingDoesNotMatter) {
  EXPECT_NEAR(Covered({{0, 0}, {0, 2}, {2, 2}, {2, 0}}, {0}), 4, 1e-12);
  EXPECT_NEAR(Covered({{0, 0}, {2, 0}, {2, 2}, {0, 2}}, {0}), 4, 1e-12);
}

TEST(Triangulate, LeavesHolesOpen) {
  const std::vector<WorldPoint> points{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {1, 1}, {2, 1},
                                       {2, 2}, {1, 2}, {5, 5}, {7, 5}, {7, 7}, {5, 7}};
  EXPECT_NEAR(Covered(points, {0, 4, 8}), 81 - 1 - 4, 1e-9);
}

TEST(Triangulate, EndsOnARingThatCrossesItself) {
  const std::vector<WorldPoint> bow{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {1, 3}};
  EXPECT_EQ(Triangulate(bow, std::vector<uint32_t>{0}).size(), 3u);
}

TEST(Triangulate, OfLessThanThreePointsThereIsNothing) {
  EXPECT_TRUE(Triangulate(std::vector<WorldPoint>{{0, 0}, {1, 1}}, std::vector<uint32_t>{0}).empty());
}

TEST(LineDetail, EndsAlwaysCount) {
  const std::vector<WorldPoint> line{{0, 0}, {1, 0}, {2, 0}};
  EXPECT_TRUE(std::isinf(DetailOf(line).front()));
  EXPECT_TRUE(std::isinf(DetailOf(line).back()));
}

TEST(LineDetail, APointCountsByItsDistanceFromTheLine) {
  const std::vector<WorldPoint> line{{0, 0}, {1, 0.25}, {2, 0}};
  EXPECT_NEAR(DetailOf(line)[1], 0.25, 1e-12);
}

TEST(LineDetail, NoPointCountsForMoreThanTheOneThatCutItsPiece) {
  const std::vector<WorldPoint> line{{0, 0}, {0.5, 0.2}, {1, -0.1}, {1.5, 0.2}, {2, 0}, {2.2, 3}, {2.4, 0}};
  const std::vector<double> detail = DetailOf(line);
  for (const double count : detail) EXPECT_LE(std::isinf(count) ? 0 : count, detail[5]);
}

}  // namespace
}  // namespace daftar
