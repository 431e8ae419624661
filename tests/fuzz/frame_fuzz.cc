// A frame from the network: what decodes must encode again to the same changes.
#include <zstd.h>

#include "storage/view/changes.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The fuzzer writes the body; compressing it here lets it reach what lies behind zstd.
  daftar::v1::DeltaFrame frame;
  frame.set_raw_size(static_cast<uint32_t>(size));
  std::string packed(ZSTD_compressBound(size), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), data, size, 1));
  frame.set_body(packed);
  daftar::StatusOr<daftar::ChangeSet> set = daftar::DecodeFrame(frame);
  if (!set.ok()) return 0;
  daftar::StatusOr<daftar::v1::DeltaFrame> again = daftar::EncodeFrame(*set);
  DAFTAR_CHECK(!again.ok() || daftar::DecodeFrame(*again)->changes.size() == set->changes.size());
  return 0;
}
