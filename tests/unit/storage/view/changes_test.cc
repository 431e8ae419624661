#include "storage/view/changes.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "storage/base/random.h"

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

std::string Unpack(const v1::DeltaFrame& frame) {
  std::string raw(frame.raw_size(), '\0');
  ZSTD_decompress(raw.data(), raw.size(), frame.body().data(), frame.body().size());
  return raw;
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

TEST(ChangesTest, ColumnsOfDifferentLengthsAreRefused) {
  v1::DeltaBody body;
  ASSERT_TRUE(body.ParseFromString(Unpack(*EncodeFrame(SomeChanges()))));
  body.add_rid(1);
  EXPECT_FALSE(DecodeFrame(Pack(body.SerializeAsString())).ok());
}

TEST(ChangesTest, APartNewerThanItsRecordIsRefused) {
  v1::DeltaBody body;
  ASSERT_TRUE(body.ParseFromString(Unpack(*EncodeFrame(SomeChanges()))));
  body.set_part_revision(0, 99);
  EXPECT_FALSE(DecodeFrame(Pack(body.SerializeAsString())).ok());
}

TEST(ChangesTest, NoDamageToTheBytesOfAFrameCanDoMoreThanBeRefused) {
  SeededRandom random(1);
  std::string raw = Unpack(*EncodeFrame(SomeChanges()));
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
