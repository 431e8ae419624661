// A server's log that a seeded stranger writes to, and what a replica would be sent of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/log/log_store.h"
#include "storage/view/lmdb_view.h"
#include "tests/temporary_folder.h"

namespace daftar::power {

// What brings a replica from one checkpoint to the next.
struct Batch {
  std::vector<v1::DeltaFrame> frames;
  v1::Checkpoint checkpoint;
};

// The same seed writes the same history. One thread.
class Authority {
 public:
  explicit Authority(uint64_t seed);

  // Some pushes: new sources, places, actors and incidents; edits of old ones, also of those that others rest on;
  // retirements. The batch from the state before it to the one after.
  Batch Write(int pushes);
  // The whole state for an empty replica.
  Batch Everything() const;
  // A frame that replaces these records.
  v1::DeltaFrame Repair(const std::vector<Rid>& rids) const;

  View& view() { return log_->view(); }
  v1::Checkpoint head() const;
  const Clock& clock() const { return clock_; }

 private:
  struct Known {
    Uuid id;
    Kind kind;
    std::shared_ptr<google::protobuf::Message> message;
  };

  v1::RecordEdit NewRecord();
  v1::RecordEdit EditOf(Known& known);
  Uuid Any(Kind kind);
  bool Have(Kind kind) const;
  std::string Words(size_t count);
  Batch Since(Revision revision) const;
  bool Chance(uint64_t in_hundred) { return random_.Below(100) < in_hundred; }

  TemporaryFolder folder_;
  FakeClock clock_{1'700'000'000'000};
  SeededRandom random_;
  std::unique_ptr<LogStore> log_;
  std::vector<Known> known_;
  uint64_t seq_ = 0, names_ = 0;
};

// Stages and applies a batch.
Status Follow(LmdbView& view, const Batch& batch);

// Everything that must hold in a store that is not being written to: every table has the rows that were written, every
// record adds up to the digest of the head, every text is indexed as its record stands. Ok, or what does not hold.
Status CheckStore(LmdbView& view);

}  // namespace daftar::power
