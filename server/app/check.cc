#include <ostream>

#include "server/app/commands.h"
#include "server/core/dataset.h"
#include "storage/base/bytes.h"

namespace daftar {
namespace {

void Tell(const v1::Checkpoint& head, const VerifyReport& report, std::ostream& out) {
  out << "revision " << head.cursor().revision() << '\n'
      << "digest   " << ToHex(head.digest()) << '\n'
      << "records  " << head.records() << '\n'
      << "checked  " << report.checked << '\n';
  for (const VerifyReport::Damage& damage : report.records) {
    out << "damaged  record " << damage.id.ToString() << " (" << damage.rid << "): " << damage.what << '\n';
  }
  for (const std::string& table : report.tables) out << "damaged  index " << table << '\n';
  if (!report.digest_holds) out << "damaged  the records do not add up to the digest\n";
}

}  // namespace

Status Check(const std::string& folder, const Clock& clock, std::ostream& out) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset, Dataset::Open(folder, clock, kProgramSafety));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, dataset->log().Head());
  DAFTAR_ASSIGN_OR_RETURN(const VerifyReport report,
                          dataset->log().view().Verify([](uint64_t, uint64_t) { return true; }));
  Tell(head, report, out);
  if (report.healthy()) return OkStatus();
  return DataLoss("the dataset in " + folder +
                  " is damaged; what is listed above cannot be trusted. Stop serving it and restore a backup");
}

}  // namespace daftar
