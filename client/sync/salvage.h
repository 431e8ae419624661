// What a replica holds and its server has lost: edits that were accepted once, before the server was restored from a
// backup. They become drafts, for a person to send again or to discard.
#pragma once

#include <utility>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/view/changes.h"

namespace daftar {

// A draft for each commit of which parts are not what the server has, oldest first, under its author's name; without
// number and client.
struct LostEdits {
  // The server has another value that it accepted earlier, or never had the part.
  std::vector<v1::Draft> lost;
  // The server has another value that it accepted later, and the revision of ours. That overwrote it, if its author had
  // seen ours; an edit that was sent again after the restore is accepted later, too, whenever it was made.
  std::vector<std::pair<Revision, v1::Draft>> overtaken;
};

// `mine` and `theirs`: the records that differ, whole, by rid; a rid that only `mine` has is gone on the server.
LostEdits FindLostEdits(const ChangeSet& mine, const ChangeSet& theirs);

}  // namespace daftar
