// A date as somebody typed it: what is understood must be written so that it is understood alike.
#include "storage/model/date.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  daftar::StatusOr<daftar::v1::FuzzyDate> date =
      daftar::ParseEdtf(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!date.ok()) return 0;
  daftar::StatusOr<daftar::v1::FuzzyDate> again = daftar::ParseEdtf(daftar::ToEdtf(*date));
  DAFTAR_CHECK(again.ok() && again->SerializeAsString() == date->SerializeAsString());
  DAFTAR_CHECK(!daftar::DateWords(*date).empty());
  return 0;
}
