// How far back two histories are one. After a server was restored from a backup, what a replica holds is known to it up
// to there and lost above. Histories part once and never meet again, so a shared commit tells of all below it.
#pragma once

#include "daftar/v1/frames.pb.h"
#include "storage/base/status.h"
#include "storage/view/read_view.h"

namespace daftar {

// The commits of a view at and below `head`: each of the newest 64, then ever further apart, by a sixteenth of the way
// from the head, so that a few hundred reach the beginning of any history. Those that the view has no more are left
// out.
StatusOr<v1::CommitTrail> TrailOf(const ReadView& view, Revision head);

// The newest revision of the trail at which `mine` has the same commit; 0 if there is none. What was shared and lies
// above it, less than a sixteenth of the way, cannot be told from what was not. InvalidArgument for what is no trail.
StatusOr<Revision> LastShared(const ReadView& mine, Revision head, const v1::CommitTrail& trail);

}  // namespace daftar
