// A whole record with all that is written of it, worked out before the transaction that writes it.
#pragma once

#include <optional>
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

// The records of a chunk, with outlines, on several threads. Places that an outline rests on are looked for among them
// and in `env`.
StatusOr<std::vector<PreparedRecord>> PrepareChunk(const lmdb::Environment& env, const RecordTable& records,
                                                   std::vector<std::pair<Rid, v1::StoredRecord>> chunk);

}  // namespace daftar
