#include "client/sync/watcher.h"

#include <utility>

#include "client/sync/backoff.h"

namespace daftar {
namespace {

constexpr int64_t kDayMs = 86'400'000;

int64_t MsToNextDay(int64_t now_ms) { return kDayMs - (now_ms % kDayMs + kDayMs) % kDayMs; }

}  // namespace

Status SyncIsPaused() {
  return FailedPrecondition(
      "syncing is paused: nothing was sent or fetched, and what waits for the server is kept. `daftarctl sync resume` "
      "takes the pause back, `daftarctl sync --now` syncs once despite it");
}

Watcher::Watcher(Workstation& station, Connector& connector, NetworkWatch& network, RunOptions options,
                 bool despite_pause, Hooks hooks)
    : station_(station),
      waking_(connector),
      network_(network),
      options_(std::move(options)),
      despite_pause_(despite_pause),
      hooks_(std::move(hooks)) {
  options_.engine.watch = true;
  options_.on_progress = [this](const SyncReport& report) {
    nudged_ = false;  // the outbox has just been looked at
    return hooks_.on_progress(report) && !stopping_;
  };
}

Status Watcher::Run() {
  bool asked = true;  // whoever starts a program waits for its first sync
  for (; !stopping_; asked = false) {
    DAFTAR_ASSIGN_OR_RETURN(const Pause pause, PauseNow());
    if (nudged_.exchange(false)) {
      asked = true;
    } else if (pause.ms != 0 && !WaitOut(pause)) {
      continue;
    }
    const bool paused = pause.ms < 0;
    if (!paused) hooks_.on_begin(asked);
    const StatusOr<SyncReport> report = paused ? SyncIsPaused() : RunSync(station_, waking_, options_);
    budget_used_up_ = report.ok() && report->stopped_at != TrafficLimit::kNone;
    if (!hooks_.on_end(report)) break;
  }
  return OkStatus();
}

StatusOr<Watcher::Pause> Watcher::PauseNow() const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station_.SyncState());
  const int64_t now = station_.clock().NowMs();
  if (status.paused() && !despite_pause_) return Pause{-1, false};
  if (budget_used_up_) return Pause{MsToNextDay(now), false};
  return Pause{BackoffLeftMs(status, now), true};
}

bool Watcher::WaitOut(const Pause& pause) {
  switch (network_.Wait(pause.ms)) {
    case NetworkWatch::Reason::kTime:
      return true;
    case NetworkWatch::Reason::kNetworkUp:
      return pause.ends_with_network;
    case NetworkWatch::Reason::kWoken:
      break;
  }
  return false;
}

void Watcher::Nudge() {
  nudged_ = true;
  waking_.Wake();
  network_.Wake();
}

void Watcher::Stop() {
  stopping_ = true;
  waking_.Wake();
  network_.Wake();
}

void Watcher::Cut() {
  stopping_ = true;
  waking_.Close();
  network_.Wake();
}

}  // namespace daftar
