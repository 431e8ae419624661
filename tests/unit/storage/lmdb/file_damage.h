// Damage done to a closed data file, as a failing disk would do it.
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

#include "storage/base/files.h"
#include "storage/base/status.h"

namespace daftar::lmdb {

inline constexpr size_t kPage = 4096;

inline std::string BytesOf(const std::string& file) {
  StatusOr<std::string> bytes = ReadFile(file, 1u << 30);
  DAFTAR_CHECK(bytes.ok());
  return *std::move(bytes);
}

inline void Overwrite(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

// Replaces every occurrence by other bytes of the same length. How many there were.
inline int ReplaceEverywhere(const std::string& file, std::string_view from, std::string_view to) {
  DAFTAR_CHECK(from.size() == to.size());
  std::string bytes = BytesOf(file);
  int found = 0;
  for (size_t at = 0; (at = bytes.find(from, at)) != std::string::npos; at += to.size(), ++found) {
    bytes.replace(at, to.size(), to);
  }
  Overwrite(file, bytes);
  return found;
}

// The number of rows that the leaf pages holding `inside` claim less from now on: what a flipped bit in a page's header
// does. Returns the pages changed.
inline int HideLastRowOfLeavesWith(const std::string& file, std::string_view inside) {
  constexpr size_t kFlags = 10, kLower = 12;
  constexpr uint16_t kLeaf = 2;
  std::string bytes = BytesOf(file);
  int changed = 0;
  for (size_t page = 2 * kPage; page + kPage <= bytes.size(); page += kPage) {
    uint16_t flags, lower;
    std::memcpy(&flags, bytes.data() + page + kFlags, sizeof flags);
    std::memcpy(&lower, bytes.data() + page + kLower, sizeof lower);
    if ((flags & 0xf) != kLeaf || bytes.substr(page, kPage).find(inside) == std::string::npos) continue;
    lower = static_cast<uint16_t>(lower - 2);
    std::memcpy(bytes.data() + page + kLower, &lower, sizeof lower);
    ++changed;
  }
  Overwrite(file, bytes);
  return changed;
}

}  // namespace daftar::lmdb
