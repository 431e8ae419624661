// A record as it was at revisions that this replica shows: what it is now, with its newer steps taken back. Pure but
// for BodyAtRevision, which reads; any thread that may use the view.
#pragma once

#include <string>
#include <vector>

#include "storage/base/status.h"
#include "storage/view/read_view.h"

namespace daftar {

// The step is newer than the revision.
inline bool IsAfter(const HistoryStep& step, Revision revision) { return step.commit.revision() > revision; }

// The body as it was at that revision, empty before the record was made. `body`: as it is now; `steps`: newest first.
// FailedPrecondition if this replica came later than that.
StatusOr<std::string> BodyAt(Revision revision, std::string body, const std::vector<HistoryStep>& steps);

// The same of a record of a replica, without the outbox over it. NotFound if the replica does not show that revision,
// has not had the record from the server, or the record was not there yet.
StatusOr<std::string> BodyAtRevision(const ReadView& replica, const Uuid& id, Revision revision);

}  // namespace daftar
