// Which retired records have had their time, and what of their end is still remembered.
#pragma once

#include <cstdint>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/view/record_table.h"

namespace daftar {

// Records that were retired before that time, by the server's clock, and that no other record points at; at most
// `most`. Reads all records where any was.
StatusOr<std::vector<Rid>> RetiredBefore(const lmdb::Environment& env, const RecordTable& records,
                                         const lmdb::ReadTxn& txn, int64_t before_ms, size_t most);
// Forgets which records ended before that time, and moves the head's horizon there; whether there was anything.
StatusOr<bool> ForgetEnded(const lmdb::Environment& env, lmdb::WriteTxn& txn, int64_t before_ms, v1::StoredHead& head);

}  // namespace daftar
