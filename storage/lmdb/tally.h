// How many rows each table holds and what they add up to, kept in the same transaction as the rows themselves: rows
// that vanish through damage inside the file leave no other trace. Private to this folder.
//
// The environment has one table of its own beside the caller's, "rows":
//   "table/NAME" → rows u64, sum of the rows' tags modulo 2^64 (u64), transaction that changed the table last (u64)
//   "last"       → transaction that wrote last (u64): another number in the file means that a program wrote which does
//                  not keep these numbers, so they are counted anew
#pragma once

#include <lmdb.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/lmdb/lmdb.h"

namespace daftar::lmdb {

inline constexpr const char* kTallyTable = "rows";

struct Tally {
  uint64_t rows = 0;
  uint64_t sum = 0;
  uint64_t changed = 0;
  bool operator==(const Tally&) const = default;
};

// Reads and writes the tallies inside one transaction, which must outlive it.
class Tallies {
 public:
  Tallies(MDB_txn* txn, Table tallies) : txn_(txn), tallies_(tallies) {}

  // nullopt if there is none; DataLoss if it is damaged.
  StatusOr<std::optional<Tally>> Load(Table table) const;
  Status Store(Table table, const Tally& tally);
  // Counts the table as the transaction sees it, without checking a tag.
  StatusOr<Tally> Count(Table table) const;

  // The transaction noted last; nullopt if none is or the note is damaged.
  std::optional<uint64_t> LastWriter() const;
  Status StoreLastWriter();

 private:
  StatusOr<std::optional<std::string_view>> Get(std::string_view key) const;
  Status Put(std::string_view key, std::string_view value);

  MDB_txn* const txn_;
  const Table tallies_;
};

}  // namespace daftar::lmdb
