// Random numbers that can be had again, and those that cannot.
#include "storage/base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace daftar {
namespace {

TEST(SeededRandomTest, GivesTheSameNumbersForTheSameSeed) {
  SeededRandom a(7), b(7);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.Next(), b.Next());
}

// Seeds stand in bug reports and generated data sets: they must mean the same on every machine.
TEST(SeededRandomTest, NeverChanges) { EXPECT_EQ(SeededRandom(1).Next(), 2469588189546311528u); }

TEST(SeededRandomTest, GivesOtherNumbersForAnotherSeed) { EXPECT_NE(SeededRandom(1).Next(), SeededRandom(2).Next()); }

TEST(RandomTest, StaysBelowTheBoundAndReachesAllOfIt) {
  SeededRandom random(7);
  std::set<uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.Below(6));
  EXPECT_EQ(seen, (std::set<uint64_t>{0, 1, 2, 3, 4, 5}));
}

TEST(SystemRandomTest, DoesNotRepeatItself) {
  SystemRandom random;
  std::set<uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.Next());
  EXPECT_EQ(seen.size(), 1000u);
}

}  // namespace
}  // namespace daftar
