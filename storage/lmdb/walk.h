// One walk through a table, comparing its rows with their tags, their order and the count kept beside them. Private to
// this folder.
#pragma once

#include <lmdb.h>

#include <cstdint>
#include <optional>
#include <string>

#include "storage/lmdb/check.h"
#include "storage/lmdb/tally.h"

namespace daftar::lmdb {

// Goes from the first key to the last, in as many transactions as its owner likes, as long as the table is the same in
// all of them.
class Walk {
 public:
  Walk(Table table, bool verify_values) : table_(table), verify_(verify_values) { check_.table = table.name; }

  // Reads up to `limit` rows behind those read before. False if there are no more, or the walk cannot go on.
  bool Step(MDB_txn* txn, uint64_t limit);
  uint64_t rows() const { return check_.rows_found; }
  // What was found, against what was written; nullopt: the count is missing or damaged.
  TableCheck Finished(const std::optional<Tally>& written) &&;

 private:
  bool Take(std::string_view key, std::string_view stored);
  bool Stop(int code);

  const Table table_;
  const bool verify_;
  TableCheck check_;
  std::string last_;
  uint64_t sum_ = 0;
};

}  // namespace daftar::lmdb
