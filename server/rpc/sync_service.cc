#include "server/rpc/sync_service.h"

#include <utility>

#include "server/rpc/translate.h"

namespace daftar {

namespace {

// Says no, and why.
class Refusal final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit Refusal(const Status& why) { Finish(ToGrpc(why)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* SyncService::Session(
    grpc::CallbackServerContext* context) {
  Guest guest;
  if (door_ != nullptr) {
    StatusOr<Guest> admitted = door_->Admit(*context->auth_context());
    if (!admitted.ok()) return new Refusal(admitted.status());  // gRPC's until OnDone
    guest = *std::move(admitted);
  }
  const auto call =
      std::make_shared<SessionCall>(host_, std::move(guest), executor_, [this](SessionCall* done) { Forget(done); });
  call->Start();
  MutexLock lock(mutex_);
  calls_.emplace(call.get(), call);
  if (going_away_) call->GoAway();
  return call.get();
}

std::vector<std::shared_ptr<SessionCall>> SyncService::Calls() {
  std::vector<std::shared_ptr<SessionCall>> calls;
  for (const auto& [_, call] : calls_) {
    if (std::shared_ptr<SessionCall> alive = call.lock()) calls.push_back(std::move(alive));
  }
  return calls;
}

void SyncService::CheckRights() {
  std::vector<std::shared_ptr<SessionCall>> calls;
  {
    MutexLock lock(mutex_);
    calls = Calls();
  }
  for (const auto& call : calls) {
    const Guest& guest = call->guest();
    if (!guest.key) continue;
    const Right right = door_->RightOf(*guest.key);
    if (right == Right::kNone) {
      call->TurnOut(
          PermissionDenied("the server's keeper does not let this workstation in any more; what is here "
                           "stays readable, and what waits to be sent is kept"));
    } else if (right != guest.right) {
      call->TurnOut(Unavailable("the rights of this workstation were changed; the next session has the new ones"));
    }
  }
}

void SyncService::GoAway() {
  std::vector<std::shared_ptr<SessionCall>> calls;
  {
    MutexLock lock(mutex_);
    going_away_ = true;
    calls = Calls();
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
