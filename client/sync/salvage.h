// What a replica holds and its server has lost: edits that were accepted once, before the server was restored from a
// backup. They become drafts, for a person to send again or to discard.
#pragma once

#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/view/changes.h"

namespace daftar {

// `mine` and `theirs`: the records that differ, whole, by rid; a rid that only `mine` has is gone on the server. A part
// is lost where the server has another value of it that it accepted earlier, or never had it. A draft for each commit
// that is lost, oldest first, under its author's name; without number and client.
std::vector<v1::Draft> LostEdits(const ChangeSet& mine, const ChangeSet& theirs);

}  // namespace daftar
