// Part files: a bundle cut into pieces of a size that e-mail takes. Each piece says which it is.
//
//   magic   8   "DAFTARp1"
//   set     16  random: which pieces belong together
//   number  4   1, 2, 3 …
//   parts   4   how many there are
//   offset  8   where the piece begins in the whole
//   size    8   bytes of the piece: all that follow
//   hash    32  HashOf(domain, the 48 bytes above, hash of the piece)
//   piece
//
// Numbers are big-endian. The hash finds the part that is damaged, so that only this one must be carried again; it
// proves nothing about who made it. That does the signature, over the pieces joined.
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/hash.h"
#include "storage/base/status.h"

namespace daftar::bundle {

inline constexpr std::string_view kPartMagic = "DAFTARp1";
inline constexpr size_t kPartHeaderSize = 80;

// BLAKE2b of bytes as they come.
class RunningHash {
 public:
  RunningHash() { crypto_generichash_init(&state_, nullptr, 0, sizeof(Hash256)); }
  void Add(std::string_view bytes) {
    crypto_generichash_update(&state_, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  }
  // Once.
  Hash256 Final() {
    Hash256 hash;
    crypto_generichash_final(&state_, hash.data(), hash.size());
    return hash;
  }

 private:
  crypto_generichash_state state_;
};

struct PartHeader {
  std::string set;  // 16 bytes
  uint32_t number = 0;
  uint32_t parts = 0;
  uint64_t offset = 0;
  uint64_t size = 0;
};

// The 80 bytes, given the hash of the piece.
std::string EncodePartHeader(const PartHeader& header, const Hash256& piece);
// From the first 80 bytes of a file; `hash` is what they claim. InvalidArgument if this is no sound header.
StatusOr<PartHeader> DecodePartHeader(std::string_view bytes, std::string_view& hash);
// The hash that the header of such a part must hold.
Hash256 PartHash(const PartHeader& header, const Hash256& piece);

// "name.daftar.007".
std::string PartName(const std::string& path, uint32_t number);

}  // namespace daftar::bundle
