#include "storage/view/tidier.h"

namespace daftar {

Tidier::Tidier(View& view, const Clock& clock, std::function<void(const Status&)> report, std::function<void()> changed)
    : view_(view), clock_(clock), report_(std::move(report)), changed_(std::move(changed)), thread_([this] {
        Run();
      }) {}

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

bool Tidier::WaitForPoke() {
  MutexLock lock(mutex_);
  while (!poked_ && !stopping_) woken_.Wait(mutex_);
  poked_ = false;
  return !stopping_;
}

void Tidier::Run() {
  while (WaitForPoke()) {
    StatusOr<bool> more = true;
    while (more.ok() && *more && !Stopping()) {
      more = view_.Tidy(clock_, [this] { return !Stopping(); });
      if (more.ok() && *more && changed_) changed_();
    }
    if (!more.ok() && more.status().code() != StatusCode::kCancelled) report_(more.status());
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
