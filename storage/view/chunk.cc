#include "storage/view/chunk.h"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <set>

#include "storage/base/hash.h"
#include "storage/view/body_columns.h"
#include "storage/view/columns.h"
#include "storage/view/commit_columns.h"
#include "storage/view/tables.h"

namespace daftar {
namespace {

using Column = std::vector<uint64_t>;

constexpr size_t kHashBytes = 16;
// What an exception counts for where chunks are cut, so that kMostExceptions is never met: it takes so many in memory.
constexpr size_t kBytesOfException = 64;
constexpr size_t kMaxCommitBytes = 1 << 20;

Status CutShort() { return InvalidArgument("a chunk is shorter than it claims"); }

std::string Encode(const ChunkContent& content) {
  Column rid, kind, revision, age, exceptions, field, key, part_age;
  std::string ids;
  for (const auto& [number, record] : content.records) {
    rid.push_back(number);
    kind.push_back(static_cast<uint64_t>(record.kind()));
    revision.push_back(record.revision());
    age.push_back(record.revision() - record.created());
    exceptions.push_back(static_cast<uint64_t>(record.part_size()));
    for (const v1::PartRevision& part : record.part()) {
      field.push_back(part.field());
      key.push_back(part.key());
      part_age.push_back(record.revision() - part.revision());
    }
    ids += record.id();
  }
  std::string out;
  PutVarint(out, content.records.size());
  for (const Column* column : {&rid, &kind, &revision, &age, &exceptions, &field, &key, &part_age})
    PutColumn(out, *column);
  out += ids;
  PutBodies(out, content.records);
  PutCommits(out, content.commits, 0);
  return out;
}

class Reader {
 public:
  Reader(std::string_view raw, const v1::SnapshotChunk& entry) : rest_(raw), entry_(entry) {}

  StatusOr<ChunkContent> Read() {
    uint64_t count = 0;
    if (!TakeVarint(rest_, count)) return CutShort();
    if (count != entry_.records() || count > kRidsPerCell)
      return InvalidArgument("a chunk holds other records than it claims");
    content_.records.resize(count);
    DAFTAR_RETURN_IF_ERROR(ReadHeads());
    DAFTAR_RETURN_IF_ERROR(ReadExceptions());
    for (auto& [rid, record] : content_.records) DAFTAR_RETURN_IF_ERROR(TakeInto(Uuid::kSize, *record.mutable_id()));
    DAFTAR_RETURN_IF_ERROR(TakeBodies(rest_, content_.records, kMaxChunkBytes));
    DAFTAR_ASSIGN_OR_RETURN(content_.commits, TakeCommits(rest_, 0, kMaxCommitBytes));
    if (!rest_.empty()) return InvalidArgument("a chunk holds more than its records");
    return std::move(content_);
  }

 private:
  Status ReadHeads() {
    const size_t count = content_.records.size();
    DAFTAR_ASSIGN_OR_RETURN(const Column rid, TakeColumn(rest_, count));
    DAFTAR_ASSIGN_OR_RETURN(const Column kind, TakeColumn(rest_, count));
    DAFTAR_ASSIGN_OR_RETURN(const Column revision, TakeColumn(rest_, count));
    DAFTAR_ASSIGN_OR_RETURN(const Column age, TakeColumn(rest_, count));
    DAFTAR_ASSIGN_OR_RETURN(exceptions_, TakeColumn(rest_, count));
    uint64_t next = entry_.first_rid();
    for (size_t i = 0; i < count; ++i) {
      if (rid[i] == 0 || rid[i] < next || rid[i] > entry_.last_rid())
        return InvalidArgument("a chunk holds records out of its range or order");
      if (revision[i] > INT64_MAX || age[i] >= revision[i] || kind[i] > INT32_MAX)
        return InvalidArgument("a chunk holds a record that cannot be");
      auto& [number, record] = content_.records[i];
      number = static_cast<Rid>(rid[i]);
      record.set_kind(static_cast<Kind>(kind[i]));
      record.set_revision(revision[i]);
      record.set_created(revision[i] - age[i]);
      next = rid[i] + 1;
    }
    return OkStatus();
  }

  Status ReadExceptions() {
    size_t total = 0;
    for (const uint64_t count : exceptions_) {
      if (count > kMostExceptions - total) return InvalidArgument("a chunk holds too many parts");
      total += count;
    }
    DAFTAR_ASSIGN_OR_RETURN(const Column field, TakeColumn(rest_, total));
    DAFTAR_ASSIGN_OR_RETURN(const Column key, TakeColumn(rest_, total));
    DAFTAR_ASSIGN_OR_RETURN(const Column age, TakeColumn(rest_, total));
    size_t next = 0;
    for (size_t i = 0; i < exceptions_.size(); ++i) {
      v1::StoredRecord& record = content_.records[i].second;
      PartId before{0, 0};
      for (uint64_t n = 0; n < exceptions_[i]; ++n, ++next) {
        const PartId part{static_cast<uint32_t>(field[next]), key[next]};
        if (field[next] > 0x1fffffff || part <= before || age[next] >= record.revision())
          return InvalidArgument("a chunk holds a part that cannot be");
        v1::PartRevision& entry = *record.add_part();
        entry.set_field(part.first);
        entry.set_key(part.second);
        entry.set_revision(record.revision() - age[next]);
        before = part;
      }
    }
    return OkStatus();
  }

