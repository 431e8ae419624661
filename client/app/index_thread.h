// Keeps the replica's text index up to date while the window is open.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "storage/base/clock.h"
#include "storage/base/mutex.h"
#include "storage/view/tidier.h"
#include "storage/view/view.h"

namespace daftar::app {

// What the thread tells. A change of it is worth a look at the screen.
struct IndexProgress {
  uint64_t pieces = 0;  // of work done
  std::string error;    // why it rests, until the next Poke; empty: it does not, or has nothing to do
  friend bool operator==(const IndexProgress&, const IndexProgress&) = default;
};

// Thread-safe. The view must outlive it.
class IndexThread {
 public:
  // `changed` is called by the thread whenever the progress is another.
  IndexThread(View& view, const Clock& clock, std::function<void()> changed);

  // The replica has moved: there may be something to do.
  void Poke() { tidier_.Poke(); }
  IndexProgress progress() const DAFTAR_EXCLUDES(mutex_);

 private:
  void OnPiece() DAFTAR_EXCLUDES(mutex_);
  void OnError(const Status& status) DAFTAR_EXCLUDES(mutex_);

  const std::function<void()> changed_;
  mutable Mutex mutex_;
  IndexProgress progress_ DAFTAR_GUARDED_BY(mutex_);
  Tidier tidier_;  // last: its thread uses all of the above
};

}  // namespace daftar::app
