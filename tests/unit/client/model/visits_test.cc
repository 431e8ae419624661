#include "client/model/visits.h"

#include <gtest/gtest.h>

#include "client/sync/private_store.h"
#include "client/sync/workstation.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

constexpr int64_t kMinute = 60'000;

class VisitsTest : public ::testing::Test {
 protected:
  VisitsTest() : station_(Workstation::Create(folder_.path(), "", "Tester", clock_, random_).value()) {}

  // The home page shows that revision.
  void Show(uint64_t revision) { ASSERT_TRUE(visits_->Shown({"epoch", revision, clock_.NowMs()}).ok()); }
  void Wait(int64_t minutes) { clock_.Advance(minutes * kMinute); }
  void StartAnew() { visits_.emplace(station_->mine()); }
  // 0: there was no visit before.
  uint64_t Seen() {
    const std::optional<Moment> seen = visits_->LastSeen(clock_.NowMs()).value();
    return seen ? seen->revision : 0;
  }

  TemporaryFolder folder_;
  FakeClock clock_{1'795'200'000'000};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_;
  std::optional<Visits> visits_{station_->mine()};
};

TEST_F(VisitsTest, BeforeTheFirstVisitNothingWasSeen) {
  EXPECT_EQ(Seen(), 0u);
  Show(5);
  EXPECT_EQ(Seen(), 0u);
}

TEST_F(VisitsTest, ALookAtAnotherPageAndBackIsTheSameVisit) {
  Show(5);
  StartAnew();
  Show(8);
  Wait(20);
  Show(9);
  EXPECT_EQ(Seen(), 5u);
}

TEST_F(VisitsTest, AVisitEndsWithTheProgram) {
  Show(5);
  StartAnew();
  EXPECT_EQ(Seen(), 5u);
  Show(8);
  EXPECT_EQ(Seen(), 5u);
  StartAnew();
  EXPECT_EQ(Seen(), 8u);
}

TEST_F(VisitsTest, AVisitEndsAfterHalfAnHour) {
  Show(5);
  Wait(29);
  Show(6);
  Wait(30);
  EXPECT_EQ(Seen(), 6u);
  Show(7);
  EXPECT_EQ(Seen(), 6u);
}

TEST_F(VisitsTest, AClockThatIsSetBackEndsAVisit) {
  Show(5);
  Wait(-60);
  EXPECT_EQ(Seen(), 5u);
}

TEST_F(VisitsTest, WhatIsMarkedAsReadCountsFromThenOn) {
  Show(5);
  StartAnew();
  Show(8);
  ASSERT_TRUE(MarkRead(station_->mine(), {"epoch", 8, clock_.NowMs()}).ok());
  EXPECT_EQ(Seen(), 8u);
  Wait(40);
  Show(11);
  StartAnew();
  EXPECT_EQ(Seen(), 11u) << "a later visit has seen more";
}

TEST_F(VisitsTest, TheCommandLineGoesByTheTimeAlone) {
  Show(5);
  Wait(40);
  Show(8);
  EXPECT_EQ(LastSeen(station_->mine(), clock_.NowMs()).value()->revision, 5u);
  Wait(40);
  EXPECT_EQ(LastSeen(station_->mine(), clock_.NowMs()).value()->revision, 8u);
}

TEST_F(VisitsTest, ForgetsOldVisits) {
  for (size_t i = 0; i < kMostVisits + 3; ++i) {
    StartAnew();
    Show(i + 1);
  }
  EXPECT_EQ(static_cast<size_t>(station_->mine().Visits()->visit_size()), kMostVisits);
}

}  // namespace
}  // namespace daftar
