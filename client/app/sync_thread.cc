#include "client/app/sync_thread.h"

#include <utility>

#include "client/language/say.h"

namespace daftar::app {
namespace {

// Said now, and by its key again in another language.
void Notice(const char* key, SyncProgress& progress) {
  progress.notice_key = key;
  progress.notice = Say(key, {{"error", progress.error}});
}

}  // namespace

SyncThread::SyncThread(Workstation& workstation, std::unique_ptr<Connector> connector,
                       std::unique_ptr<NetworkWatch> network, std::function<void()> changed)
    : connector_(std::move(connector)),
      network_(std::move(network)),
      changed_(std::move(changed)),
      watcher_(workstation, *connector_, *network_, RunOptions(), /*despite_pause=*/false, MakeHooks()),
      thread_([this] { Run(); }) {}

SyncThread::~SyncThread() {
  watcher_.Cut();  // a server that does not answer must not hold the window open
  thread_.join();
}

SyncProgress SyncThread::progress() const {
  MutexLock lock(mutex_);
  return progress_;
}

void SyncThread::EndSession() {
  ending_ = true;
  watcher_.Nudge();
}

void SyncThread::Publish(const SyncProgress& progress) {
  {
    MutexLock lock(mutex_);
    if (progress_ == progress) return;
    progress_ = progress;
  }
  changed_();
}

Watcher::Hooks SyncThread::MakeHooks() {
  Watcher::Hooks hooks;
  hooks.on_begin = [this](bool asked) { OnBegin(asked); };
  hooks.on_progress = [this](const SyncReport& report) {
    OnProgress(report);
    return !ending_.exchange(false);
  };
  hooks.on_end = [this](const StatusOr<SyncReport>& report) {
    OnEnd(report);
    return true;
  };
  return hooks;
}

void SyncThread::OnBegin(bool asked) {
  SyncProgress now = progress();
  ending_ = false;
  now.busy = asked;
  Publish(now);
}

void SyncThread::OnProgress(const SyncReport& report) {
  SyncProgress now = progress();
  now.busy = now.busy && report.checkpoints == 0;
  now.error.clear();
  now.revision = report.to;
  now.settled = report.applied + report.merged + report.conflicts + report.denied + report.unchanged;
  now.notice = report.notices.empty() ? "" : report.notices.back();
  now.notice_key.clear();
  Publish(now);
}

void SyncThread::OnEnd(const StatusOr<SyncReport>& report) {
  SyncProgress now = progress();
  now.busy = false;
  now.error = report.ok() ? "" : Message(report.status());
  // Somebody asked, and should read why nothing happens.
  if (report.status() == SyncIsPaused()) Notice("window.sync_paused", now);
  if (report.ok() && report->stopped_at != TrafficLimit::kNone) Notice("window.budget_used_up", now);
  Publish(now);
}

void SyncThread::Run() {
  const Status status = watcher_.Run();
  if (status.ok()) return;
  SyncProgress now = progress();
  now.busy = false;
  now.error = Message(status);
  Notice("window.sync_stopped", now);
  Publish(now);
}

}  // namespace daftar::app
