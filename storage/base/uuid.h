// Record ids: UUID version 7 (RFC 9562), 16 bytes, ordered by the time they were made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/random.h"

namespace daftar {

// Sixteen bytes. The nil value, all zeros, means "no id".
class Uuid {
 public:
  static constexpr size_t kSize = 16;

  Uuid() : bytes_{} {}

  // A fresh UUIDv7 of that time.
  static Uuid Make(int64_t now_ms, Random& random);
  // Always the same one for the same name: the form of a UUIDv7 with a fixed early time, bits from a hash of the name.
  // For records that come with a key of their own, so that loading them twice gives the same record.
  static Uuid FromName(std::string_view name);
  // Sixteen raw bytes; nullopt for any other length.
  static std::optional<Uuid> FromBytes(std::string_view bytes);
  // "018f4d2e-…", with or without hyphens, any case; nullopt if it is not a whole UUID.
  static std::optional<Uuid> Parse(std::string_view text);

  bool is_nil() const { return *this == Uuid(); }
  std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), kSize}; }
  std::string str() const { return std::string(bytes()); }
  // Lower case with hyphens, 36 characters.
  std::string ToString() const;

  friend auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  std::array<uint8_t, kSize> bytes_;
};

// For hash maps.
struct UuidHash {
  size_t operator()(const Uuid& id) const { return std::hash<std::string_view>()(id.bytes()); }
};

}  // namespace daftar
