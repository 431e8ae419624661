#include "client/app/bench/typing_stages.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "client/app/bench/stopwatch.h"
#include "client/model/address.h"

namespace daftar::app {
namespace {

constexpr size_t kSlowest = 10;

bool IsSearchFor(const ReadTimes& read, const std::string& query) {
  const std::optional<Address> address = ParseAddress(read.address);
  return address && address->word == "search" && address->Param("facets") == "no" && address->Param("q") == query;
}

std::string Rounded(double ms) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f", ms);
  return text;
}

}  // namespace

void TypingStages::AddReads(const std::vector<ReadTimes>& reads) {
  reads_.insert(reads_.end(), reads.begin(), reads.end());
}

void TypingStages::AddKey(const KeyTimes& times) {
  const auto read = std::find_if(reads_.rbegin(), reads_.rend(),
                                 [&](const ReadTimes& each) { return IsSearchFor(each, times.answered); });
  if (read == reads_.rend()) return;  // nothing was asked of the worker
  Key key{.typed = times.typed, .answered = times.answered, .stopped = {}};
  key.whole = Ms(times.shown - times.due);
  key.busy = Ms(times.pressed - times.due);
  key.waited = Ms(read->begun_ns - times.pressed);
  key.read = Ms(read->ended_ns - read->begun_ns);
  key.cpu = Ms(read->cpu_ns);
  key.shown = Ms(times.shown - read->ended_ns);
  if (const auto before = std::next(read); before != reads_.rend() && before->ended_ns > times.pressed)
    key.stopped = before->address;
  keys_.push_back(std::move(key));
}

void TypingStages::Tell(Report& report) const {
  const auto add = [&](const char* what, double Key::*figure) {
    Samples samples;
    for (const Key& key : keys_) samples.Add(key.*figure);
    if (samples.size() > 0) report.Add(SpreadRow(what, "ms", samples));
  };
  add("  of that: due, and a frame still being drawn", &Key::busy);
  add("  until its search began", &Key::waited);
  add("  the search", &Key::read);
  add("    its processor time", &Key::cpu);
  add("  until a frame with it was shown", &Key::shown);
  std::vector<Key> slowest = keys_;
  std::stable_sort(slowest.begin(), slowest.end(), [](const Key& a, const Key& b) { return a.whole > b.whole; });
  if (slowest.size() > kSlowest) slowest.resize(kSlowest);
  if (!slowest.empty())
    report.Remark("slowest keys, ms: in all = frame before + until its search + search + until shown");
  for (const Key& key : slowest) {
    std::string words = "  \"" + key.typed + "\": " + Rounded(key.whole) + " = " + Rounded(key.busy) + " + " +
                        Rounded(key.waited) + " + " + Rounded(key.read) + " (processor " + Rounded(key.cpu) + ") + " +
                        Rounded(key.shown);
    if (key.answered != key.typed) words += ", with \"" + key.answered + "\"";
    if (!key.stopped.empty()) words += ", behind " + key.stopped;
    report.Remark(std::move(words));
  }
}

}  // namespace daftar::app
