// When the file of a store is written anew without its free pages, and doing it.
//
// A bulk load and large joins of the text index leave a third and more of the file in free pages. Later commits use
// them again, but the disk does not get them back. storage/lmdb/compact.h makes a copy without them, which takes the
// place of the file when the folder is opened next, and only if nothing was committed in between.
//
//   who                                    when
//   Tidier                                 nothing is left to tidy and nobody has written for a while
//   daftarctl sync, push and verify        at their end; the next opening has the small file
//   BulkLoad, daftarctl compact            at their end; they open once more, so the file is small when they return
#pragma once

#include <string>

#include "storage/lmdb/space.h"
#include "storage/view/view.h"

namespace daftar {

// Less is not worth writing the rest anew: a copy of a store costs about what making its last quarter did, and pages
// that are free are soon used again.
inline constexpr uint64_t kLeastFreeShare = 4;  // a quarter of the file
inline constexpr uint64_t kLeastFreeBytes = 32 << 20;
// The copy leaves at least this on the disk, so that nobody who writes meanwhile meets a full one.
inline constexpr uint64_t kLeftOnDiskBytes = 256 << 20;

// Free pages are a quarter of the file and 32 MiB at least, the disk has room, and no copy waits already.
bool IsWorthCompacting(const lmdb::FileSpace& space);

// As View::Compact, of any environment.
StatusOr<Compacted> CompactEnvironment(const lmdb::Environment& env, CompactWhen when, const Progress& progress);

// Opens the folder, compacts, and opens it once more for the copy to be taken: when this returns the file is small, and
// the folder closed. FailedPrecondition if it is open already; otherwise as View::Compact. `map_bytes` as in
// lmdb::Options. The caller has probed a folder that was not closed.
StatusOr<Compacted> CompactClosed(const std::string& folder, uint64_t map_bytes, CompactWhen when,
                                  const Progress& progress);

}  // namespace daftar
