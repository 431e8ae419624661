#include "server/core/session_host.h"

#include <utility>

namespace daftar {

void SessionHost::Announce() {
  ++moves_;
  MutexLock lock(subscribers_mutex_);
  for (Subscription* subscription : subscribers_) subscription->on_head_();
}

Status SessionHost::Deny(const v1::Mutation&, const std::string& reason, Answered) { return PermissionDenied(reason); }

SessionHost::Subscription::Subscription(SessionHost& host, std::function<void()> on_head)
    : host_(host), on_head_(std::move(on_head)) {
  MutexLock lock(host_.subscribers_mutex_);
  host_.subscribers_.push_back(this);
}

SessionHost::Subscription::~Subscription() {
  MutexLock lock(host_.subscribers_mutex_);
  std::erase(host_.subscribers_, this);
}

}  // namespace daftar
