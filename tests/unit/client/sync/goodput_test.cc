#include "client/sync/goodput.h"

#include <gtest/gtest.h>

#include "tests/unit/client/sync/session_link.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

class GoodputTest : public ::testing::Test {
 protected:
  static v1::ServerFrame Delta(size_t bytes) {
    v1::ServerFrame frame;
    frame.mutable_delta()->set_body(std::string(bytes, 'x'));
    return frame;
  }
  static v1::ServerFrame LastDelta(size_t bytes) {
    v1::ServerFrame frame = Delta(bytes);
    frame.mutable_delta()->mutable_checkpoint()->set_digest("digest");
    return frame;
  }
  // Frames of 4 kB, one after the other, for so long.
  void Stream(GoodputMeter& meter, int64_t ms_each, int frames) {
    for (int i = 0; i < frames; ++i) {
      clock.Advance(ms_each);
      meter.Received(Delta(4000));
    }
  }

  FakeClock clock{1'700'000'000'000};
};

TEST_F(GoodputTest, IsWhatComesOverTheTimeThatItTakes) {
  GoodputMeter meter(clock, 0);
  Stream(meter, 125, 20);
  EXPECT_NEAR(static_cast<double>(meter.bytes_per_second()), 32'000, 200);
}

TEST_F(GoodputTest, IsNotKnownAfterAFewFramesThatCameAtOnce) {
  GoodputMeter meter(clock, 0);
  Stream(meter, 1, 20);
  EXPECT_EQ(meter.bytes_per_second(), 0u);
}

TEST_F(GoodputTest, TimeInWhichTheServerHasNothingToSendDoesNotCount) {
  GoodputMeter meter(clock, 0);
  for (int minute = 0; minute < 10; ++minute) {
    meter.Received(LastDelta(50));
    clock.Advance(60'000);
  }
  EXPECT_EQ(meter.bytes_per_second(), 0u);
}

TEST_F(GoodputTest, TimeBetweenTwoSessionsDoesNotCount) {
  GoodputMeter meter(clock, 0);
  meter.Received(Delta(4000));
  clock.Advance(60'000);
  meter.Restart();
  meter.Received(Delta(4000));
  EXPECT_EQ(meter.bytes_per_second(), 0u);
}

TEST_F(GoodputTest, ALinkThatBecameSlowIsKnownAfterAFewMeasurements) {
  GoodputMeter meter(clock, 1'000'000);
  Stream(meter, 500, 21);
  EXPECT_LT(meter.bytes_per_second(), 20'000u);
  EXPECT_GE(meter.bytes_per_second(), 8'000u);
}

TEST_F(GoodputTest, AskedForIsWhatTheLinkCarriesInHalfASecondWithinBounds) {
  EXPECT_EQ(FrameBytesFor(0), 0u);
  EXPECT_EQ(FrameBytesFor(100), 4096u);
  EXPECT_EQ(FrameBytesFor(32'000), 16'000u);
  EXPECT_EQ(FrameBytesFor(100'000'000), 262'144u);
}

class GoodputOfARunTest : public SyncFixture {
 protected:
  void FoundMuch() {
    std::vector<NewRecord> records;
    for (int i = 0; i < 400; ++i) {
      v1::Incident incident;
      incident.add_kind(v1::IncidentKind::CLASH);
      incident.add_name()->set_key(1);
      std::string text;
      for (int word = 0; word < 20; ++word) text += std::to_string(random.Next());
      incident.mutable_name(0)->set_text(text);
      records.push_back({Uuid::FromName(text), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
    }
    Found(records);
  }
  SessionConnector connector{*dataset, clock};
};

TEST_F(GoodputOfARunTest, WhatOneRunMeasuresTheNextOneAsksBy) {
  FoundMuch();
  connector.knobs.bytes_per_ms = 20;
  RunOptions options;
  options.engine.frame_bytes = 8192;
  ASSERT_TRUE(RunSync(*station, connector, options).ok());
  const uint64_t goodput = station->SyncState()->goodput();
  EXPECT_NEAR(static_cast<double>(goodput), 20'000, 1000);
  connector.knobs.sent.clear();
  ASSERT_TRUE(RunSync(*station, connector, {}).ok());
  EXPECT_EQ(connector.knobs.sent.at(0).hello().frame_bytes(), FrameBytesFor(goodput));
}

TEST_F(GoodputOfARunTest, WithoutAMeasurementTheServerChooses) {
  ASSERT_TRUE(RunSync(*station, connector, {}).ok());
  EXPECT_EQ(connector.knobs.sent.at(0).hello().frame_bytes(), 0u);
}

}  // namespace
}  // namespace daftar
