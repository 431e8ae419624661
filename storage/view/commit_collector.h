// The commits that changes name, so that a replica can say who made them.
#pragma once

#include <set>

#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/view/changes.h"

namespace daftar {

// For the frames of one batch.
class CommitCollector {
 public:
  CommitCollector(const lmdb::Environment& env, const lmdb::ReadTxn& txn) : env_(env), txn_(txn) {}

  // Adds the commits that the last change of the set names and the set does not have yet, newest first, while they fit
  // beside the records: a record that very many people touched loses the names of the oldest, and nothing else.
  Status AddFor(ChangeSet& set);
  // Adds one.
  Status Add(Revision revision, ChangeSet& set);

 private:
  const lmdb::Environment& env_;
  const lmdb::ReadTxn& txn_;
  std::set<Revision> known_;
  size_t bytes_ = 0;
};

}  // namespace daftar
