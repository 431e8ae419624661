#include "storage/base/uuid.h"

#include <cstring>

#include "storage/base/bytes.h"
#include "storage/base/hash.h"

namespace daftar {
namespace {

// Writes time, version and variant over random or hashed bytes.
void Stamp(std::array<uint8_t, Uuid::kSize>& bytes, uint64_t ms) {
  for (int i = 0; i < 6; ++i) bytes[i] = static_cast<uint8_t>(ms >> (40 - 8 * i));
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
}

}  // namespace

Uuid Uuid::Make(int64_t now_ms, Random& random) {
  Uuid id;
  uint64_t high = random.Next(), low = random.Next();
  std::memcpy(id.bytes_.data(), &high, 8);
  std::memcpy(id.bytes_.data() + 8, &low, 8);
  Stamp(id.bytes_, static_cast<uint64_t>(now_ms));
  return id;
}

Uuid Uuid::FromName(std::string_view name) {
  Uuid id;
  Hash256 hash = HashOf("daftar.name.v1", {name});
  std::memcpy(id.bytes_.data(), hash.data(), kSize);
  Stamp(id.bytes_, 0);
  return id;
}

std::optional<Uuid> Uuid::FromBytes(std::string_view bytes) {
  if (bytes.size() != kSize) return std::nullopt;
  Uuid id;
  std::memcpy(id.bytes_.data(), bytes.data(), kSize);
  return id;
}

std::optional<Uuid> Uuid::Parse(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c != '-') digits += c;
  }
  std::optional<std::string> bytes = FromHex(digits);
  return bytes ? FromBytes(*bytes) : std::nullopt;
}

std::string Uuid::ToString() const {
  std::string hex = ToHex(bytes());
  for (size_t at : {8, 13, 18, 23}) hex.insert(at, 1, '-');
  return hex;
}

}  // namespace daftar
