#include "server/core/housekeeper.h"

#include <utility>

namespace daftar {

Housekeeper::Housekeeper(Dataset& dataset, std::function<void(const Status&)> report, HousekeepingTimes times)
    : dataset_(dataset), report_(std::move(report)), times_(times), thread_([this] { Run(); }) {}

Housekeeper::~Housekeeper() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
    woken_.NotifyAll();
  }
  thread_.join();
}

bool Housekeeper::Stopping() {
  const MutexLock lock(mutex_);
  return stopping_;
}

Status Housekeeper::RefreshOnce() {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, dataset_.log().Head());
  if (head.records() < times_.fewest_records) return OkStatus();
  const auto go_on = [this] { return !Stopping(); };
  SnapshotStore& store = dataset_.snapshots();
  if (store.manifest() == nullptr)
    DAFTAR_RETURN_IF_ERROR(store.Refresh(dataset_.view(), dataset_.clock(), times_.first_level, go_on).status());
  return store.Refresh(dataset_.view(), dataset_.clock(), times_.level, go_on).status();
}

Status Housekeeper::ExpireOnce() {
  const int64_t now = dataset_.clock().MonotonicMs();
  if (expired_ms_ != 0 && now - expired_ms_ < times_.expiry_pause_ms) return OkStatus();
  expired_ms_ = now;
  for (size_t ended = 1; ended > 0 && !Stopping();) {
    DAFTAR_ASSIGN_OR_RETURN(ended, dataset_.ExpireOld(times_.horizon_ms));
  }
  return OkStatus();
}

void Housekeeper::Run() {
  while (!Stopping()) {
    for (const Status& status : {ExpireOnce(), RefreshOnce()}) {
      if (!status.ok() && status.code() != StatusCode::kCancelled) report_(status);
    }
    const MutexLock lock(mutex_);
    if (!stopping_) woken_.WaitMs(mutex_, times_.pause_ms);
  }
}

}  // namespace daftar
