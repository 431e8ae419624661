#include "storage/view/live.h"

#include <gtest/gtest.h>

#include <set>

#include "storage/base/random.h"

namespace daftar {
namespace {

std::vector<Rid> ThoseThere(const v1::LiveRecords& message, Rid up_to) {
  LiveSet set = *LiveSet::From(message);
  std::vector<Rid> there;
  for (Rid rid = 1; rid <= up_to; ++rid) {
    if (set.Has(rid)) there.push_back(rid);
  }
  return there;
}

TEST(LiveTest, TellsWhichRecordsExistWhetherFewOrManyDo) {
  for (const std::vector<Rid>& rids : {std::vector<Rid>{}, {1}, {7}, {1, 2, 3}, {2, 3, 4, 9}, {1, 100}}) {
    EXPECT_EQ(ThoseThere(*EncodeLive(rids), 120), rids);
  }
}

TEST(LiveTest, TenThousandRandomGapsInAMillionTakeAtMostSixteenKilobytes) {
  SeededRandom random(5);
  std::set<Rid> gone;
  while (gone.size() < 10'000) gone.insert(static_cast<Rid>(1 + random.Below(1'000'000)));
  std::vector<Rid> rids;
  for (Rid rid = 1; rid <= 1'000'000; ++rid) {
    if (!gone.contains(rid)) rids.push_back(rid);
  }
  const v1::LiveRecords message = *EncodeLive(rids);
  RecordProperty("bytes", static_cast<int>(message.ByteSizeLong()));
  EXPECT_LE(message.ByteSizeLong(), 16'000u);
  EXPECT_EQ(ThoseThere(message, 1'000'000), rids);
}

TEST(LiveTest, WhatIsNoSuchListIsRefused) {
  const v1::LiveRecords sound = *EncodeLive(std::vector<Rid>{2, 3, 4, 5, 9, 12, 40});
  v1::LiveRecords message = sound;
  message.set_count(message.count() + 1);
  EXPECT_EQ(LiveSet::From(message).status().code(), StatusCode::kInvalidArgument);
  message = sound;
  message.set_count(UINT32_MAX);
  EXPECT_EQ(LiveSet::From(message).status().code(), StatusCode::kInvalidArgument);
  message = sound;
  message.set_last(3);
  EXPECT_EQ(LiveSet::From(message).status().code(), StatusCode::kInvalidArgument);
  message = sound;
  message.set_raw_size(UINT32_MAX);
  EXPECT_EQ(LiveSet::From(message).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar
