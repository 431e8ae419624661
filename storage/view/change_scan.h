// What a session sends: the changes since a revision, and whole records, as far as a scope holds them.
//
// Nothing is remembered of a client. What it holds follows from its revision and its scope: for a record that changed
// since, the history tells what the record was then and in between, and so whether a patch meets it or it has to be
// sent whole.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "storage/lmdb/lmdb.h"
#include "storage/view/cached_records.h"
#include "storage/view/commit_collector.h"
#include "storage/view/record_table.h"
#include "storage/view/scope.h"
#include "storage/view/view.h"

namespace daftar {

// How much of a record a scope holds of what a view has of it.
StatusOr<Hold> HeldNow(const v1::StoredRecord& stored, const Scope& scope, const RecordLookup& lookup);
// Whether it is a place, and what lies in it may lie elsewhere since that revision.
bool MovedSince(const v1::StoredRecord& stored, Revision since);

// For one state of a view. Dies before the transaction.
class ChangeScan {
 public:
  ChangeScan(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn)
      : env_(env), records_(records), txn_(txn), near_(env, records, txn), lookup_(near_.Lookup()) {}

  // As View::ChangesAfter; the head's digest and count are those of everything.
  StatusOr<ChangeBatch> After(const v1::Position& from, Revision since, size_t max_bytes, const Slice& slice);
  // As View::WholeRecords.
  StatusOr<WholeBatch> Whole(std::span<const Rid> rids, size_t max_bytes, const Scope& scope);
  // The records that lie in one of those places.
  StatusOr<std::vector<Rid>> LyingIn(std::span<const Rid> places);

 private:
  // The places that moved, of those that have not been seen.
  StatusOr<std::vector<Rid>> MovedPlaces(Revision since, const Slice& slice);
  Status AddRow(Rid rid, bool ended, Revision since, const Slice& slice, ChangeBatch& batch);
  // Whether a client that was at `since` holds just as much of it, whatever part of the changes since it was sent.
  StatusOr<bool> WasHeldAlike(Rid rid, const v1::StoredRecord& stored, Revision since, const Slice& slice, Hold now);
  StatusOr<bool> LiesIn(std::string place, const std::set<std::string>& places);

  const lmdb::Environment& env_;
  const RecordTable& records_;
  const lmdb::ReadTxn& txn_;
  CachedRecords near_;
  RecordLookup lookup_;
};

}  // namespace daftar
