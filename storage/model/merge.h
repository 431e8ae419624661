// The three-way merge of parts: what becomes of an edit that was made on an older state.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// What becomes of the edit of one record.
struct MergedEdit {
  std::vector<v1::PartEdit> apply;     // to be applied; parts that already hold the wanted value are left out
  std::vector<v1::PartEdit> conflict;  // to be parked
  bool merged = false;                 // others had changed this record since the base
};

// The rule, part by part: not changed since the base: apply. Same value already: nothing to do. Else: conflict.
// Retiring a record that was changed since the base is a conflict; so is any edit of a record retired since the base,
// unless it brings the record back. Added items have keys of their own and so never meet. What an earlier mutation of
// the same client did (`own`) is part of what the editor saw, and so never in the way.
StatusOr<MergedEdit> MergeEdit(const v1::StoredRecord& stored, std::span<const v1::PartEdit> edits, Revision base,
                               const std::function<StatusOr<bool>(Revision)>& own);

// The revision that last set or removed the part.
Revision PartRevisionOf(const v1::StoredRecord& stored, PartId part);

}  // namespace daftar
