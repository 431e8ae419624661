#include "client/model/sync_state.h"

#include <string_view>
#include <vector>

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"

namespace daftar {
namespace {

SyncLevel LevelByAge(const SyncFacts& facts) {
  if (facts.last_success_ms == 0) return SyncLevel::kNever;
  int64_t age = facts.now_ms - facts.last_success_ms;
  if (age >= kOldAfterMs) return SyncLevel::kOld;
  return age >= kStaleAfterMs ? SyncLevel::kStale : SyncLevel::kFresh;
}

std::string WhenWords(int64_t ms, int64_t now_ms) {
  if (ms == 0) return Say("sync.when_never");
  return Say("sync.when", {{"time", SayTime(ms)}, {"age", SayAge(now_ms - ms)}});
}

std::string Detail(const SyncFacts& facts) {
  std::vector<std::string> lines = {
      facts.server.empty() ? Say("sync.line_no_server") : Say("sync.line_server", {{"server", facts.server}}),
      Say("sync.line_success", {{"when", WhenWords(facts.last_success_ms, facts.now_ms)}}),
      Say("sync.line_attempt", {{"when", WhenWords(facts.last_attempt_ms, facts.now_ms)}})};
  if (!facts.last_error.empty()) lines.push_back(Say("sync.line_error", {{"error", facts.last_error}}));
  if (facts.paused) {
    lines.push_back(Say("sync.line_paused"));
  } else if (facts.retry_ms > facts.now_ms) {
    lines.push_back(Say("sync.line_next", {{"count", (facts.retry_ms - facts.now_ms + 999) / 1000}}));
  }
  lines.push_back(Say("sync.line_outbox", {{"count", facts.outbox}}));
  lines.push_back(Say("sync.line_conflicts", {{"count", facts.conflicts}}));
  std::string detail;
  for (const std::string& line : lines) detail += line + "\n";
  return detail;
}

std::string PillWords(const SyncPill& pill, const SyncFacts& facts) {
  const bool fails = pill.level == SyncLevel::kFailing;
  if (pill.age == SyncLevel::kNever) return Say(fails ? "sync.never_fails" : "sync.never");
  const std::string age = SayAge(facts.now_ms - facts.last_success_ms);
  return Say(fails ? "sync.synced_fails" : "sync.synced", {{"age", age}});
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
  std::vector<std::string> words = {PillWords(pill, facts)};
  if (facts.paused) words.push_back(Say("sync.paused"));
  if (facts.outbox > 0) words.push_back(Say("sync.waiting", {{"count", facts.outbox}}));
  if (facts.conflicts > 0) words.push_back(Say("sync.conflicts", {{"count", facts.conflicts}}));
  pill.words = SayList(words, Joint::kComma);
  pill.detail = Detail(facts);
  return pill;
}

}  // namespace daftar
