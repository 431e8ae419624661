// Records that documents of the text index rest on, each read once. For the time of one transaction.
#pragma once

#include <map>
#include <optional>

#include "storage/lmdb/lmdb.h"
#include "storage/model/compare.h"
#include "storage/model/record.h"
#include "storage/view/record_table.h"

namespace daftar {

class CachedRecords {
 public:
  // All must outlive it.
  CachedRecords(const lmdb::Environment& env, const RecordTable& table, const lmdb::ReadTxn& txn)
      : env_(env), table_(table), txn_(txn) {}

  // A record that is damaged, or that vanished, counts as absent: it is fetched again, and then what rests on it is
  // indexed anew.
  RecordLookup Lookup() {
    return [this](const Uuid& id) { return Find(id); };
  }
  // Whether a record was asked for since the last call that is there and cannot be read.
  bool TakeMetDamage();

 private:
  struct Known {
    std::optional<Record> record;
    bool damaged = false;
  };
  StatusOr<std::optional<Record>> Find(const Uuid& id);
  StatusOr<Known> Load(const Uuid& id) const;

  const lmdb::Environment& env_;
  const RecordTable& table_;
  const lmdb::ReadTxn& txn_;
  std::map<Uuid, Known> known_;
  bool met_damage_ = false;
};

}  // namespace daftar
