// The clock that tests move by hand.
#include "storage/base/clock.h"

#include <gtest/gtest.h>

namespace daftar {
namespace {

TEST(FakeClockTest, StandsStill) {
  const FakeClock clock(1000);
  EXPECT_EQ(clock.NowMs(), 1000);
  EXPECT_EQ(clock.NowMs(), 1000);
}

TEST(FakeClockTest, GoesOnWhenMoved) {
  FakeClock clock(1000);
  const int64_t before = clock.MonotonicMs();
  clock.Advance(250);
  EXPECT_EQ(clock.NowMs(), 1250);
  EXPECT_EQ(clock.MonotonicMs() - before, 250);
}

}  // namespace
}  // namespace daftar
