// Edits of the outbox that are held back: neither one that is held nor any that was made after it is sent, since the
// server takes edits in their order. What was sent before it was held is on its way all the same.
//
// A table of the user's own store: seq u64 → nothing.
#pragma once

#include <cstdint>
#include <set>

#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"

namespace daftar {

// Thread-safe. Every change is durable when its call returns. The environment outlives it.
class OutboxHolds {
 public:
  // `outbox`: seq u64 → OutboxEntry.
  OutboxHolds(lmdb::Environment& env, lmdb::Table table, lmdb::Table outbox)
      : env_(env), table_(table), outbox_(outbox) {}

  // Fine if it is held already. NotFound if nothing with that number waits.
  Status Hold(uint64_t seq);
  // NotFound if it is not held.
  Status Release(uint64_t seq);
  Status ReleaseAll();
  // The numbers that are held; one that does not wait any more may be among them, and holds nothing.
  StatusOr<std::set<uint64_t>> All() const;

 private:
  lmdb::Environment& env_;
  const lmdb::Table table_, outbox_;
};

}  // namespace daftar
