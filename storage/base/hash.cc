#include "storage/base/hash.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "storage/base/bytes.h"
#include "storage/base/sodium.h"

namespace daftar {

Hash256 HashOf(std::string_view domain, std::initializer_list<std::string_view> pieces) {
  PrepareSodium();
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, 32);
  auto add = [&state](std::string_view piece) {
    std::string length;
    PutU64(length, piece.size());
    crypto_generichash_update(&state, reinterpret_cast<const uint8_t*>(length.data()), length.size());
    crypto_generichash_update(&state, reinterpret_cast<const uint8_t*>(piece.data()), piece.size());
  };
  add(domain);
  for (std::string_view piece : pieces) add(piece);
  Hash256 hash;
  crypto_generichash_final(&state, hash.data(), hash.size());
  return hash;
}

uint64_t Hash64(std::string_view domain, std::initializer_list<std::string_view> pieces) {
  Hash256 hash = HashOf(domain, pieces);
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | hash[i];
  return value;
}

Hash256 ToHash256(std::string_view bytes) {
  Hash256 hash{};
  std::memcpy(hash.data(), bytes.data(), std::min(bytes.size(), hash.size()));
  return hash;
}

}  // namespace daftar
