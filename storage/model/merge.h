// The three-way merge of parts: what becomes of an edit that was made on an older state.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// A part that cannot be applied without losing what somebody else did.
struct ParkedEdit {
  v1::PartEdit edit;
  v1::Conflict::Cause::Code cause = v1::Conflict::Cause::UNSET;
  Revision in_the_way = 0;  // the newest revision that the editor has to have seen to decide
};

// What becomes of the edit of one record.
struct MergedEdit {
  std::vector<v1::PartEdit> apply;   // to be applied; parts that already hold the wanted value are left out
  std::vector<ParkedEdit> conflict;  // to be parked
  bool merged = false;               // others had changed this record since the base
};

// What the editor had seen.
struct SeenState {
  Revision base = 0;
  // Parts of which another revision was seen: those whose conflict the edit decides.
  std::map<PartId, Revision> parts = {};
  Revision Of(PartId part) const {
    const auto at = parts.find(part);
    return at == parts.end() ? base : at->second;
  }
};

// The rule, part by part: not changed since the base: apply. Same value already: nothing to do. Else: conflict.
// Retiring a record that was changed since the base is a conflict; so is any edit of a record retired since the base,
// unless it brings the record back. Added items have keys of their own and so never meet. What an earlier mutation of
// the same client did (`own`) is part of what the editor saw, and so never in the way.
StatusOr<MergedEdit> MergeEdit(const v1::StoredRecord& stored, std::span<const v1::PartEdit> edits,
                               const SeenState& seen, const std::function<StatusOr<bool>(Revision)>& own);

// The revision that last set or removed the part.
Revision PartRevisionOf(const v1::StoredRecord& stored, PartId part);

}  // namespace daftar
