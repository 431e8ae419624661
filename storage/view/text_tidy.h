// Background work on the text index: records that are behind, segments to be joined, blocks to be deleted.
#pragma once

#include <functional>

#include "storage/base/clock.h"
#include "storage/lmdb/lmdb.h"
#include "storage/view/record_table.h"
#include "storage/view/text_blocks.h"

namespace daftar {

// Does one piece of it; false if there is nothing to do. Each piece is whole or not done at all, whenever the program
// ends. One thread at a time per environment; readers and writers go on meanwhile. `go_on` is asked from time to time;
// false ends with Cancelled.
StatusOr<bool> TidyTextIndex(lmdb::Environment& env, const RecordTable& records, const Clock& clock,
                             SegmentCache& cache, const std::function<bool()>& go_on);

}  // namespace daftar
