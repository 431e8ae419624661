// Any bytes as a row of the text index: refused, or what they say is written and read again as the same.
#include "storage/search/row.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daftar::search;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto head = DecodeRow(bytes);
  const auto row = DecodeWholeRow(bytes);
  if (!row.ok()) return 0;
  DAFTAR_CHECK(head.ok() && head->id == row->id && head->kind == row->kind && head->title == row->title);
  const std::string written = EncodeRow(*row);
  const auto again = DecodeWholeRow(written);
  DAFTAR_CHECK(again.ok() && EncodeRow(*again) == written);
  return 0;
}
