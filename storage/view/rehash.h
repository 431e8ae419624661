// Reads stored records again from time to time, so that bytes that rotted are found before somebody needs them. What is
// found is fetched again by the next sync.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/view/record_table.h"

namespace daftar {

// Between the beginnings of two passes.
inline constexpr int64_t kRehashEveryMs = 7ll * 24 * 3'600'000;

// One piece of a pass: some thousand records, compared with their checksums and with the digests that stand for them.
// The records found damaged; nullopt if no pass is due. One thread at a time; readers and writers go on meanwhile.
StatusOr<std::optional<std::vector<Rid>>> RehashSome(lmdb::Environment& env, const RecordTable& records,
                                                     const Clock& clock);

}  // namespace daftar
