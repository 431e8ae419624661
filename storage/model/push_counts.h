// Pushes by outcome, for reports.
#pragma once

#include <cstdint>

#include "daftar/v1/commit.pb.h"

namespace daftar {

struct PushCounts {
  uint64_t applied = 0, merged = 0, unchanged = 0, conflicts = 0;
  uint64_t denied = 0;  // invalid ones too

  void Count(const v1::PushResult& result) { ++Of(result.outcome()); }

 private:
  uint64_t& Of(v1::PushResult::Outcome::Code outcome) {
    using Outcome = v1::PushResult::Outcome;
    switch (outcome) {
      case Outcome::APPLIED:
        return applied;
      case Outcome::MERGED:
        return merged;
      case Outcome::NO_CHANGE:
        return unchanged;
      case Outcome::CONFLICT:
        return conflicts;
      default:
        return denied;
    }
  }
};

}  // namespace daftar
