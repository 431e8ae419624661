#include "client/app/index_thread.h"

#include <utility>

namespace daftar::app {

IndexThread::IndexThread(View& view, const Clock& clock, std::function<void()> changed)
    : changed_(std::move(changed)),
      tidier_(
          view, clock, [this](const Status& status) { OnError(status); }, [this] { OnPiece(); }) {}

IndexProgress IndexThread::progress() const {
  MutexLock lock(mutex_);
  return progress_;
}

void IndexThread::OnPiece() {
  {
    MutexLock lock(mutex_);
    ++progress_.pieces;
    progress_.error.clear();
  }
  changed_();
}

void IndexThread::OnError(const Status& status) {
  {
    MutexLock lock(mutex_);
    progress_.error = Message(status);
  }
  changed_();
}

}  // namespace daftar::app
