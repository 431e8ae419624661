#include "tools/gen/zipf.h"

#include <gtest/gtest.h>

#include <vector>

namespace daftar::gen {
namespace {

TEST(PrngTest, NumbersAreThoseOfTheAlgorithmAsPublished) {
  // splitmix64 and xoshiro256** on seed 0, by the authors' reference code.
  Prng random(0);
  EXPECT_EQ(random.Next(), 0x99ec5f36cb75f2b4u);
}

TEST(PrngTest, EveryValueBelowABoundComes) {
  Prng random(1);
  std::vector<int> seen(7);
  for (int i = 0; i < 7000; ++i) ++seen[random.Below(7)];
  for (int count : seen) EXPECT_NEAR(count, 1000, 150);
}

TEST(ZipfTest, TheTenthComesAboutATwelfthAsOftenAsTheFirst) {
  const Zipf zipf(100'000);
  Prng random(2);
  int first = 0, tenth = 0;
  for (int i = 0; i < 400'000; ++i) {
    const uint32_t rank = zipf.Sample(random);
    first += rank == 0;
    tenth += rank == 9;
  }
  EXPECT_NEAR(static_cast<double>(first) / tenth, 11.76, 1.0);
}

TEST(ZipfTest, TheLastRankIsReachedAndNeverPassed) {
  const Zipf zipf(5);
  Prng random(3);
  std::vector<int> seen(5);
  for (int i = 0; i < 10'000; ++i) ++seen.at(zipf.Sample(random));
  EXPECT_GT(seen[4], 500);
}

TEST(ZipfTest, OneRankIsAlwaysItself) {
  const Zipf zipf(1);
  Prng random(4);
  EXPECT_EQ(zipf.Sample(random), 0u);
}

}  // namespace
}  // namespace daftar::gen
