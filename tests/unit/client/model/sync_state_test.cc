#include "client/model/sync_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kNow = 1795203000000;  // 20 Nov 2026 19:30 UTC

SyncFacts SyncedAgo(int64_t ms) {
  SyncFacts facts;
  facts.now_ms = kNow;
  facts.last_success_ms = facts.last_attempt_ms = kNow - ms;
  return facts;
}

TEST(SyncPillTest, IsFreshRightAfterASync) {
  SyncPill pill = MakeSyncPill(SyncedAgo(5 * kMinuteMs));
  EXPECT_EQ(pill.level, SyncLevel::kFresh);
  EXPECT_EQ(pill.words, "synced 5 minutes ago");
}

TEST(SyncPillTest, TurnsStaleAfterADay) {
  EXPECT_EQ(MakeSyncPill(SyncedAgo(kStaleAfterMs - 1)).level, SyncLevel::kFresh);
  EXPECT_EQ(MakeSyncPill(SyncedAgo(kStaleAfterMs)).level, SyncLevel::kStale);
}

TEST(SyncPillTest, TurnsOldAfterAWeek) {
  EXPECT_EQ(MakeSyncPill(SyncedAgo(kOldAfterMs - 1)).level, SyncLevel::kStale);
  EXPECT_EQ(MakeSyncPill(SyncedAgo(kOldAfterMs)).level, SyncLevel::kOld);
}

TEST(SyncPillTest, SaysNeverWithoutASuccess) {
  SyncFacts facts;
  facts.now_ms = kNow;
  facts.last_attempt_ms = kNow - kMinuteMs;
  EXPECT_EQ(MakeSyncPill(facts).level, SyncLevel::kNever);
}

TEST(SyncPillTest, KeepsTheAgeWhenSyncFails) {
  SyncFacts facts = SyncedAgo(2 * kDayMs);
  facts.last_attempt_ms = kNow - kMinuteMs;
  facts.last_error = "no route to host";
  SyncPill pill = MakeSyncPill(facts);
  EXPECT_EQ(pill.level, SyncLevel::kFailing);
  EXPECT_EQ(pill.age, SyncLevel::kStale);
  EXPECT_EQ(pill.words, "synced 2 days ago, sync fails");
  EXPECT_THAT(pill.detail, HasSubstr("no route to host"));
}

TEST(SyncPillTest, CountsWhatWaits) {
  SyncFacts facts = SyncedAgo(0);
  facts.outbox = 3;
  facts.conflicts = 1;
  EXPECT_EQ(MakeSyncPill(facts).words, "synced just now, 3 waiting, 1 conflict");
}

}  // namespace
}  // namespace daftar
