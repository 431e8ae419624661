#include "client/app/sync_thread.h"

#include <algorithm>
#include <utility>

namespace daftar::app {
namespace {

constexpr int64_t kFirstPauseMs = 5'000, kLongestPauseMs = 300'000;

}  // namespace

SyncThread::SyncThread(Workstation& workstation, std::unique_ptr<Connector> connector, std::function<void()> changed)
    : station_(workstation),
      connector_(std::move(connector)),
      waking_(*connector_),
      changed_(std::move(changed)),
      thread_([this] { Run(); }) {}

SyncThread::~SyncThread() {
  {
    MutexLock lock(mutex_);
    closing_ = true;
    nudged_.NotifyAll();
  }
  waking_.Close();  // a server that does not answer must not hold the window open; whatever was received is staged
  thread_.join();
}

void SyncThread::Nudge() {
  {
    MutexLock lock(mutex_);
    nudge_ = true;
    nudged_.NotifyAll();
  }
  waking_.Wake();
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
  RunOptions options;
  options.engine.watch = true;
  options.on_progress = [this](const SyncReport& report) { return OnProgress(report); };
  int64_t pause_ms = kFirstPauseMs;
  for (Next next = Next::kTryNow; next != Next::kEnd; next = Pause(pause_ms)) {
    SyncProgress begun = progress();
    begun.busy = next == Next::kTryNow;
    Publish(begun);
    StatusOr<SyncReport> report = RunSync(station_, waking_, options);
    SyncProgress ended = progress();
    ended.busy = false;
    ended.error = report.ok() ? "" : Message(report.status());
    Publish(ended);
    bool reached = report.ok() || begun.revision != ended.revision;
    pause_ms = reached ? kFirstPauseMs : std::min(pause_ms * 2, kLongestPauseMs);
  }
}

}  // namespace daftar::app
