// Looks for damage inside the file that no single read can see: rows that vanished, appeared or changed places.
//
// Beside its rows every table has a count of them and a digest (the sum of their tags), written in the same
// transaction. A check walks the table and compares.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/lmdb/lmdb.h"

namespace daftar::lmdb {

// What a walk through one table found.
struct TableCheck {
  std::string table;
  uint64_t rows_written = 0;  // by the count kept beside the rows
  uint64_t rows_found = 0;
  uint64_t damaged = 0;                   // values whose tag is wrong
  std::vector<std::string> damaged_keys;  // of them, the first few
  bool digest_equal = true;
  bool in_order = true;      // false: the walk stopped where a key did not come after the one before
  bool count_known = true;   // false: the count itself is damaged or missing
  std::string walk_stopped;  // not empty: why the walk could not reach the end

  bool healthy() const;
  // One sentence: "table id: 3 of 1200 rows have vanished", "table id: 1200 rows, as they were written".
  std::string InWords() const;
};

struct CheckOptions {
  // False: rows are counted and added up, values are not checked. Several times faster.
  bool verify_values = true;
  // Rows read in one transaction.
  uint64_t rows_per_step = 20'000;
  // How often the walk begins again because somebody wrote into the table.
  int restarts = 3;
  // Called after every step with the rows seen and the rows expected; false ends the check with Cancelled.
  std::function<bool(uint64_t, uint64_t)> progress;
};

// Walks the table in short read transactions. If the table is changed meanwhile the walk begins again; after the last
// restart it is done within one transaction, during which pages freed by writers are not reused and the file grows.
// Damage is not an error: it is what the report is for. Any thread.
StatusOr<TableCheck> CheckTable(const Environment& env, Table table, const CheckOptions& options = {});

// Whether the file can be written to where it is damaged: its pages hang together, so that LMDB neither ends this
// program nor writes over what is in use. DataLoss if not: it can be read, and nothing in it be repaired. Before a
// repair.
Status CheckPagesBeforeRepair(const Environment& env);

// Takes what the table holds now for the truth. For after a repair: putting a vanished row back counts it twice, and
// the tag of a damaged value can no longer be subtracted. One write transaction; time grows with the table.
Status RecountTable(Environment& env, Table table);

}  // namespace daftar::lmdb
