#include "storage/lmdb/tag.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "storage/base/bytes.h"

namespace daftar::lmdb {
namespace {

// Part of the file format: never to be changed.
constexpr XXH64_hash_t kSeed = 0x6461667461723032;  // "daftar02"
using Tag = std::array<char, sizeof(XXH64_canonical_t)>;
constexpr size_t kTagBytes = std::tuple_size_v<Tag>;
// Table names and keys are short: LMDB takes keys up to 511 bytes.
constexpr size_t kMostPlaceBytes = 1024;

// Where the value stands is hashed into the seed under which the value is: nothing is copied on the path of every read.
Tag TagOf(Table table, std::string_view key, std::string_view value) {
  const std::string_view name = table.name;
  std::array<char, kMostPlaceBytes> place;
  const size_t named = std::min(name.size(), place.size() / 4), keyed = std::min(key.size(), place.size() / 2);
  std::memcpy(place.data(), name.data(), named);
  place[named] = 0;
  if (keyed > 0) std::memcpy(place.data() + named + 1, key.data(), keyed);
  const XXH64_hash_t seed = XXH3_64bits_withSeed(place.data(), named + 1 + keyed, kSeed);
  XXH64_canonical_t canonical;
  XXH64_canonicalFromHash(&canonical, XXH3_64bits_withSeed(value.data(), value.size(), seed));
  Tag tag;
  std::memcpy(tag.data(), canonical.digest, tag.size());
  return tag;
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
