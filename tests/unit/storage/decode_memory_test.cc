// What decoding foreign bytes takes in memory: the worst that a message of 4 MiB may say costs 16 MiB with those bytes,
// that is 12 MiB beside them, whatever it claims to hold.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>
#include <gtest/gtest.h>

#include <set>

#include "daftar/v1/frames.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/base/random.h"
#include "storage/model/bounded_parse.h"
#include "storage/view/change_columns.h"
#include "storage/view/chunk.h"
#include "storage/view/columns.h"
#include "storage/view/live.h"
#include "storage/view/lmdb_view.h"
#include "tests/memory_meter.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kMessageBytes = 4 << 20;

// The fields from a message to one that is inside it.
using Path = std::vector<const FieldDescriptor*>;

// All fields that repeat, or are messages or bytes, and how to get there; each message's fields once.
void CollectFields(const Descriptor& type, const Path& above, std::set<const Descriptor*>& seen,
                   std::vector<Path>& found) {
  if (!seen.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    Path path = above;
    path.push_back(type.field(i));
    found.push_back(path);
    if (type.field(i)->message_type() != nullptr) CollectFields(*type.field(i)->message_type(), path, seen, found);
  }
}

std::string Wrapped(std::string bytes, const Path& path, size_t from) {
  for (size_t i = from; i-- > 0;) {
    std::string outer;
    PutVarint(outer, uint64_t(path[i]->number()) << 3 | 2);
    PutVarint(outer, bytes.size());
    bytes = outer + bytes;
  }
  return bytes;
}

// So many of the path's last field, each with so many zero bytes inside.
std::string Repeated(const Path& path, size_t count, size_t inside) {
  std::string one;
  PutVarint(one, uint64_t(path.back()->number()) << 3 | 2);
  PutVarint(one, inside);
  one.append(inside, '\0');
  std::string all;
  for (size_t i = 0; i < count; ++i) all += one;
  return Wrapped(std::move(all), path, path.size() - 1);
}

