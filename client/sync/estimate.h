// What a sync would take, before anybody pays for it.
#pragma once

#include <optional>

#include "client/sync/link.h"
#include "client/sync/workstation.h"
#include "daftar/v1/frames.pb.h"
#include "storage/base/status.h"
#include "storage/view/scope.h"

namespace daftar {

struct EstimateOptions {
  int connect_timeout_ms = 8000;
  int silence_ms = 30000;  // for the answer
  // As if this were the scope that is wanted; absent: the one that is.
  std::optional<Scope> scope;
};

// Says hello as a session would, and asks for the estimate alone: nothing is pushed, received or changed but the
// traffic, to which the question and its answer are added. Budgets do not count. Unavailable without a server or an
// answer; FailedPrecondition if the server was restored or is another one, so that what a sync would take shows only
// when both are compared; Unimplemented if the server is too old to estimate.
StatusOr<v1::Estimate> AskEstimate(Workstation& station, Connector& connector, const EstimateOptions& options);

}  // namespace daftar
