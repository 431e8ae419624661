// The digests of what scopes hold: kept in memory and brought up to date by what changed, since nothing of a scope is
// stored. Two bytes a record and scope; the first time reads all records, which takes about a second for a hundred
// thousand.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/lmdb/lmdb.h"
#include "storage/model/digest.h"
#include "storage/view/record_table.h"
#include "storage/view/scope.h"

namespace daftar {

// The sum that a record adds where a scope holds it; a zero sum where it does not.
StatusOr<Digest> HeldDigest(const v1::StoredRecord& stored, const Scope& scope, const RecordLookup& lookup);

// One scope's. Thread-safe; those who ask wait for each other.
class ScopeSums {
 public:
  explicit ScopeSums(Scope scope) : scope_(std::move(scope)) {}
  const Scope& scope() const { return scope_; }

  struct State {
    Digest sum;
    uint64_t records = 0;
  };
  // Of the state of the transaction; nullopt where a newer one has been asked for already.
  StatusOr<std::optional<State>> At(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn)
      DAFTAR_EXCLUDES(mutex_);

 private:
  struct Group {
    Digest sum;
    uint32_t records = 0;
  };
  Status CountAgain(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn,
                    const std::vector<uint32_t>& groups) DAFTAR_REQUIRES(mutex_);
  Status CountAll(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn)
      DAFTAR_REQUIRES(mutex_);

  const Scope scope_;
  Mutex mutex_;
  bool counted_ DAFTAR_GUARDED_BY(mutex_) = false;
  uint64_t revision_ DAFTAR_GUARDED_BY(mutex_) = 0;
  std::vector<Group> groups_ DAFTAR_GUARDED_BY(mutex_);  // by rid / 64
  State state_ DAFTAR_GUARDED_BY(mutex_);
};

// Those that were asked for last. Thread-safe.
class ScopeSumsCache {
 public:
  std::shared_ptr<ScopeSums> For(const Scope& scope) DAFTAR_EXCLUDES(mutex_);

 private:
  static constexpr size_t kMost = 16;
  Mutex mutex_;
  std::list<std::shared_ptr<ScopeSums>> recent_ DAFTAR_GUARDED_BY(mutex_);
};

}  // namespace daftar
