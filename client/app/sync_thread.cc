#include "client/app/sync_thread.h"

#include <algorithm>
#include <utility>

namespace daftar::app {
namespace {

constexpr int64_t kFirstPauseMs = 5'000, kLongestPauseMs = 300'000;

}  // namespace

// Tells its owner when it goes away, so that nobody wakes what is gone.
class SyncThread::NudgedLink final : public Link {
 public:
  NudgedLink(SyncThread& owner, std::unique_ptr<Link> link) : owner_(owner), link_(std::move(link)) {
    MutexLock lock(owner_.mutex_);
    owner_.open_ = link_.get();
    if (owner_.closing_) link_->Close();
  }
  ~NudgedLink() override {
    MutexLock lock(owner_.mutex_);
    owner_.open_ = nullptr;
  }
  Status Send(const v1::ClientFrame& frame) override { return link_->Send(frame); }
  StatusOr<Event> Receive(int timeout_ms) override { return link_->Receive(timeout_ms); }
  void Wake() override { link_->Wake(); }
  void Close() override { link_->Close(); }

 private:
  SyncThread& owner_;
  std::unique_ptr<Link> link_;
};

class SyncThread::NudgedConnector final : public Connector {
 public:
  explicit NudgedConnector(SyncThread& owner) : owner_(owner) {}
  StatusOr<std::unique_ptr<Link>> Connect(int timeout_ms) override {
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Link> link, owner_.connector_->Connect(timeout_ms));
    return std::make_unique<NudgedLink>(owner_, std::move(link));
  }

 private:
  SyncThread& owner_;
};

SyncThread::SyncThread(Workstation& workstation, std::unique_ptr<Connector> connector, std::function<void()> changed)
    : station_(workstation),
      connector_(std::move(connector)),
      changed_(std::move(changed)),
      thread_([this] { Run(); }) {}

SyncThread::~SyncThread() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
    // A server that does not answer must not hold the window open; whatever was received is staged.
    if (open_ != nullptr) open_->Close();
    nudged_.NotifyAll();
  }
  thread_.join();
}

void SyncThread::Nudge() {
  MutexLock lock(mutex_);
  nudge_ = true;
  if (open_ != nullptr) open_->Wake();
  nudged_.NotifyAll();
}

SyncProgress SyncThread::progress() const {
  MutexLock lock(mutex_);
  return progress_;
}

void SyncThread::Publish(const SyncProgress& progress) {
  {
    MutexLock lock(mutex_);
    if (progress_ == progress) return;
    progress_ = progress;
  }
  changed_();
}

bool SyncThread::OnProgress(const SyncReport& report) {
  SyncProgress now = progress();
  now.busy = now.busy && report.checkpoints == 0;
  now.error.clear();
  now.revision = report.to;
  now.settled = report.applied + report.merged + report.conflicts + report.denied + report.unchanged;
  now.notice = report.notices.empty() ? "" : report.notices.back();
  Publish(now);
  MutexLock lock(mutex_);
  nudge_ = false;
  return !closing_;
}

SyncThread::Next SyncThread::Pause(int64_t ms) {
  MutexLock lock(mutex_);
  bool timed_out = false;
  while (!closing_ && !nudge_ && !timed_out) timed_out = !nudged_.WaitMs(mutex_, static_cast<long>(ms));
  if (closing_) return Next::kEnd;
  bool nudged = std::exchange(nudge_, false);
  return nudged ? Next::kTryNow : Next::kTryAgain;
}

void SyncThread::Run() {
  NudgedConnector connector(*this);
  RunOptions options;
  options.engine.watch = true;
  options.on_progress = [this](const SyncReport& report) { return OnProgress(report); };
  int64_t pause_ms = kFirstPauseMs;
  for (Next next = Next::kTryNow; next != Next::kEnd; next = Pause(pause_ms)) {
    SyncProgress begun = progress();
    begun.busy = next == Next::kTryNow;
    Publish(begun);
    StatusOr<SyncReport> report = RunSync(station_, connector, options);
    SyncProgress ended = progress();
    ended.busy = false;
    ended.error = report.ok() ? "" : Message(report.status());
    Publish(ended);
    bool reached = report.ok() || begun.revision != ended.revision;
    pause_ms = reached ? kFirstPauseMs : std::min(pause_ms * 2, kLongestPauseMs);
  }
}

}  // namespace daftar::app
