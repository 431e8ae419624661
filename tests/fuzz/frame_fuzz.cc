// A frame from the network: what decodes must encode again to the same changes, and take no more memory than it may.
#include "storage/view/change_columns.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const daftar::StatusOr<daftar::ChangeSet> set =
      daftar::DecodeChanges(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!set.ok()) return 0;
  const std::string again = daftar::EncodeChanges(*set);
  const daftar::StatusOr<daftar::ChangeSet> twice = daftar::DecodeChanges(again);
  DAFTAR_CHECK(twice.ok() && daftar::EncodeChanges(*twice) == again);
  return 0;
}
