// The last commit as the frame that those who watch get of it: made once for all who can take the very same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "daftar/v1/frames.pb.h"
#include "storage/base/mutex.h"
#include "storage/model/record.h"

namespace daftar {

// Who is sent the same: clients that show this revision, hold everything, have this dictionary (0: none), and need no
// signature.
struct LiveAudience {
  Revision shows = 0;
  uint32_t dictionary = 0;
  friend bool operator==(const LiveAudience&, const LiveAudience&) = default;
};

// The frame that takes them to a revision.
struct LiveFrame {
  LiveAudience audience;
  Revision to = 0;
  uint64_t moves = 0;  // SessionHost::moves() before the look that found nothing behind it
  v1::ServerFrame frame;
};

// Thread-safe.
class LiveFrames {
 public:
  // Null: there is none yet, or no longer.
  std::shared_ptr<const LiveFrame> Find(const LiveAudience& audience) const DAFTAR_EXCLUDES(mutex_);
  // Those of older commits are forgotten. Frames that are too large to be kept are not.
  void Keep(LiveFrame frame) DAFTAR_EXCLUDES(mutex_);

 private:
  mutable Mutex mutex_;
  std::vector<std::shared_ptr<const LiveFrame>> frames_ DAFTAR_GUARDED_BY(mutex_);  // of one revision
};

}  // namespace daftar
