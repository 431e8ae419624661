// Chunks: what goes in comes out, and nothing else is believed.
#include "storage/view/chunk.h"

#include <gtest/gtest.h>

#include "storage/base/random.h"

namespace daftar {
namespace {

ChunkContent SomeRecords() {
  ChunkContent content;
  for (uint32_t i = 1; i <= 20; ++i) {
    v1::StoredRecord record;
    record.set_id(Uuid::FromName("record " + std::to_string(i)).str());
    record.set_kind(v1::RecordKind::INCIDENT);
    record.set_created(i);
    record.set_revision(i + 5);
    record.set_body("\x82\x02\x05notes");
    v1::PartRevision& part = *record.add_part();
    part.set_field(41);
    part.set_key(i);
    part.set_revision(i + 5);
    content.records.emplace_back(i * 3, record);
  }
  v1::CommitInfo& commit = content.commits.emplace_back();
  commit.set_revision(7);
  commit.set_author("nodira");
  return content;
}

PackedChunk Packed() { return *PackChunk(SomeRecords(), 0, kRidsPerCell - 1, 3); }

TEST(ChunkTest, AChunkGivesBackWhatWentIn) {
  const PackedChunk packed = Packed();
  const ChunkContent out = *UnpackChunk(packed.entry, packed.bytes);
  const ChunkContent in = SomeRecords();
  ASSERT_EQ(out.records.size(), in.records.size());
  for (size_t i = 0; i < in.records.size(); ++i) {
    EXPECT_EQ(out.records[i].first, in.records[i].first);
    EXPECT_EQ(out.records[i].second.SerializeAsString(), in.records[i].second.SerializeAsString());
  }
  EXPECT_EQ(out.commits[0].author(), "nodira");
}

TEST(ChunkTest, AFlippedBitAnywhereIsRefusedByTheHash) {
  const PackedChunk packed = Packed();
  for (size_t i = 0; i < packed.bytes.size(); ++i) {
    std::string damaged = packed.bytes;
    damaged[i] ^= 0x10;
    EXPECT_EQ(UnpackChunk(packed.entry, damaged).status().code(), StatusCode::kInvalidArgument) << i;
  }
}

TEST(ChunkTest, AChunkThatIsNotOfItsRangeIsRefusedThoughItsHashIsRight) {
  PackedChunk packed = Packed();
  packed.entry.set_last_rid(50);
  EXPECT_FALSE(UnpackChunk(packed.entry, packed.bytes).ok());
}

TEST(ChunkTest, AChunkThatClaimsTooMuchIsRefusedBeforeItIsUnpacked) {
  PackedChunk packed = Packed();
  packed.entry.set_raw_size(1u << 30);
  EXPECT_FALSE(UnpackChunk(packed.entry, packed.bytes).ok());
}

}  // namespace
}  // namespace daftar
