// Does to a record what a page wishes, through the outbox like every edit, and takes it back. One thread.
#pragma once

#include <string>
#include <vector>

#include "client/forms/record_action.h"
#include "client/forms/taking_back.h"
#include "client/sync/workstation.h"
#include "storage/base/status.h"

namespace daftar::forms {

// What was done, so that it can be taken back.
struct ActionDone {
  uint64_t queued = 0;  // the number in the outbox
  std::string reason;
  std::vector<ChangedPart> changed;
  bool bulk = false;  // it was a bulk edit, the last one: its parts are remembered (bulk_memory.h)
};
// Queues it: durable when this returns. FailedPrecondition where others changed the same since and `over_newer` is not
// said, or where nothing changes; NotFound, InvalidArgument with words for whoever wished it.
StatusOr<ActionDone> Act(Workstation& station, const RecordAction& action);
// Takes it back. FailedPrecondition where nothing is left to be taken back, since others changed all of it.
StatusOr<ActionDone> TakeBackAction(Workstation& station, const ActionDone& done);

}  // namespace daftar::forms