  Status TakeInto(uint64_t size, std::string& out) {
    if (size > rest_.size()) return CutShort();
    out.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return OkStatus();
  }

  std::string_view rest_;
  const v1::SnapshotChunk& entry_;
  ChunkContent content_;
  Column exceptions_;
};

// The commits that the records name, while they fit beside them.
StatusOr<std::vector<v1::CommitInfo>> CommitsOf(const ChunkContent& content, const lmdb::Environment& env,
                                                const lmdb::ReadTxn& txn) {
  std::set<Revision, std::greater<>> named;
  for (const auto& [rid, record] : content.records) {
    named.insert(record.created());
    for (const v1::PartRevision& part : record.part()) named.insert(part.revision());
  }
  std::vector<v1::CommitInfo> commits;
  size_t bytes = 0;
  for (const Revision revision : named) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> row,
                            txn.Get(env.table(tables::kCommit), tables::U64Key(revision)));
    v1::CommitInfo commit;
    if (!row || !commit.ParseFromArray(row->data(), static_cast<int>(row->size()))) continue;
    bytes += row->size();
    if (bytes > kMaxCommitBytes || commits.size() >= 4 * kRidsPerCell) break;
    commits.push_back(std::move(commit));
  }
  return commits;
}

}  // namespace

std::string ChunkHash(std::string_view bytes) {
  return std::string(AsBytes(HashOf("daftar.chunk.v2", {bytes})).substr(0, kHashBytes));
}

StatusOr<PackedChunk> PackChunk(const ChunkContent& content, Rid first, Rid last, int level) {
  const std::string raw = Encode(content);
  if (raw.size() > kMaxChunkBytes) return Internal("records were cut into a chunk that is too large");
  PackedChunk packed;
  packed.bytes.resize(ZSTD_compressBound(raw.size()));
  const size_t size = ZSTD_compress(packed.bytes.data(), packed.bytes.size(), raw.data(), raw.size(), level);
  if (ZSTD_isError(size)) return Internal(std::string("zstd: ") + ZSTD_getErrorName(size));
  packed.bytes.resize(size);
  packed.entry.set_hash(ChunkHash(packed.bytes));
  packed.entry.set_first_rid(first);
  packed.entry.set_last_rid(last);
  packed.entry.set_records(static_cast<uint32_t>(content.records.size()));
  packed.entry.set_packed_size(static_cast<uint32_t>(size));
  packed.entry.set_raw_size(static_cast<uint32_t>(raw.size()));
  uint32_t kinds = 0;
  for (const auto& [rid, record] : content.records) kinds |= 1u << (static_cast<uint32_t>(record.kind()) % 32);
  packed.entry.set_kinds(kinds);
  return packed;
}

StatusOr<ChunkContent> UnpackChunk(const v1::SnapshotChunk& entry, std::string_view bytes) {
  if (bytes.size() != entry.packed_size() || ChunkHash(bytes) != entry.hash())
    return InvalidArgument("a chunk is not what the manifest names");
  if (entry.raw_size() > kMaxChunkBytes) return InvalidArgument("a chunk is larger than a chunk may be");
  std::string raw(entry.raw_size(), '\0');
  const size_t size = ZSTD_decompress(raw.data(), raw.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) || size != raw.size()) return InvalidArgument("a chunk does not decompress to what it claims");
  return Reader(raw, entry).Read();
}

StatusOr<std::vector<PackedChunk>> CutCell(const lmdb::Environment& env, const RecordTable& records,
                                           const lmdb::ReadTxn& txn, uint32_t cell, int level) {
  std::vector<PackedChunk> chunks;
  const uint64_t end = (uint64_t{cell} + 1) * kRidsPerCell;
  Rid first = cell * kRidsPerCell;
  ChunkContent content;
  size_t bytes = 0;
  const auto close = [&](Rid last) -> Status {
    if (content.records.empty()) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(content.commits, CommitsOf(content, env, txn));
    DAFTAR_ASSIGN_OR_RETURN(PackedChunk chunk, PackChunk(content, first, last, level));
    chunks.push_back(std::move(chunk));
    content = ChunkContent();
    bytes = 0;
    first = last + 1;
    return OkStatus();
  };
  lmdb::Cursor cursor = txn.Seek(env.table(tables::kRecord), tables::U32Key(first));
  for (; cursor.valid() && tables::RidOf(cursor.key()) < end; cursor.Next()) {
    const Rid rid = tables::RidOf(cursor.key());
    DAFTAR_ASSIGN_OR_RETURN(v1::StoredRecord record, records.Decode(cursor.value()));
    bytes += record.body().size() + static_cast<size_t>(record.part_size()) * kBytesOfException;
    content.records.emplace_back(rid, std::move(record));
    if (bytes >= kWantedChunkBytes) DAFTAR_RETURN_IF_ERROR(close(rid));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  DAFTAR_RETURN_IF_ERROR(close(static_cast<Rid>(end - 1)));
  return chunks;
}

}  // namespace daftar
