// Work on several threads: all of it is done, once, and an error is told.
#include "storage/base/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace daftar {
namespace {

TEST(ParallelTest, EveryPieceIsDoneOnce) {
  for (const size_t count : {0, 1, 7, 8, 100, 1001}) {
    std::vector<int> done(count, 0);
    EXPECT_TRUE(InParallel(count, 4, [&](size_t begin, size_t end) {
                  for (size_t i = begin; i < end; ++i) ++done[i];
                  return OkStatus();
                }).ok());
    EXPECT_EQ(std::count(done.begin(), done.end(), 1), static_cast<long>(count));
  }
}

TEST(ParallelTest, AnErrorIsTold) {
  const Status done = InParallel(
      100, 4, [](size_t, size_t end) { return end == 100 ? InvalidArgument("the last is wrong") : OkStatus(); });
  EXPECT_EQ(done.code(), StatusCode::kInvalidArgument);
}

TEST(ParallelTest, OfTwoThingsBothAreDoneThoughOneFails) {
  bool done = false;
  const auto fail = [] { return InvalidArgument("wrong"); };
  const auto work = [&] {
    done = true;
    return OkStatus();
  };
  EXPECT_EQ(InParallel(fail, work).code(), StatusCode::kInvalidArgument);
  EXPECT_TRUE(done);
  EXPECT_EQ(InParallel(work, fail).code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar
