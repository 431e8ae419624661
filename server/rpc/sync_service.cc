#include "server/rpc/sync_service.h"

#include <utility>
#include <vector>

namespace daftar {

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* SyncService::Session(grpc::CallbackServerContext*) {
  const auto call = std::make_shared<SessionCall>(host_, executor_, [this](SessionCall* done) { Forget(done); });
  call->Start();
  MutexLock lock(mutex_);
  calls_.emplace(call.get(), call);
  if (going_away_) call->GoAway();
  return call.get();
}

void SyncService::GoAway() {
  std::vector<std::shared_ptr<SessionCall>> calls;
  {
    MutexLock lock(mutex_);
    going_away_ = true;
    for (const auto& [_, call] : calls_) {
      if (std::shared_ptr<SessionCall> alive = call.lock()) calls.push_back(std::move(alive));
    }
  }
  for (const auto& call : calls) call->GoAway();
}

void SyncService::WaitUntilEmpty() {
  MutexLock lock(mutex_);
  while (!calls_.empty()) empty_.Wait(mutex_);
}

void SyncService::Forget(SessionCall* call) {
  MutexLock lock(mutex_);
  calls_.erase(call);
  // Under the lock: the service may be destroyed as soon as it is released.
  if (calls_.empty()) empty_.NotifyAll();
}

}  // namespace daftar
