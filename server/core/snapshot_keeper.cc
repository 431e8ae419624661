#include "server/core/snapshot_keeper.h"

#include <utility>

namespace daftar {

SnapshotKeeper::SnapshotKeeper(Dataset& dataset, std::function<void(const Status&)> report, SnapshotTimes times)
    : dataset_(dataset), report_(std::move(report)), times_(times), thread_([this] { Run(); }) {}

SnapshotKeeper::~SnapshotKeeper() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
    woken_.NotifyAll();
  }
  thread_.join();
}

bool SnapshotKeeper::Stopping() {
  const MutexLock lock(mutex_);
  return stopping_;
}

Status SnapshotKeeper::RefreshOnce() {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, dataset_.log().Head());
  if (head.records() < times_.fewest_records) return OkStatus();
  const auto go_on = [this] { return !Stopping(); };
  SnapshotStore& store = dataset_.snapshots();
  if (store.manifest() == nullptr)
    DAFTAR_RETURN_IF_ERROR(store.Refresh(dataset_.view(), dataset_.clock(), times_.first_level, go_on).status());
  return store.Refresh(dataset_.view(), dataset_.clock(), times_.level, go_on).status();
}

void SnapshotKeeper::Run() {
  while (!Stopping()) {
    const Status status = RefreshOnce();
    if (!status.ok() && status.code() != StatusCode::kCancelled) report_(status);
    const MutexLock lock(mutex_);
    if (!stopping_) woken_.WaitMs(mutex_, times_.pause_ms);
  }
}

}  // namespace daftar
