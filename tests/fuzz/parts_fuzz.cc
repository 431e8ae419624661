// A record's body from anywhere: what splits must join to a body that splits into the same parts.
#include "storage/model/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view body(reinterpret_cast<const char*>(data), size);
  daftar::StatusOr<std::vector<daftar::Part>> parts = daftar::SplitParts(body);
  if (!parts.ok()) return 0;
  std::string joined = daftar::JoinParts(*parts);
  daftar::StatusOr<std::vector<daftar::Part>> again = daftar::SplitParts(joined);
  DAFTAR_CHECK(again.ok() && daftar::JoinParts(*again) == joined);
  for (const daftar::Part& part : *parts) DAFTAR_CHECK(daftar::CheckPartValue(part.id, part.bytes).ok());
  return 0;
}
