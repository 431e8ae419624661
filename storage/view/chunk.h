// Chunks: the records of a range of rids as one compressed piece, cut ahead of time and served as plain bytes. A
// replica that has nothing is filled from them.
//
// Cells of 4,096 rids are the grid; a cell is cut into one chunk, or into more where its records are large. A record
// that changes touches the chunks of one cell. A chunk is zstd of
//   varint records, then of all records
//     rid, kind, revision, created (as revision - created), number of exceptions
//   of all exceptions (parts that were not set when the record was created), from record to record
//     field, key, revision (as the record's - it)
//   the ids, 16 bytes each; the bodies (body_columns.h); commits (commit_columns.h), told from 0
// with all numbers as columns (columns.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/snapshot.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/view/record_table.h"

namespace daftar {

// What a server's signature of a manifest covers beside it. Another form of chunks is another domain, so that neither
// a server nor a replica takes one for the other.
inline constexpr char kManifestDomain[] = "daftar.manifest.v2";

inline constexpr Rid kRidsPerCell = 4096;
// A chunk ends with the record that reaches this many bytes, or with its cell.
inline constexpr size_t kWantedChunkBytes = 4 << 20;
// What is decompressed at most: a chunk with a last record of the largest kind, and commits.
inline constexpr size_t kMaxChunkBytes = 6 << 20;
// Parts that were set after their records were made, of all records of a chunk.
inline constexpr size_t kMostExceptions = 90'000;

// The records of a chunk, in order of rid, and who made their revisions.
struct ChunkContent {
  std::vector<std::pair<Rid, v1::StoredRecord>> records;
  std::vector<v1::CommitInfo> commits;
};

// A chunk as it travels, and what a manifest says of it.
struct PackedChunk {
  v1::SnapshotChunk entry;
  std::string bytes;
};

// `first` and `last`: the range that it stands for. `level` is zstd's.
StatusOr<PackedChunk> PackChunk(const ChunkContent& content, Rid first, Rid last, int level);
// Foreign bytes: the hash is checked before they are decompressed, everything after that too. InvalidArgument says what
// is wrong.
StatusOr<ChunkContent> UnpackChunk(const v1::SnapshotChunk& entry, std::string_view bytes);
// The name of a chunk.
std::string ChunkHash(std::string_view bytes);

// The records of a cell as chunks, in order; none for a cell without records. DataLoss if one of them is damaged.
StatusOr<std::vector<PackedChunk>> CutCell(const lmdb::Environment& env, const RecordTable& records,
                                           const lmdb::ReadTxn& txn, uint32_t cell, int level);

}  // namespace daftar
