#include "storage/bundle/made.h"

#include "storage/base/files.h"

namespace daftar::bundle {

Status Step(const Steps& steps, uint64_t done, uint64_t total) {
  if (!steps || steps(done, total)) return OkStatus();
  return Cancelled("interrupted; nothing was changed");
}

StatusOr<Made> FinishBundle(BundleWriter& writer, const v1::BundleHeader& header, uint64_t count) {
  DAFTAR_RETURN_IF_ERROR(writer.Finish().status());
  Made made{.files = writer.files(), .count = count, .from = header.from_revision(), .to = header.to_revision()};
  for (const std::string& file : made.files) {
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t bytes, FileSize(file));
    made.bytes += bytes;
  }
  return made;
}

}  // namespace daftar::bundle