// The most that parsing such messages of growing size takes, of those that are not refused.
template <typename Message>
void ExpectBounded() {
  std::set<const Descriptor*> seen;
  std::vector<Path> fields;
  CollectFields(*Message::descriptor(), {}, seen, fields);
  ASSERT_GT(fields.size(), 10u);
  size_t refused = 0;
  for (const Path& path : fields) {
    for (const size_t inside : {0, 16, 200'000}) {
      for (size_t count = kMessageBytes / (inside + 3); count > 100 / (inside + 1); count /= 2) {
        const std::string bytes = Repeated(path, count, inside);
        const MemoryMeter meter;
        Message message;
        const Status status = ParseBounded(bytes, message);
        EXPECT_LE(meter.peak(), kMaxMessageMemory) << path.back()->full_name() << " " << count << " " << inside;
        if (status.ok()) break;
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 0u) << "no limit was met";
}

TEST(DecodeMemoryTest, WhateverAClientSaysIsParsedInBoundedMemory) { ExpectBounded<v1::ClientFrame>(); }

TEST(DecodeMemoryTest, WhateverAServerSaysIsParsedInBoundedMemory) { ExpectBounded<v1::ServerFrame>(); }

TEST(DecodeMemoryTest, WhateverABodyHoldsIsParsedInBoundedMemory) { ExpectBounded<v1::Incident>(); }

TEST(DecodeMemoryTest, AMessageOfEmptyOnesIsRefusedWithoutTakingAny) {
  std::string bytes;
  PutVarint(bytes, uint64_t{v1::Incident::kAccountFieldNumber} << 3 | 2);
  PutVarint(bytes, 0);
  std::string all;
  while (all.size() < kMessageBytes) all += bytes;
  const MemoryMeter meter;
  v1::Incident incident;
  EXPECT_EQ(ParseBounded(all, incident).code(), StatusCode::kInvalidArgument);
  EXPECT_LT(meter.peak(), size_t{64} << 10);
}

// A frame of as many parts and commits as one may hold.
TEST(DecodeMemoryTest, AFrameOfAsManyPartsAsFitIsDecodedInBoundedMemory) {
  ChangeSet set;
  for (size_t i = 0; i < kMaxChangesPerFrame; ++i) {
    RecordChange& change = set.changes.emplace_back();
    change.rid = static_cast<Rid>(i + 1);
    change.revision = 5;
    for (uint32_t field = 1; field <= kMaxPartsPerFrame / kMaxChangesPerFrame; ++field) {
      std::string value;
      PutVarint(value, uint64_t{field} << 3 | 2);
      value += '\x0e' + std::string(14, 'x');  // the shortest that does not lie within its string
      change.parts.push_back({{field, 0}, 4, value});
    }
  }
  for (Revision revision = 1; revision < 10'000; ++revision) {
    v1::CommitInfo& commit = set.commits.emplace_back();
    commit.set_revision(revision);
    commit.set_reason(std::string(50, 'r'));
  }
  const v1::DeltaFrame frame = *EncodeFrame(set);
  const MemoryMeter meter;
  ASSERT_TRUE(DecodeFrame(frame).ok());
  EXPECT_LE(meter.peak(), kMaxMessageMemory);
}

TEST(DecodeMemoryTest, AListOfAllThatExistIsDecodedInBoundedMemory) {
  std::vector<Rid> rids;
  for (size_t i = 0; i < kMostLiveNumbers; ++i) rids.push_back(static_cast<Rid>(2 * i + 1));
  const v1::LiveRecords message = *EncodeLive(rids);
  const MemoryMeter meter;
  ASSERT_TRUE(LiveSet::From(message).ok());
  EXPECT_LE(meter.peak(), kMaxMessageMemory);
}

// As many incidents as a cell holds, each with that body and with so many of its parts changed since it was made.
PackedChunk ChunkOf(const std::string& body, uint32_t changed) {
  ChunkContent content;
  for (Rid rid = 1; rid < kRidsPerCell; ++rid) {
    v1::StoredRecord record;
    record.set_id(Uuid::FromName(std::to_string(rid)).str());
    record.set_kind(v1::RecordKind::INCIDENT);
    record.set_created(1);
    record.set_revision(9);
    record.set_body(body);
    for (uint32_t field = 1; field <= changed; ++field) {
      v1::PartRevision& part = *record.add_part();
      part.set_field(field);
      part.set_revision(9);
    }
    content.records.emplace_back(rid, std::move(record));
  }
  return *PackChunk(content, 0, kRidsPerCell - 1, 3);
}

TEST(DecodeMemoryTest, AChunkIsDecodedInBoundedMemory) {
  const PackedChunk packed =
      ChunkOf(std::string(kWantedChunkBytes / kRidsPerCell, 'b'), kMostExceptions / kRidsPerCell);
  const MemoryMeter meter;
  ASSERT_TRUE(UnpackChunk(packed.entry, packed.bytes).ok());
  EXPECT_LE(meter.peak(), size_t{16} << 20);
}

// Bodies that are small and hold nothing but empty messages: parsed, they take many times their bytes.
TEST(DecodeMemoryTest, AChunkOfRecordsOfEmptyRolesIsPutInInBoundedMemory) {
  v1::Incident incident;
  v1::Account& account = *incident.add_account();
  account.set_key(1);
  while (incident.ByteSizeLong() < kWantedChunkBytes / kRidsPerCell) account.add_role();
  const PackedChunk packed = ChunkOf(incident.SerializeAsString(), 0);
  const TemporaryFolder folder;
  const std::unique_ptr<LmdbView> view = *LmdbView::Open(folder.File("view"), LmdbView::Options());
  v1::Manifest manifest;
  manifest.mutable_base()->set_revision(1);
  manifest.mutable_base()->set_epoch("epoch");
  ASSERT_TRUE(view->fill().Begin(manifest).ok());
  const MemoryMeter meter;
  const Status loaded = view->fill().Load(packed.entry, packed.bytes);
  ASSERT_TRUE(loaded.ok()) << loaded;
  EXPECT_LE(meter.peak(), kMostFillMemory);
}

}  // namespace
}  // namespace daftar
