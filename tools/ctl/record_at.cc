#include "tools/ctl/record_at.h"

#include <algorithm>

#include "storage/model/parts.h"

namespace daftar::ctl {

StatusOr<std::string> BodyAt(Revision revision, std::string body, const std::vector<HistoryStep>& steps) {
  const bool made_later = std::any_of(steps.begin(), steps.end(), [revision](const HistoryStep& step) {
    return step.created && IsAfter(step, revision);
  });
  if (made_later) return std::string();
  for (const HistoryStep& step : steps) {
    if (!IsAfter(step, revision)) break;
    if (!step.before_known) {
      return FailedPrecondition("what the record was at revision " + std::to_string(revision) +
                                " is not known here: this replica came later, and knows of the change at revision " +
                                std::to_string(step.commit.revision()) +
                                " only what came out of it. Nothing is damaged. See: daftarctl history");
    }
    DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, step.before));
  }
  return body;
}

}  // namespace daftar::ctl
