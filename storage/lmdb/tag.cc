#include "storage/lmdb/tag.h"

#include <sodium.h>

#include <array>
#include <cstring>

#include "storage/base/bytes.h"

namespace daftar::lmdb {
namespace {

using Tag = std::array<char, crypto_shorthash_BYTES>;
constexpr size_t kTagBytes = std::tuple_size_v<Tag>;

// Part of the file format: never to be changed.
constexpr unsigned char kHashKey[crypto_shorthash_KEYBYTES + 1] = "daftar.lmdb.tag1";

Tag Hash(const char* bytes, size_t size) {
  Tag tag;
  crypto_shorthash(reinterpret_cast<unsigned char*>(tag.data()), reinterpret_cast<const unsigned char*>(bytes), size,
                   kHashKey);
  return tag;
}

// libsodium hashes one piece of memory only, so the pieces are laid side by side: on the stack unless they are large,
// since this is on the path of every read.
Tag TagOf(Table table, std::string_view key, std::string_view value) {
  const std::string_view name = table.name;
  const size_t size = name.size() + 3 + key.size() + value.size();
  std::array<char, 4096> small;
  std::string large;
  if (size > small.size()) large.resize(size);
  char* const begin = size > small.size() ? large.data() : small.data();
  char* out = begin;
  auto add = [&out](std::string_view piece) {
    // An empty view may be null, which memcpy must not see.
    if (!piece.empty()) std::memcpy(out, piece.data(), piece.size());
    out += piece.size();
  };
  const char separator[] = {0, static_cast<char>(key.size() >> 8), static_cast<char>(key.size())};
  add(name);
  add({separator, sizeof separator});
  add(key);
  add(value);
  return Hash(begin, size);
}

Status Damaged(Table table, std::string_view key) {
  constexpr size_t kShown = 32;
  return DataLoss(
      std::string("table ") + table.name + ", key " + ToHex(key.substr(0, kShown)) + (key.size() > kShown ? "…" : "") +
      ": the stored value is damaged; it is not used. Other values are checked one by one; repair this one");
}

}  // namespace

std::string WithTag(Table table, std::string_view key, std::string_view value) {
  const Tag tag = TagOf(table, key, value);
  std::string stored;
  stored.reserve(value.size() + tag.size());
  stored.append(value).append(tag.data(), tag.size());
  return stored;
}

StatusOr<std::string_view> WithoutTag(Table table, std::string_view key, std::string_view stored) {
  if (stored.size() < kTagBytes) return Damaged(table, key);
  const std::string_view value = stored.substr(0, stored.size() - kTagBytes);
  const Tag tag = TagOf(table, key, value);
  if (std::memcmp(tag.data(), stored.data() + value.size(), kTagBytes) != 0) return Damaged(table, key);
  return value;
}

StatusOr<std::string_view> WithoutCheckingTag(Table table, std::string_view key, std::string_view stored) {
  if (stored.size() < kTagBytes) return Damaged(table, key);
  return stored.substr(0, stored.size() - kTagBytes);
}

uint64_t TagNumber(std::string_view stored) {
  if (stored.size() < kTagBytes) return 0;
  std::string_view tag = stored.substr(stored.size() - kTagBytes);
  uint64_t number = 0;
  TakeU64(tag, number);
  return number;
}

}  // namespace daftar::lmdb
