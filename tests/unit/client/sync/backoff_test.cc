#include "client/sync/backoff.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

namespace daftar {
namespace {

constexpr int64_t kNow = 1'700'000'000'000;

class BackoffTest : public ::testing::Test {
 protected:
  // The pauses after many failures that were the n-th in a row.
  std::vector<int64_t> PausesAfter(uint32_t failures) {
    std::vector<int64_t> pauses;
    for (int i = 0; i < 2000; ++i) {
      v1::SyncStatus after;
      after.set_failures(failures - 1);
      NoteAttempt(after, Attempt::kInVain, kNow, random);
      pauses.push_back(BackoffLeftMs(after, kNow));
    }
    std::sort(pauses.begin(), pauses.end());
    return pauses;
  }

  v1::SyncStatus status;
  SeededRandom random{5};
};

TEST_F(BackoffTest, ThePauseIsDrawnFromTheWholeOfARangeThatDoubles) {
  int64_t longest = 1000;
  for (uint32_t failures = 1; failures <= 8; ++failures, longest *= 2) {
    const std::vector<int64_t> pauses = PausesAfter(failures);
    EXPECT_LE(pauses.back(), longest);
    EXPECT_GT(pauses.back(), longest * 95 / 100);
    EXPECT_LT(pauses.front(), longest * 5 / 100);
    EXPECT_NEAR(static_cast<double>(pauses[pauses.size() / 2]), static_cast<double>(longest) / 2,
                static_cast<double>(longest) / 10);
  }
}

TEST_F(BackoffTest, NoPauseIsLongerThanFiveMinutes) {
  EXPECT_LE(PausesAfter(1000).back(), 300'000);
  EXPECT_GT(PausesAfter(1000).back(), 280'000);
  EXPECT_LE(PausesAfter(UINT32_MAX).back(), 300'000);
}

TEST_F(BackoffTest, CountsOnThoughTheNumberIsFull) {
  status.set_failures(UINT32_MAX);
  NoteAttempt(status, Attempt::kInVain, kNow, random);
  EXPECT_EQ(status.failures(), UINT32_MAX);
}

TEST_F(BackoffTest, WhatEndsWellForgetsThem) {
  NoteAttempt(status, Attempt::kInVain, kNow, random);
  NoteAttempt(status, Attempt::kWell, kNow, random);
  EXPECT_EQ(status.failures(), 0u);
  EXPECT_EQ(BackoffLeftMs(status, kNow), 0);
}

TEST_F(BackoffTest, ALinkThatBreaksAfterDataCameIsTheFirstFailure) {
  for (int i = 0; i < 8; ++i) NoteAttempt(status, Attempt::kInVain, kNow, random);
  EXPECT_EQ(status.failures(), 8u);
  NoteAttempt(status, Attempt::kBroken, kNow, random);
  EXPECT_EQ(status.failures(), 1u);
  EXPECT_LE(BackoffLeftMs(status, kNow), 1000);
}

TEST_F(BackoffTest, AClockThatWasSetBackCostsNoMoreThanTheLongestPause) {
  status.set_retry_ms(kNow + 10 * 365 * 86'400'000ll);
  EXPECT_EQ(BackoffLeftMs(status, kNow), kLongestBackoffMs);
}

}  // namespace
}  // namespace daftar
