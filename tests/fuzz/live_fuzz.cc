// Which records exist, as a frame says it: what is understood is in order and can be said again.
#include <vector>

#include "storage/view/live.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr daftar::Rid kLooked = 5000;
  daftar::v1::LiveRecords message;
  if (!message.ParseFromArray(data, static_cast<int>(size))) return 0;
  daftar::StatusOr<daftar::LiveSet> set = daftar::LiveSet::From(message);
  if (!set.ok()) return 0;
  std::vector<daftar::Rid> there;
  for (daftar::Rid rid = 0; rid < kLooked; ++rid) {
    if (set->Has(rid)) there.push_back(rid);
  }
  const daftar::StatusOr<daftar::v1::LiveRecords> again = daftar::EncodeLive(there);
  DAFTAR_CHECK(again.ok());
  daftar::StatusOr<daftar::LiveSet> twice = daftar::LiveSet::From(*again);
  DAFTAR_CHECK(twice.ok());
  size_t next = 0;
  for (daftar::Rid rid = 0; rid < kLooked; ++rid) {
    const bool expected = next < there.size() && there[next] == rid;
    DAFTAR_CHECK(twice->Has(rid) == expected);
    next += expected;
  }
  return 0;
}
