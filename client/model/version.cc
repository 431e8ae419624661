#include "client/model/version.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "storage/model/parts.h"

namespace daftar {

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

StatusOr<std::string> BodyAtRevision(const ReadView& replica, const Uuid& id, Revision revision) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, replica.Head());
  const Revision newest = head.cursor().revision();
  if (revision == 0 || revision > newest) {
    return NotFound("this replica shows revisions 1 to " + std::to_string(newest) +
                    "; those of the record: daftarctl history");
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, replica.Get(id));
  if (!record) return NotFound("the server has not had this record yet, so it has no older version");
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, replica.History(id));
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record->message()));
  DAFTAR_ASSIGN_OR_RETURN(body, BodyAt(revision, std::move(body), steps));
  if (body.empty()) return NotFound("at revision " + std::to_string(revision) + " there was no such record");
  return body;
}

}  // namespace daftar
