// The judgement of one mutation against the dataset as it stands: what it would change, park or be refused for. Reads
// only.
#pragma once

#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/lmdb/lmdb.h"
#include "storage/view/changes.h"
#include "storage/view/record_table.h"

namespace daftar {

// What a mutation comes to.
struct Verdict {
  v1::PushResult::Outcome::Code outcome = v1::PushResult::Outcome::UNSET;
  std::vector<RecordChange> changes;    // to be applied under the next revision, which they already name
  std::vector<v1::RecordEdit> edits;    // the same, for the log
  std::vector<v1::Conflict> conflicts;  // to be parked, each with its name
  std::vector<v1::Conflict> settled;    // parked ones to be removed
  std::vector<v1::FieldError> errors;   // INVALID: why
  uint32_t next_rid = 0;                // after giving rids to new records
};

// Most records that one mutation may edit.
inline constexpr int kMaxEditsPerMutation = 10'000;
// Most conflicts that one mutation may decide.
inline constexpr int kMaxSettledPerMutation = 1000;

// The key of the table `conflict`.
std::string ConflictKey(const v1::ConflictId& id);

// `env`, `records` and `txn` hold the state; `revision` is the one that the mutation would get, `next_rid` the next
// free rid.
StatusOr<Verdict> JudgeMutation(const lmdb::Environment& env, const RecordTable& records, const lmdb::ReadTxn& txn,
                                const v1::Mutation& mutation, Revision revision, uint32_t next_rid);

}  // namespace daftar
