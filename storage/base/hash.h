// Hashes: BLAKE2b by libsodium, always under a domain name, so that two uses never meet.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace daftar {

using Hash256 = std::array<uint8_t, 32>;

// BLAKE2b-256 over the domain and the length-prefixed pieces.
Hash256 HashOf(std::string_view domain, std::initializer_list<std::string_view> pieces);

// The first 8 bytes of HashOf, for checksums and content keys.
uint64_t Hash64(std::string_view domain, std::initializer_list<std::string_view> pieces);

inline std::string_view AsBytes(const Hash256& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}
// The first 32 bytes of `bytes`, zero-padded.
Hash256 ToHash256(std::string_view bytes);

}  // namespace daftar
