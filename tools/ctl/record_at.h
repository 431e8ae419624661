// A record as it was at a revision, from what this replica knows of its changes.
#pragma once

#include <string>
#include <vector>

#include "storage/base/status.h"
#include "storage/view/read_view.h"

namespace daftar::ctl {

// The step is newer than the revision.
inline bool IsAfter(const HistoryStep& step, Revision revision) { return step.commit.revision() > revision; }

// The body as it was at that revision, empty before the record was made. `body`: as it is now; `steps`: newest first.
// FailedPrecondition if this replica came later than that.
StatusOr<std::string> BodyAt(Revision revision, std::string body, const std::vector<HistoryStep>& steps);

}  // namespace daftar::ctl
