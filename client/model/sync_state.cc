#include "client/model/sync_state.h"

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "client/model/words.h"

namespace daftar {
namespace {

SyncLevel LevelByAge(const SyncFacts& facts) {
  if (facts.last_success_ms == 0) return SyncLevel::kNever;
  int64_t age = facts.now_ms - facts.last_success_ms;
  if (age >= kOldAfterMs) return SyncLevel::kOld;
  return age >= kStaleAfterMs ? SyncLevel::kStale : SyncLevel::kFresh;
}

std::string Line(std::string_view label, const std::string& text) { return std::string(label) + ": " + text + "\n"; }

std::string WhenWords(int64_t ms, int64_t now_ms) {
  return ms == 0 ? "never" : TimeWords(ms) + ", " + AgeWords(now_ms - ms);
}

std::string Detail(const SyncFacts& facts) {
  std::string detail = Line("server", facts.server.empty() ? "none chosen" : facts.server) +
                       Line("last success", WhenWords(facts.last_success_ms, facts.now_ms)) +
                       Line("last attempt", WhenWords(facts.last_attempt_ms, facts.now_ms));
  if (!facts.last_error.empty()) detail += Line("why it failed", facts.last_error);
  if (facts.paused) {
    detail += Line("paused", "nothing connects before daftarctl sync resume");
  } else if (facts.retry_ms > facts.now_ms) {
    detail += Line("next try",
                   "in " + Counted(static_cast<uint64_t>((facts.retry_ms - facts.now_ms + 999) / 1000), "second"));
  }
  detail += Line("waiting to be sent", Counted(facts.outbox, "change"));
  detail += Line("waiting for a decision", Counted(facts.conflicts, "conflict"));
  return detail;
}

std::string PillWords(const SyncPill& pill, const SyncFacts& facts) {
  bool never = pill.age == SyncLevel::kNever;
  std::string age = AgeWords(facts.now_ms - facts.last_success_ms);
  if (pill.level == SyncLevel::kFailing) return never ? "never synced, sync fails" : "synced " + age + ", sync fails";
  return never ? "never synced" : "synced " + age;
}

}  // namespace

std::string_view SyncLevelWord(SyncLevel level) {
  switch (level) {
    case SyncLevel::kFresh:
      return "fresh";
    case SyncLevel::kStale:
      return "stale";
    case SyncLevel::kOld:
      return "old";
    case SyncLevel::kFailing:
      return "failing";
    case SyncLevel::kNever:
      break;
  }
  return "never";
}

SyncPill MakeSyncPill(const SyncFacts& facts) {
  SyncPill pill;
  pill.age = LevelByAge(facts);
  pill.level = facts.last_error.empty() ? pill.age : SyncLevel::kFailing;
  pill.words = PillWords(pill, facts);
  if (facts.paused) pill.words += ", paused";
  if (facts.outbox > 0) pill.words += ", " + NumberWords(static_cast<double>(facts.outbox)) + " waiting";
  if (facts.conflicts > 0) pill.words += ", " + Counted(facts.conflicts, "conflict");
  pill.detail = Detail(facts);
  return pill;
}

std::string AgeWords(int64_t age_ms) {
  if (age_ms < -kMinuteMs) return "in the future: check this computer's clock";
  if (age_ms < kMinuteMs) return "just now";
  constexpr std::array<std::pair<int64_t, const char*>, 3> kUnits = {
      {{kDayMs, "day"}, {kHourMs, "hour"}, {kMinuteMs, "minute"}}};
  for (auto [size, name] : kUnits) {
    if (age_ms >= size) return Counted(static_cast<uint64_t>(age_ms / size), name) + " ago";
  }
  return "just now";
}

std::string TimeWords(int64_t ms) {
  int64_t minutes = ms / kMinuteMs - (ms % kMinuteMs < 0 ? 1 : 0);
  int64_t days = minutes / 1440 - (minutes % 1440 < 0 ? 1 : 0);
  int64_t minute = minutes - days * 1440;
  char clock[16];
  std::snprintf(clock, sizeof clock, " %02d:%02d", static_cast<int>(minute / 60), static_cast<int>(minute % 60));
  return DayWords(static_cast<int32_t>(days)) + clock;
}

}  // namespace daftar
