// When to try again what failed: full jitter, so that a thousand clients of a server that was away do not come back at
// the same moment.
//
// The n-th failure in a row is followed by a pause drawn evenly from 0 to 1 s · 2^(n-1), at most 5 minutes. Failures
// are kept in the sync status, so that a program that is started again and again does not call more often. Programs
// that watch keep to it; what a person asks for is tried at once, and so is everything when a network comes up
// (network_watch.h).
#pragma once

#include <cstdint>

#include "daftar/v1/store.pb.h"
#include "storage/base/random.h"

namespace daftar {

inline constexpr int64_t kLongestBackoffMs = 300'000;

// How an attempt ended.
enum class Attempt {
  kWell,    // as wanted
  kBroken,  // the link broke, but data had come over it: the first failure of a row
  kInVain,  // nothing came of it
};
// Notes it: failures in a row, and when to try next.
void NoteAttempt(v1::SyncStatus& status, Attempt attempt, int64_t now_ms, Random& random);

// How long a program that watches still has to wait, in ms. Never longer than the longest pause, whatever the clock
// did.
int64_t BackoffLeftMs(const v1::SyncStatus& status, int64_t now_ms);

}  // namespace daftar
