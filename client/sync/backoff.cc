#include "client/sync/backoff.h"

#include <algorithm>

namespace daftar {
namespace {

constexpr int64_t kFirstMs = 1000;
constexpr uint32_t kMostDoublings = 9;  // 512 s is more than the longest pause

int64_t LongestPauseMs(uint32_t failures) {
  return std::min(kLongestBackoffMs, kFirstMs << std::min(failures - 1, kMostDoublings));
}

}  // namespace

void NoteAttempt(v1::SyncStatus& status, Attempt attempt, int64_t now_ms, Random& random) {
  if (attempt == Attempt::kWell) {
    status.clear_failures();
    status.clear_retry_ms();
    return;
  }
  const bool first = attempt == Attempt::kBroken || status.failures() == 0;
  status.set_failures(first ? 1 : std::max(status.failures(), status.failures() + 1));
  const auto longest = static_cast<uint64_t>(LongestPauseMs(status.failures()));
  status.set_retry_ms(now_ms + static_cast<int64_t>(random.Below(longest + 1)));
}

int64_t BackoffLeftMs(const v1::SyncStatus& status, int64_t now_ms) {
  return std::clamp<int64_t>(status.retry_ms() - now_ms, 0, kLongestBackoffMs);
}

}  // namespace daftar
