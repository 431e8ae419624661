// The one map from LMDB's codes to Status, and from bytes to LMDB's values. Private to this folder.
#pragma once

#include <lmdb.h>

#include <string_view>

#include "storage/base/status.h"

namespace daftar::lmdb {

// LMDB's own limit, as it is built everywhere.
inline constexpr int kMaxKeyBytes = 511;

// Says in plain words what happened, what is safe and what to do. 0 is ok. `doing`: "opening …", "writing table …".
Status Translate(int code, std::string_view doing);
// True for an error after which the kernel may hold pages that the disk does not: nothing may be written until the
// environment has been closed and opened again.
bool IsDiskError(int code);
// For a transaction that has been committed, given up or moved from.
Status TransactionIsOver();

inline MDB_val ToVal(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }
inline std::string_view ToView(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

}  // namespace daftar::lmdb
