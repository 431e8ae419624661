// Edits taken back: what they changed, part by part, is put as it was before, where nobody has changed it since. An
// edit that has gone out is taken back by another one, and both stay in the history.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "client/sync/workstation.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/record.h"

namespace daftar {
class ReadView;
}  // namespace daftar

namespace daftar::forms {

// A part of a record as an edit found it and made it.
struct ChangedPart {
  Uuid record;
  Kind kind = v1::RecordKind::UNSET;
  PartId part;
  std::string before, after;  // wire forms; empty: absent
};

// What the edits of a mutation change of what is readable in the view.
StatusOr<std::vector<ChangedPart>> ChangedBy(const ReadView& view, const v1::Mutation& mutation);

// The edits that put the parts as they were. REQUIRES: those of one record stand together.
struct TakingBack {
  std::vector<Edit> edits;
  struct Left {  // what is not any more as the edit made it, and stays
    Uuid record;
    PartId part;        // {0, 0}: the record is not here any more
    std::string title;  // "sample:I01"
    Kind kind = v1::RecordKind::UNSET;
  };
  std::vector<Left> left;
};
StatusOr<TakingBack> TakeBack(const ReadView& view, std::span<const ChangedPart> parts);

}  // namespace daftar::forms
