// What a page of a million records took goes back to the system when the page is left.
#pragma once

#include <cstdint>
#include <functional>
#include <thread>

#include "storage/base/mutex.h"

namespace daftar::app {

// Large blocks get pages of their own from now on, which are given back when they are freed. Without it glibc keeps
// more of what was freed the larger the largest block was. At the beginning of the program.
void GiveMemoryBack();

// Gives back what was freed in small pieces, of which glibc keeps all that lies below a piece in use: some milliseconds
// at most, in which other threads may have to wait for memory. Any thread.
void GiveFreedPiecesBack();

// Does that on a thread of its own whenever the program comes to rest behind something that took memory. Thread-safe.
class MemoryKeeper {
 public:
  // Nothing has happened for so long: it is at rest.
  static constexpr int64_t kRestMs = 200;

  explicit MemoryKeeper(std::function<void()> give_back = GiveFreedPiecesBack, int64_t rest_ms = kRestMs);
  // At once, whatever was begun.
  ~MemoryKeeper();

  // Something has happened: a page was read.
  void Poke();

 private:
  void Run();

  const std::function<void()> give_back_;
  const int64_t rest_ms_;
  Mutex mutex_;
  CondVar changed_;
  bool poked_ DAFTAR_GUARDED_BY(mutex_) = false;
  bool closing_ DAFTAR_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace daftar::app
