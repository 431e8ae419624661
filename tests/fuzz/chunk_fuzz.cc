// A chunk from a server or a stick. The first byte of the input chooses what the rest is:
//   0   the chunk as it travels, under its own hash
//   1   its inside, which the target compresses
// Whatever is handed out is within the limits and can be packed again.
#include <zstd.h>

#include "storage/view/chunk.h"

namespace daftar {
namespace {

void Check(std::string_view bytes, uint32_t raw_size) {
  v1::SnapshotChunk entry;
  entry.set_hash(ChunkHash(bytes));
  entry.set_first_rid(1);
  entry.set_last_rid(kRidsPerCell - 1);
  entry.set_packed_size(static_cast<uint32_t>(bytes.size()));
  entry.set_raw_size(raw_size);
  for (uint32_t records = 0; records < 4; ++records) {
    entry.set_records(records);
    const StatusOr<ChunkContent> content = UnpackChunk(entry, bytes);
    if (!content.ok()) {
      DAFTAR_CHECK(content.status().code() == StatusCode::kInvalidArgument && !content.status().message().empty());
      continue;
    }
    DAFTAR_CHECK(content->records.size() == records);
    const StatusOr<PackedChunk> again = PackChunk(*content, 1, kRidsPerCell - 1, 1);
    DAFTAR_CHECK(again.ok() && UnpackChunk(again->entry, again->bytes).ok());
  }
}

}  // namespace
}  // namespace daftar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 5) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 0) {
    const uint32_t raw_size = static_cast<uint8_t>(rest[0]) << 16 | static_cast<uint8_t>(rest[1]) << 8;
    daftar::Check(rest.substr(2), raw_size);
    return 0;
  }
  std::string packed(ZSTD_compressBound(rest.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), rest.data(), rest.size(), 1));
  daftar::Check(packed, static_cast<uint32_t>(rest.size()));
  return 0;
}
