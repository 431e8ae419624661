#include "storage/bundle/part.h"

#include "storage/base/bytes.h"
#include "storage/bundle/limits.h"

namespace daftar::bundle {
namespace {

constexpr size_t kSetSize = 16;

std::string Fields(const PartHeader& header) {
  std::string bytes(kPartMagic);
  bytes += header.set;
  PutU32(bytes, header.number);
  PutU32(bytes, header.parts);
  PutU64(bytes, header.offset);
  PutU64(bytes, header.size);
  return bytes;
}

}  // namespace

Hash256 PartHash(const PartHeader& header, const Hash256& piece) {
  return HashOf("daftar.bundle.part.v1", {Fields(header), AsBytes(piece)});
}

std::string EncodePartHeader(const PartHeader& header, const Hash256& piece) {
  const Hash256 hash = PartHash(header, piece);
  return Fields(header).append(AsBytes(hash));
}

StatusOr<PartHeader> DecodePartHeader(std::string_view bytes, std::string_view& hash) {
  PartHeader header;
  std::string_view magic, set;
  const bool whole = TakeBytes(bytes, kPartMagic.size(), magic) && TakeBytes(bytes, kSetSize, set) &&
                     TakeU32(bytes, header.number) && TakeU32(bytes, header.parts) && TakeU64(bytes, header.offset) &&
                     TakeU64(bytes, header.size) && TakeBytes(bytes, sizeof(Hash256), hash);
  if (!whole || magic != kPartMagic) return InvalidArgument("it is not a part of a bundle");
  if (header.number == 0 || header.number > header.parts || header.parts > kMostParts) {
    return DataLoss("it claims to be part " + std::to_string(header.number) + " of " + std::to_string(header.parts) +
                    "; it is damaged, copy it again");
  }
  header.set = set;
  return header;
}

std::string PartName(const std::string& path, uint32_t number) {
  std::string digits = std::to_string(number);
  return path + "." + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

}  // namespace daftar::bundle
