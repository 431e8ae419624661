// Table `record` with what reads and writes its rows: everything that touches a record goes through here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/record.h"
#include "storage/view/record_codec.h"

namespace daftar {

// One for each open environment. Thread-safe. Dies before the environment, after all transactions that it was given.
class RecordTable {
 public:
  explicit RecordTable(lmdb::Environment& env);

  // Reads the dictionaries. Call once, before anything else. A dictionary of which both copies are damaged is left out:
  // its records are then damaged, as any other, and fetched again.
  Status LoadDictionaries();

  // nullopt if there is none; DataLoss if it is damaged.
  StatusOr<std::optional<v1::StoredRecord>> Load(const lmdb::ReadTxn& txn, Rid rid) const;
  // The same, parsed at once: for those who read and do not write.
  StatusOr<std::optional<Record>> LoadRecord(const lmdb::ReadTxn& txn, Rid rid) const;
  // The record of a row that a cursor found.
  StatusOr<v1::StoredRecord> Decode(std::string_view row) const;
  // The row of a record, for kRecord.
  std::string Encode(const v1::StoredRecord& record) const;

  // Whether rows of that kind are compressed.
  bool Packs(Kind kind) const { return codec_.Packs(kind); }
  // Keeps a dictionary, in two copies and a transaction of its own, and compresses records of that kind with it from
  // then on. `repack`: the rows that are there shall be written anew too, by TidyRecords. ResourceExhausted if there
  // are too many dictionaries already. Not while a write transaction of this thread is open.
  Status AddDictionary(Kind kind, std::string_view dictionary, bool repack);

 private:
  lmdb::Environment& env_;
  const lmdb::Table table_;
  RecordCodec codec_;
};

}  // namespace daftar
