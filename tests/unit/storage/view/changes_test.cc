#include "storage/view/changes.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "storage/base/random.h"
#include "storage/view/change_columns.h"
#include "storage/view/columns.h"

namespace daftar {
namespace {

ChangeSet SomeChanges() {
  ChangeSet set;
  set.changes.push_back(
      {7, 12, true, Uuid::FromName("a"), v1::RecordKind::INCIDENT, 9, {{{32, 0}, 12, "\x82\x02\x01x"}}});
  set.changes.push_back({9, 13, false, Uuid(), v1::RecordKind::UNSET, 0, {{{41, 5}, 13, ""}}});
  set.commits.emplace_back().set_author("someone");
  return set;
}

v1::DeltaFrame Pack(const std::string& raw) {
  v1::DeltaFrame frame;
  frame.set_raw_size(static_cast<uint32_t>(raw.size()));
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
  frame.set_body(packed);
  return frame;
}

TEST(ChangesTest, AFrameGivesBackWhatWentIn) {
  ChangeSet out = *DecodeFrame(*EncodeFrame(SomeChanges()));
  ASSERT_EQ(out.changes.size(), 2u);
  EXPECT_EQ(out.changes[0].id, Uuid::FromName("a"));
  EXPECT_EQ(out.changes[0].created, 9u);
  EXPECT_EQ(out.changes[0].parts[0].value, "\x82\x02\x01x");
  EXPECT_FALSE(out.changes[1].whole);
  EXPECT_EQ(out.changes[1].parts[0].revision, 13u);
  EXPECT_EQ(out.commits[0].author(), "someone");
}

TEST(ChangesTest, AFrameThatClaimsTooMuchIsRefusedBeforeItIsUnpacked) {
  v1::DeltaFrame frame = *EncodeFrame(SomeChanges());
  frame.set_raw_size(1u << 31);
  EXPECT_FALSE(DecodeFrame(frame).ok());
}

TEST(ChangesTest, AFrameThatGoesOnBehindItsChangesIsRefused) {
  EXPECT_FALSE(DecodeFrame(Pack(EncodeChanges(SomeChanges()) + "x")).ok());
}

TEST(ChangesTest, AFrameCutShortAnywhereIsRefused) {
  const std::string body = EncodeChanges(SomeChanges());
  for (size_t size = 0; size < body.size(); ++size) EXPECT_FALSE(DecodeChanges(body.substr(0, size)).ok()) << size;
}

TEST(ChangesTest, APartNewerThanItsRecordIsRefused) {
  ChangeSet set = SomeChanges();
  set.changes[0].parts[0].revision = 99;
  EXPECT_FALSE(DecodeChanges(EncodeChanges(set)).ok());
}

TEST(ChangesTest, FewBytesCannotClaimMoreThanAFrameMayHold) {
  std::string body;
  PutVarint(body, kMaxChangesPerFrame + 1);
  EXPECT_FALSE(DecodeChanges(body).ok());

  body.clear();
  PutVarint(body, 2);
  for (uint64_t value : {0u, 1u, 1u, static_cast<unsigned>(kMaxPartsPerFrame / 2 + 1)}) {
    body.push_back(0);  // all equal
    PutVarint(body, value);
  }
  EXPECT_FALSE(DecodeChanges(body).ok());
}

TEST(ChangesTest, OneSmallEditTakesNoMoreBytesThanItSays) {
  ChangeSet set;
  set.changes.push_back({54'321, 100'001, false, Uuid(), v1::RecordKind::UNSET, 0, {{{8, 0}, 100'001, "\x40\x05"}}});
  v1::CommitInfo& commit = set.commits.emplace_back();
  commit.set_revision(100'001);
  commit.set_author("nodira");
  commit.set_accepted_ms(1'795'000'000'000);
  commit.set_at_ms(1'795'000'000'000 - 900);
  const v1::DeltaFrame frame = *EncodeFrame(set);
  EXPECT_EQ(frame.raw_size(), 0u) << "what compressing does not make smaller is sent as it is";
  EXPECT_LE(frame.body().size(), 40u);
}

TEST(ChangesTest, TimesOfCommitsThatCannotBeComeBackAsTheyWere) {
  ChangeSet set;
  for (const int64_t time : {INT64_MIN, int64_t{-1}, INT64_MAX}) {
    v1::CommitInfo& commit = set.commits.emplace_back();
    commit.set_accepted_ms(time);
    commit.set_at_ms(INT64_MAX - 1);
  }
  const ChangeSet out = *DecodeChanges(EncodeChanges(set));
  for (size_t i = 0; i < set.commits.size(); ++i)
    EXPECT_EQ(out.commits[i].SerializeAsString(), set.commits[i].SerializeAsString());
}

TEST(ChangesTest, NoDamageToTheBytesOfAFrameCanDoMoreThanBeRefused) {
  SeededRandom random(1);
  std::string raw = EncodeChanges(SomeChanges());
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string damaged = raw;
    damaged[random.Below(damaged.size())] ^= static_cast<char>(1 << random.Below(8));
    if (random.Below(4) == 0) damaged.resize(random.Below(damaged.size()));
    refused += !DecodeFrame(Pack(damaged)).ok();
  }
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace daftar
