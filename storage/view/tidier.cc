#include "storage/view/tidier.h"

#include <algorithm>
#include <utility>

namespace daftar {

Tidier::Tidier(View& view, const Clock& clock, std::function<void(const Status&)> report, std::function<void()> changed,
               CompactionTimes times)
    : view_(view),
      clock_(clock),
      report_(std::move(report)),
      changed_(std::move(changed)),
      times_(times),
      not_before_ms_(clock.MonotonicMs()),
      thread_([this] { Run(); }) {}

Tidier::~Tidier() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  woken_.NotifyAll();
  thread_.join();
}

void Tidier::Poke() {
  MutexLock lock(mutex_);
  poked_ = true;
  woken_.NotifyAll();
}

bool Tidier::Stopping() {
  MutexLock lock(mutex_);
  return stopping_;
}

Tidier::Next Tidier::WaitForWork() {
  const int64_t quiet_from = std::max(clock_.MonotonicMs() + times_.quiet_ms, not_before_ms_);
  MutexLock lock(mutex_);
  while (!poked_ && !stopping_) {
    if (!look_at_file_) {
      woken_.Wait(mutex_);
      continue;
    }
    const int64_t left_ms = quiet_from - clock_.MonotonicMs();
    if (left_ms <= 0) return Next::kCompact;
    woken_.WaitMs(mutex_, static_cast<long>(left_ms));
  }
  poked_ = false;
  return stopping_ ? Next::kEnd : Next::kTidy;
}

void Tidier::Run() {
  while (true) {
    switch (WaitForWork()) {
      case Next::kTidy:
        TidyUp();
        break;
      case Next::kCompact:
        TryToCompact();
        break;
      case Next::kEnd:
        return;
    }
  }
}

void Tidier::TidyUp() {
  StatusOr<bool> more = true;
  while (more.ok() && *more && !Stopping()) {
    more = view_.Tidy(clock_, [this] { return !Stopping(); });
    if (more.ok() && *more && changed_) changed_();
  }
  if (!more.ok() && more.status().code() != StatusCode::kCancelled) report_(more.status());
  look_at_file_ = more.ok() && !compacted_;
}

void Tidier::TryToCompact() {
  const StatusOr<Compacted> done =
      view_.Compact(CompactWhen::kIfWorth, [this](uint64_t, uint64_t) { return !Stopping(); });
  // Not worth it: no need to look again before something has changed.
  look_at_file_ = false;
  if (done.ok()) {
    compacted_ = done->done;
    return;
  }
  switch (done.status().code()) {
    case StatusCode::kCancelled:
      return;
    case StatusCode::kAborted:
    case StatusCode::kResourceExhausted:
      not_before_ms_ = clock_.MonotonicMs() + times_.retry_ms;
      look_at_file_ = true;
      return;
    default:
      // Damage, or a disk that failed: trying again would find it again.
      compacted_ = true;
      report_(done.status());
  }
}

Status TidyAll(View& view, const Clock& clock, const std::function<bool(uint64_t behind)>& progress) {
  bool go_on = true;
  const auto ask = [&] { return go_on; };
  while (true) {
    if (progress) {
      DAFTAR_ASSIGN_OR_RETURN(const View::TextIndexState state, view.TextIndex());
      go_on = progress(state.behind);
    }
    if (!go_on) return Cancelled("stopped; what is left of the text index is done next time");
    DAFTAR_ASSIGN_OR_RETURN(const bool more, view.Tidy(clock, ask));
    if (!more) return OkStatus();
  }
}

}  // namespace daftar
