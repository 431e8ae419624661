// The meter alone: what counts as what, and when a budget is used up.
#include "client/sync/traffic.h"

#include <gtest/gtest.h>

namespace daftar {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kLastOfJanuary = 30 * kDayMs + 1000;  // 1970

class TrafficTest : public ::testing::Test {
 protected:
  TrafficMeter Meter(std::optional<uint64_t> session_budget = {}) { return {clock, status, session_budget}; }
  static v1::ServerFrame Delta(size_t bytes) {
    v1::ServerFrame frame;
    frame.mutable_delta()->set_body(std::string(bytes, 'x'));
    return frame;
  }
  const v1::Traffic::Counter& Of(TrafficClass what) {
    for (const v1::Traffic::Counter& counter : status.traffic().total()) {
      if (counter.class_() == what) return counter;
    }
    return v1::Traffic::Counter::default_instance();
  }

  FakeClock clock{kLastOfJanuary};
  v1::SyncStatus status;
};

TEST_F(TrafficTest, CountsBothDirectionsByWhatTheFramesAreFor) {
  TrafficMeter meter = Meter();
  v1::ClientFrame push;
  push.mutable_push()->set_reason("why");
  meter.Sent(push);
  meter.Received(Delta(100));
  meter.Write(status);
  EXPECT_EQ(Of(v1::Traffic::Class::PUSHES).sent(), push.ByteSizeLong());
  EXPECT_EQ(Of(v1::Traffic::Class::CHANGES).received(), Delta(100).ByteSizeLong());
  EXPECT_EQ(Of(v1::Traffic::Class::CHANGES).sent(), 0u);
}

TEST_F(TrafficTest, WhatIsSentAheadOfChunksIsFillingUntilTheReplicaIsFilled) {
  TrafficMeter meter = Meter();
  v1::ServerFrame welcome;
  welcome.mutable_welcome()->set_action(v1::Welcome::Action::FILL);
  meter.Received(welcome);
  meter.Received(Delta(100));
  v1::ClientFrame filled;
  filled.mutable_filled()->set_revision(1);
  meter.Sent(filled);
  meter.Received(Delta(200));
  meter.Write(status);
  EXPECT_EQ(Of(v1::Traffic::Class::FILLING).received(), Delta(100).ByteSizeLong());
  EXPECT_EQ(Of(v1::Traffic::Class::CHANGES).received(), Delta(200).ByteSizeLong());
}

TEST_F(TrafficTest, GoesOnFromWhatIsStored) {
  for (int session = 0; session < 3; ++session) {
    TrafficMeter meter = Meter();
    meter.Received(Delta(100));
    meter.Write(status);
  }
  EXPECT_EQ(Of(v1::Traffic::Class::CHANGES).received(), 3 * Delta(100).ByteSizeLong());
  EXPECT_EQ(BytesOfDay(status.traffic(), clock.NowMs()), 3 * Delta(100).ByteSizeLong());
}

TEST_F(TrafficTest, ADayAndAMonthEndAtMidnightInUtc) {
  TrafficMeter meter = Meter();
  meter.Received(Delta(100));
  meter.Write(status);
  EXPECT_GT(BytesOfDay(status.traffic(), clock.NowMs()), 0u);
  clock.Advance(kDayMs);  // the first of February
  EXPECT_EQ(BytesOfDay(status.traffic(), clock.NowMs()), 0u);
  EXPECT_EQ(BytesOfMonth(status.traffic(), clock.NowMs()), 0u);
  meter.Received(Delta(10));
  meter.Write(status);
  EXPECT_EQ(BytesOfMonth(status.traffic(), clock.NowMs()), Delta(10).ByteSizeLong());
}

TEST_F(TrafficTest, AMonthOutlastsItsDays) {
  clock.Advance(kDayMs);
  TrafficMeter meter = Meter();
  meter.Received(Delta(100));
  clock.Advance(kDayMs);
  meter.Received(Delta(100));
  meter.Write(status);
  EXPECT_EQ(BytesOfDay(status.traffic(), clock.NowMs()), Delta(100).ByteSizeLong());
  EXPECT_EQ(BytesOfMonth(status.traffic(), clock.NowMs()), 2 * Delta(100).ByteSizeLong());
}

TEST_F(TrafficTest, WithoutBudgetsNothingIsEverUsedUp) {
  TrafficMeter meter = Meter();
  meter.Received(Delta(1 << 20));
  EXPECT_EQ(meter.used_up(), TrafficLimit::kNone);
  EXPECT_EQ(meter.left(), UINT64_MAX);
}

TEST_F(TrafficTest, ASessionsBudgetIsItsOwn) {
  status.mutable_budget()->set_session(150);
  TrafficMeter meter = Meter();
  meter.Received(Delta(100));
  EXPECT_EQ(meter.used_up(), TrafficLimit::kNone);
  meter.Received(Delta(100));
  EXPECT_EQ(meter.used_up(), TrafficLimit::kSession);
  meter.Write(status);
  EXPECT_EQ(Meter().used_up(), TrafficLimit::kNone);
}

TEST_F(TrafficTest, ABudgetOfThisSessionTakesThePlaceOfTheStoredOne) {
  status.mutable_budget()->set_session(150);
  EXPECT_EQ(Meter(1000).left(), 1000u);
  EXPECT_EQ(Meter(0).left(), UINT64_MAX);
}

TEST_F(TrafficTest, ADaysBudgetHoldsForAllSessionsOfTheDay) {
  status.mutable_budget()->set_day(150);
  for (int session = 0; session < 2; ++session) {
    TrafficMeter meter = Meter();
    meter.Received(Delta(100));
    meter.Write(status);
  }
  EXPECT_EQ(Meter().used_up(), TrafficLimit::kDay);
  clock.Advance(kDayMs);
  EXPECT_EQ(Meter().used_up(), TrafficLimit::kNone);
}

TEST_F(TrafficTest, TheSmallestBudgetCounts) {
  status.mutable_budget()->set_month(100);
  status.mutable_budget()->set_day(1000);
  EXPECT_EQ(Meter().left(), 100u);
  TrafficMeter meter = Meter();
  meter.Received(Delta(100));
  EXPECT_EQ(meter.used_up(), TrafficLimit::kMonth);
}

TEST_F(TrafficTest, IsWrittenEveryFewSecondsAtMostAndNotForEachFrame) {
  TrafficMeter meter = Meter();
  meter.Received(Delta(1));
  EXPECT_FALSE(meter.due());
  clock.Advance(5000);
  EXPECT_TRUE(meter.due());
  meter.Write(status);
  clock.Advance(5000);
  EXPECT_FALSE(meter.due()) << "nothing has come since";
}

}  // namespace
}  // namespace daftar
