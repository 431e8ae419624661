#include "tools/gen/progress_bar.h"

#include <unistd.h>

#include <ctime>
#include <iostream>

namespace daftar::gen {
namespace {

constexpr uint64_t kCells = 30;
constexpr int64_t kRedrawMs = 100;

}  // namespace

InterruptLatch::InterruptLatch() {
  sigemptyset(&wanted_);
  sigaddset(&wanted_, SIGINT);
  sigaddset(&wanted_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &wanted_, &before_);
}

InterruptLatch::~InterruptLatch() {
  // Those that have come were obeyed, or came too late for anything to stop.
  const timespec at_once{};
  while (sigtimedwait(&wanted_, nullptr, &at_once) > 0) {
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool InterruptLatch::Interrupted() {
  const timespec at_once{};
  if (!interrupted_) interrupted_ = sigtimedwait(&wanted_, nullptr, &at_once) > 0;
  return interrupted_;
}

ProgressBar::ProgressBar(std::string what, const Clock& clock)
    : what_(std::move(what)), clock_(clock), began_ms_(clock.MonotonicMs()), on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::cerr << '\n';
}

void ProgressBar::Show(uint64_t done, uint64_t total) {
  if (!on_terminal_ || total == 0) return;
  const int64_t now = clock_.MonotonicMs();
  if (now < next_ms_ && done < total) return;
  next_ms_ = now + kRedrawMs;
  drawn_ = true;
  const uint64_t cells = done * kCells / total;
  const auto seconds = static_cast<uint64_t>(now - began_ms_ + 1) / 1000;
  std::string line = "\r" + what_ + " [" + std::string(cells, '#') + std::string(kCells - cells, ' ') + "] " +
                     std::to_string(done * 100 / total) + " %, " + std::to_string(done) + " of " +
                     std::to_string(total);
  if (seconds > 0 && done > 0) {
    line += ", " + std::to_string(done / seconds) + " a second, " + std::to_string((total - done) * seconds / done) +
            " s left   ";
  }
  std::cerr << line << std::flush;
}

}  // namespace daftar::gen
