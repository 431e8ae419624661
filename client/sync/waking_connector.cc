#include "client/sync/waking_connector.h"

#include <utility>

namespace daftar {

// Tells its connector when it goes away, so that nobody wakes what is gone.
class WakingConnector::WakingLink final : public Link {
 public:
  WakingLink(WakingConnector& owner, std::unique_ptr<Link> link) : owner_(owner), link_(std::move(link)) {
    MutexLock lock(owner_.mutex_);
    owner_.open_ = link_.get();
    if (owner_.closed_) link_->Close();
  }
  ~WakingLink() override {
    MutexLock lock(owner_.mutex_);
    owner_.open_ = nullptr;
  }
  Status Send(const v1::ClientFrame& frame) override { return link_->Send(frame); }
  StatusOr<Event> Receive(int timeout_ms) override { return link_->Receive(timeout_ms); }
  void Wake() override { link_->Wake(); }
  void Close() override { link_->Close(); }

 private:
  WakingConnector& owner_;
  const std::unique_ptr<Link> link_;
};

StatusOr<std::unique_ptr<Link>> WakingConnector::Connect(int timeout_ms) {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Link> link, connector_.Connect(timeout_ms));
  return std::make_unique<WakingLink>(*this, std::move(link));
}

void WakingConnector::Wake() {
  MutexLock lock(mutex_);
  if (open_ != nullptr) open_->Wake();
}

void WakingConnector::Close() {
  MutexLock lock(mutex_);
  closed_ = true;
  if (open_ != nullptr) open_->Close();
}

}  // namespace daftar
