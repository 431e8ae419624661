// A whole record with all that is written of it, worked out before the transaction that writes it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage/search/index/index_doc.h"
#include "storage/view/index_rows.h"
#include "storage/view/record_table.h"

namespace daftar {

struct PreparedRecord {
  Rid rid = 0;
  v1::StoredRecord stored;
  Derived derived;
  std::string row;  // of kRecord
  // What stands for it in the text index until its texts are indexed; nullopt: nothing.
  std::optional<search::IndexDoc> outline;
};

// DataLoss if it has no id or does not parse. Any thread.
StatusOr<PreparedRecord> PrepareRecord(const RecordTable& records, Rid rid, v1::StoredRecord stored);

// Fewer records are not worth a thread of their own.
inline constexpr size_t kFewestForThread = 256;

// The records of a chunk, with outlines, on several threads: a piece after the other, so that not more of them are
// parsed at a time than memory is meant for. Parsed, the worst that a body can hold takes some thirty times its bytes.
class ChunkPreparer {
 public:
  // `env` and `records` outlive it.
  ChunkPreparer(const lmdb::Environment& env, const RecordTable& records,
                std::vector<std::pair<Rid, v1::StoredRecord>> chunk)
      : env_(env), records_(records), chunk_(std::move(chunk)) {}

  bool done() const { return next_ == chunk_.size(); }
  // Those that follow, in their order; they are moved out of the chunk. DataLoss: see PrepareRecord.
  StatusOr<std::vector<PreparedRecord>> Next();

 private:
  using Places = std::map<Uuid, Record>;

  // Places that outlines rest on are looked for among the first of the chunk's and in `env`.
  Status ParsePlaces();
  Status AddOutlines(std::span<PreparedRecord> piece) const;

  static constexpr size_t kPieceBytes = 512 << 10;  // of bodies; one that is larger is a piece of its own
  static constexpr size_t kPlaceBytes = 256 << 10;

  const lmdb::Environment& env_;
  const RecordTable& records_;
  std::vector<std::pair<Rid, v1::StoredRecord>> chunk_;
  size_t next_ = 0;
  std::optional<Places> places_;
};

}  // namespace daftar
