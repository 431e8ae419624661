// A file beside the data that only takes up room: when the disk is full it is given up, so that what is under way can
// be finished. Private to this folder. Thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "storage/base/mutex.h"

namespace daftar::lmdb {

class Ballast {
 public:
  // Nothing is made yet. 0 bytes: there is never any.
  Ballast(std::string folder, uint64_t bytes) : folder_(std::move(folder)), bytes_(bytes) {}

  uint64_t bytes() const { return bytes_; }
  // Puts it in place if the disk has room for it and as much again, so that it is not taken from what was just freed.
  // True if it is in place.
  bool Restore() DAFTAR_EXCLUDES(mutex_);
  // Gives its room to the data. True if it was in place.
  bool Release() DAFTAR_EXCLUDES(mutex_);

 private:
  const std::string folder_;
  const uint64_t bytes_;
  Mutex mutex_;
};

// What the disk under the folder still takes; all of it if that cannot be told.
uint64_t FreeBytesUnder(const std::string& folder);

}  // namespace daftar::lmdb
