// How much of a database file holds something, and what compacting it would find.
#pragma once

#include <cstdint>
#include <string>

#include "storage/lmdb/lmdb.h"

namespace daftar::lmdb {

struct FileSpace {
  uint64_t file_bytes = 0;
  // In pages that hold nothing. Later commits use them again; the disk never gets them back by itself.
  uint64_t free_bytes = 0;
  // That the disk under the folder still takes.
  uint64_t disk_free_bytes = 0;
  // CompactedWaits, below.
  bool compacted_waits = false;
};

// Reads the list of free pages: microseconds, or some milliseconds for a file of gigabytes. Any thread.
StatusOr<FileSpace> SpaceOf(const Environment& env);

// A compacted copy lies in the folder, and nothing was committed since it was made: it takes the place of the file when
// the folder is opened next. The folder may be closed, or open in any program; nothing in it is changed.
bool CompactedWaits(const std::string& folder);

}  // namespace daftar::lmdb
