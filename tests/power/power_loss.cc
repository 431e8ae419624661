#include "tests/power/power_loss.h"

#include <algorithm>

namespace daftar::power {

PowerLoss::PowerLoss(const std::vector<Event>& events, size_t files, const Lies& lies)
    : events_(events), lies_(lies), durable_(files), pending_(files) {}

void PowerLoss::Put(std::string& file, const Event& write) {
  if (file.size() < write.offset + write.bytes.size()) file.resize(write.offset + write.bytes.size());
  file.replace(write.offset, write.bytes.size(), write.bytes);
}

void PowerLoss::Finish(const Event& event) {
  const auto file = static_cast<size_t>(event.file);
  switch (event.kind) {
    case Event::kMark:
      return;
    case Event::kFlush:
      if (lies_.flushes_do_nothing) return;
      for (const Event* write : pending_[file]) Put(durable_[file], *write);
      pending_[file].clear();
      return;
    case Event::kDurableWrite:
      if (!lies_.flushes_do_nothing) return Put(durable_[file], event);
      [[fallthrough]];
    case Event::kWrite:
      pending_[file].push_back(&event);
  }
}

Ruins PowerLoss::At(size_t at, Random& random) {
  for (; next_ < at; ++next_) Finish(events_[next_]);
  Ruins ruins;
  ruins.files = durable_;
  for (size_t i = std::min(events_.size(), at + lies_.promises_come_early); i > 0; --i) {
    const Event& event = events_[i - 1];
    if (event.kind == Event::kMark) ruins.promised.try_emplace(event.file, event.value);
  }
  // A machine that keeps much back, or little.
  const uint64_t kept = random.Below(101), torn = random.Below(30);
  for (size_t file = 0; file < durable_.size(); ++file) {
    std::vector<const Event*> writes = pending_[file];
    const Event& under_way = events_[at];
    const bool writing = under_way.kind == Event::kWrite || under_way.kind == Event::kDurableWrite;
    if (writing && static_cast<size_t>(under_way.file) == file) writes.push_back(&under_way);
    std::shuffle(writes.begin(), writes.end(), std::mt19937_64(random.Next()));
    ruins.pending += writes.size();
    for (const Event* write : writes) {
      if (random.Below(100) >= kept) {
        ++ruins.lost;
      } else if (random.Below(100) >= torn) {
        Put(ruins.files[file], *write);
      } else {
        ++ruins.torn;
        for (size_t from = 0; from < write->bytes.size(); from += kSector) {
          if (random.Below(2) == 0) continue;
          Put(ruins.files[file],
              {Event::kWrite, write->file, write->offset + from, write->bytes.substr(from, kSector), 0});
        }
      }
    }
  }
  return ruins;
}

}  // namespace daftar::power
