// Points as people write them.
#include "storage/authoring/spoken_point.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daftar {
namespace {

using ::testing::HasSubstr;

class SpokenPointTest : public testing::TestWithParam<const char*> {};

TEST_P(SpokenPointTest, IsReadAsTheSamePlace) {
  const StatusOr<SpokenPoint> point = ReadPoint(GetParam());
  ASSERT_TRUE(point.ok()) << Message(point.status());
  EXPECT_EQ(point->lat_e7, 384500000) << GetParam();
  EXPECT_EQ(point->lon_e7, 708100000) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Texts, SpokenPointTest,
                         testing::Values("38.45, 70.81", "38.45 70.81", "38.45;70.81", "38.45N 70.81E",
                                         "70.81 E, 38.45 N", "38°27'N, 70°48'36\"E", "38.45 с.ш. 70.81 в.д.",
                                         "۳۸.۴۵، ۷۰.۸۱"));

class RefusedPointTest : public testing::TestWithParam<const char*> {};

TEST_P(RefusedPointTest, IsAnsweredWithWhatWouldBeRight) {
  const StatusOr<SpokenPoint> point = ReadPoint(GetParam());
  ASSERT_FALSE(point.ok()) << point->lat_e7 << " " << point->lon_e7;
  EXPECT_THAT(std::string(Message(point.status())), HasSubstr("38.45, 70.81"));
}

INSTANTIATE_TEST_SUITE_P(Texts, RefusedPointTest,
                         testing::Values("", "38.45", "1 2 3", "91, 0", "0, 181", "38N 70N", "x", "38°61'N, 70E",
                                         "N 38, E 70"));

TEST(SpokenPoint, TakesSidesAndMinus) {
  const StatusOr<SpokenPoint> south = ReadPoint("10.5 S, 20.25 W"), minus = ReadPoint("-10.5, -20.25");
  ASSERT_TRUE(south.ok() && minus.ok());
  EXPECT_EQ(south->lat_e7, -105000000);
  EXPECT_EQ(south->lon_e7, -202500000);
  EXPECT_EQ(minus->lat_e7, south->lat_e7);
  EXPECT_EQ(minus->lon_e7, south->lon_e7);
}

}  // namespace
}  // namespace daftar
