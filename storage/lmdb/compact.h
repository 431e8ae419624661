// Writes the database anew, without the pages that deletions left free. For after large deletions: free pages are
// reused but never given back to the disk, and keep the plain bytes of deleted rows until then.
//
// The copy is made row by row through the typed doors: every tag is checked, rows are in order, pages are full, and no
// damage of the old file's structure comes along. It is done in short read transactions, so writers are not held up and
// the old file does not grow; but a commit meanwhile ends it with Aborted, since the copy would lack it.
//
// The copy takes the place of the old file when the folder is opened next, before anything is read, and only if nothing
// was committed after it was made. Until then the old file is untouched. What a crash leaves behind is removed at open.
//
//   FOLDER/compact/           the copy while it is made
//   FOLDER/compacted          the transaction of the old file that it equals, as a decimal number
//   FOLDER/data.mdb.new       the copy: flushed, verified, complete
#pragma once

#include <cstdint>
#include <functional>

#include "storage/lmdb/lmdb.h"

namespace daftar::lmdb {

enum class CompactStep { kCopying, kVerifying, kPlacing, kPlaced };

struct CompactOptions {
  // Called before each step, while copying and before each table that is verified, with rows copied and rows in all.
  // False ends it with Cancelled, leaving everything as it was.
  std::function<bool(CompactStep, uint64_t, uint64_t)> progress;
  // Read in one transaction, and written in one.
  uint64_t rows_per_step = 10'000;
  uint64_t bytes_per_step = 16 << 20;
};

struct CompactReport {
  uint64_t bytes_before = 0;
  uint64_t bytes_after = 0;
};

// Aborted: somebody wrote; try again. DataLoss: a value or the count of a table is damaged; repair first.
// ResourceExhausted: no room for a copy. FailedPrecondition: the file holds tables that this program did not open.
// One at a time for a folder; close the environment afterwards for the copy to be of use.
StatusOr<CompactReport> CompactForNextOpen(const Environment& env, const CompactOptions& options = {});

}  // namespace daftar::lmdb
