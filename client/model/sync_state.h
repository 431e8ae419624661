// How fresh the replica is, in one word and in words: what the pill in the top bar and `daftarctl status` say.
//
// Freshness counts from the last success, never from the last attempt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

class Workstation;

inline constexpr int64_t kMinuteMs = 60'000;
inline constexpr int64_t kHourMs = 60 * kMinuteMs;
inline constexpr int64_t kDayMs = 24 * kHourMs;
// Data this old is shown in amber, and in red.
inline constexpr int64_t kStaleAfterMs = 24 * kHourMs;
inline constexpr int64_t kOldAfterMs = 7 * kDayMs;

enum class SyncLevel { kFresh, kStale, kOld, kNever, kFailing };
// "fresh", "stale", "old", "never", "failing".
std::string_view SyncLevelWord(SyncLevel level);

// What is known about syncing. Milliseconds since 1970-01-01 UTC; 0: never.
struct SyncFacts {
  int64_t last_success_ms = 0;
  int64_t last_attempt_ms = 0;
  std::string last_error;  // of the last attempt; empty: it did not fail
  std::string server;      // empty: none chosen
  size_t outbox = 0;       // changes that wait to be sent
  size_t conflicts = 0;    // conflicts that wait for a decision
  bool paused = false;     // by the user
  int64_t retry_ms = 0;    // when programs that watch try again, after failures
  int64_t now_ms = 0;
};

struct SyncPill {
  SyncLevel level = SyncLevel::kNever;  // kFailing when the last attempt failed, whatever the age
  SyncLevel age = SyncLevel::kNever;    // by age alone: kFresh, kStale, kOld, kNever. Colours follow it.
  std::string words;                    // "synced 5 minutes ago", "never synced", "data 3 days old, sync fails"
  std::string detail;                   // lines: last success, last attempt and its error, outbox, conflicts
};

SyncPill MakeSyncPill(const SyncFacts& facts);
// From the workstation's own store, now by its clock.
StatusOr<SyncFacts> ReadSyncFacts(const Workstation& workstation);

}  // namespace daftar
