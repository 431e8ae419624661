// The places of a compacted copy, and how it takes the place of the old file. Private to this folder.
#pragma once

#include <cstdint>
#include <string>

#include "storage/base/status.h"

namespace daftar::lmdb {

// Where the copy is made.
std::string CompactFolder(const std::string& folder);
// Moves the finished copy to where the next open finds it. `transaction`: of the old file, which it equals.
Status PlaceCompacted(const std::string& folder, uint64_t transaction);
// At open, before anything is read: takes a placed copy if it equals the old file, and removes all other remains.
// Right after a crash at any point of it, it can be called again.
Status TakeCompacted(const std::string& folder);
// Whether TakeCompacted would take one now. Changes nothing.
bool WouldTakeCompacted(const std::string& folder);
// Removes what a compaction left behind.
void RemoveCompactRemains(const std::string& folder);

}  // namespace daftar::lmdb
