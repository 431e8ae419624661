#include "server/rpc/writer.h"

#include <utility>

namespace daftar {
namespace {

// How long a stop waits for a writer that has nothing to do.
constexpr int kIdleMs = 100;

}  // namespace

Writer::Writer(Dataset& dataset, std::function<void(const Status&)> on_error)
    : dataset_(dataset), on_error_(std::move(on_error)), thread_([this] { Run(); }) {}

Writer::~Writer() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  thread_.join();
}

bool Writer::stopping() {
  MutexLock lock(mutex_);
  return stopping_;
}

void Writer::Run() {
  for (;;) {
    // Asked first: whatever was queued before the stop is then found below.
    const bool last = stopping();
    if (!dataset_.WaitForWork(last ? 0 : kIdleMs)) {
      if (last) return;
      continue;
    }
    const StatusOr<size_t> committed = dataset_.CommitPending();
    if (!committed.ok()) on_error_(committed.status());
  }
}

}  // namespace daftar
