// The body of a frame: changes as columns (columns.h), so that what many changes have in common is said once.
//
//   varint changes, then of all changes
//     form      0: a patch, the parts changed since the session's cursor; 1: a whole record
//     rid, revision (of the latest change), number of parts
//   of all whole records
//     kind, created (as revision - created); then their ids, 16 bytes each
//   of all parts, from change to change
//     tag       that of the part's first segment; of a part that was removed, its field's with wire type 7
//     age       revision of the change - revision of the part
//     size      of its wire form behind the first tag; 0 if it was removed
//   of all parts removed from a collection: key. The key of an item that is there stands in its wire form.
//   the wire forms behind their first tags
//   commits (commit_columns.h), told from the revision of the last change
#pragma once

#include <string>
#include <string_view>

#include "storage/view/changes.h"

namespace daftar {

std::string EncodeChanges(const ChangeSet& set);
// Foreign bytes: bounded by kMaxChangesPerFrame and kMaxPartsPerFrame; InvalidArgument says what is wrong.
StatusOr<ChangeSet> DecodeChanges(std::string_view body);

}  // namespace daftar
