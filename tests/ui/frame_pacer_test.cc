#include "client/ui/frame_pacer.h"

#include <gtest/gtest.h>

namespace daftar::ui {
namespace {

constexpr int64_t kStart = 1000;

int FramesOwed(FramePacer& pacer) {
  int frames = 0;
  for (; pacer.wants_frame(); pacer.OnFrame()) ++frames;
  return frames;
}

class FramePacerTest : public testing::Test {
 protected:
  FramePacerTest() : pacer_(kStart) { FramesOwed(pacer_); }
  FramePacer pacer_;
};

TEST_F(FramePacerTest, DrawsNothingWithoutAReason) {
  EXPECT_FALSE(pacer_.OnTime(kStart + FramePacer::kTickMs - 1));
  EXPECT_EQ(FramesOwed(pacer_), 0);
}

TEST_F(FramePacerTest, SettlesAfterInput) {
  pacer_.OnInput();
  EXPECT_EQ(FramesOwed(pacer_), FramePacer::kFramesAfterInput);
}

TEST_F(FramePacerTest, ReasonsAtTheSameTimeAreNotAddedUp) {
  pacer_.OnPosted();
  pacer_.OnInput();
  pacer_.OnPosted();
  EXPECT_EQ(FramesOwed(pacer_), FramePacer::kFramesAfterInput);
}

TEST_F(FramePacerTest, WhileTheBatteryIsSavedAgesAreRenewedEachFiveMinutes) {
  pacer_.SetSaving(true);
  EXPECT_TRUE(pacer_.OnTime(kStart + FramePacer::kTickMs));  // that which was waited for already
  const int64_t then = kStart + FramePacer::kTickMs;
  EXPECT_FALSE(pacer_.OnTime(then + 4 * FramePacer::kTickMs));
  FramesOwed(pacer_);
  EXPECT_DOUBLE_EQ(pacer_.SecondsToWait(then + 4 * FramePacer::kTickMs), 60.0);
  EXPECT_TRUE(pacer_.OnTime(then + 5 * FramePacer::kTickMs));
}

TEST_F(FramePacerTest, WhenTheBatteryIsSavedNoLongerAMinuteIsEnoughAgain) {
  pacer_.SetSaving(true);
  pacer_.OnTime(kStart + FramePacer::kTickMs);
  pacer_.SetSaving(false);
  const int64_t then = kStart + FramePacer::kTickMs + 1000;
  EXPECT_FALSE(pacer_.OnTime(then));
  EXPECT_TRUE(pacer_.OnTime(then + FramePacer::kTickMs));
}

TEST_F(FramePacerTest, ABlinkingCaretOwesAFrameEachTime) {
  pacer_.SetBlinking(true);
  pacer_.OnTime(kStart);
  EXPECT_EQ(FramesOwed(pacer_), 1);
  EXPECT_DOUBLE_EQ(pacer_.SecondsToWait(kStart), FramePacer::kBlinkMs / 1000.0);
  pacer_.OnTime(kStart + FramePacer::kBlinkMs - 1);
  EXPECT_EQ(FramesOwed(pacer_), 0);
  pacer_.OnTime(kStart + FramePacer::kBlinkMs);
  EXPECT_EQ(FramesOwed(pacer_), 1);
  pacer_.SetBlinking(false);
  pacer_.OnTime(kStart + 3 * FramePacer::kBlinkMs);
  EXPECT_EQ(FramesOwed(pacer_), 0);
}

TEST_F(FramePacerTest, TheTurnOfAMinuteOwesOneFrame) {
  EXPECT_TRUE(pacer_.OnTime(kStart + FramePacer::kTickMs));
  EXPECT_EQ(FramesOwed(pacer_), 1);
}

TEST_F(FramePacerTest, DrawsNothingWhileNobodySeesIt) {
  pacer_.SetVisible(false);
  pacer_.OnInput();
  EXPECT_FALSE(pacer_.wants_frame());
}

TEST_F(FramePacerTest, DrawsAgainWhenSeenAgain) {
  pacer_.SetVisible(false);
  pacer_.SetVisible(true);
  EXPECT_TRUE(pacer_.wants_frame());
}

TEST_F(FramePacerTest, WaitsUntilTheNextMinute) { EXPECT_DOUBLE_EQ(pacer_.SecondsToWait(kStart + 20'000), 40.0); }

TEST_F(FramePacerTest, DoesNotWaitWhileAFrameIsOwed) {
  pacer_.OnInput();
  EXPECT_EQ(pacer_.SecondsToWait(kStart), 0);
}

}  // namespace
}  // namespace daftar::ui
