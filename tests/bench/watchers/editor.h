// Who pushes the edits that a crowd watches, and what the crowd says to be let in.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "storage/base/status.h"
#include "tests/bench/watchers/crowd.h"

namespace daftar::bench {

inline constexpr char kSessionMethod[] = "/daftar.v1.Sync/Session";
// What a watcher is sent before the first edit: a welcome, and a checkpoint.
inline constexpr size_t kFramesBeforeEdits = 2;

// A source of its own, of which each edit changes one number. One thread.
class Editor {
 public:
  explicit Editor(Place place);

  // Makes the source.
  Status Begin();
  // The hello of a watcher that has everything up to now.
  StatusOr<std::string> WatchersHello() const;
  // One edit on its way; the answer has not come.
  void Push();
  // Waits for the answer; an error if the edit was not taken.
  Status Answered();

 private:
  // The source as the edit of that number leaves it.
  static std::string Body(uint64_t number);

  const Place place_;
  Countdown answers_;
  std::unique_ptr<WatchedStream> stream_;
  uint64_t seq_ = 0, revision_ = 0;
};

// An error unless a watcher that was sent this shows the edit.
Status CheckOneEdit(const std::string& bytes);

}  // namespace daftar::bench
