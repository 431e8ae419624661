#include <iomanip>
#include <ostream>

#include "server/app/commands.h"
#include "server/app/sample.h"
#include "server/core/dataset.h"
#include "storage/model/kind.h"
#include "storage/view/tidier.h"

namespace daftar {
namespace {

Status InitWithSample(const std::string& folder, const Clock& clock, Random& random, std::ostream& out) {
  // Read first: a sample that is not valid leaves no dataset behind.
  DAFTAR_ASSIGN_OR_RETURN(const v1::Mutation sample, SampleMutation(clock));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset, Dataset::Create(folder, clock, random));
  DAFTAR_RETURN_IF_ERROR(CommitSample(dataset->log(), sample));
  DAFTAR_RETURN_IF_ERROR(TidyAll(dataset->log().view(), clock, nullptr));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, dataset->log().Head());
  out << "made a dataset in " << folder << " with the sample, at revision " << head.cursor().revision() << ":\n";
  for (const auto& [kind, count] : CountByKind(sample)) {
    out << std::setw(6) << count << ' ' << KindWord(kind) << '\n';
  }
  return OkStatus();
}

}  // namespace

Status Init(const std::string& folder, bool with_sample, const Clock& clock, Random& random, std::ostream& out) {
  if (with_sample) return InitWithSample(folder, clock, random, out);
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset, Dataset::Create(folder, clock, random));
  out << "made an empty dataset in " << folder << '\n';
  return OkStatus();
}

}  // namespace daftar
