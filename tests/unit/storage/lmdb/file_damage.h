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

// Calls change(bytes of the file, where the page begins) for every leaf page in which `inside` stands often: a page
// that was used before for something else may hold it once or twice in its unused part. How many pages.
template <typename Change>
int ChangeLeavesWith(const std::string& file, std::string_view inside, Change change) {
  constexpr size_t kFlags = 10, kLower = 12, kHeader = 16;
  constexpr uint16_t kLeaf = 2;
  std::string bytes = BytesOf(file);
  int changed = 0;
  for (size_t page = 2 * kPage; page + kPage <= bytes.size(); page += kPage) {
    uint16_t flags, lower;
    std::memcpy(&flags, bytes.data() + page + kFlags, sizeof flags);
    std::memcpy(&lower, bytes.data() + page + kLower, sizeof lower);
    const bool many_rows = lower > kHeader + 2 * 5;
    if ((flags & 0xf) != kLeaf || !many_rows || bytes.find(inside, page) >= page + kPage) continue;
    change(bytes, page);
    ++changed;
  }
  Overwrite(file, bytes);
  return changed;
}

// Leaf pages claim one row less from now on: what a flipped bit in a page's header does. The pages changed.
inline int HideLastRowOfLeavesWith(const std::string& file, std::string_view inside) {
  return ChangeLeavesWith(file, inside, [](std::string& bytes, size_t page) {
    constexpr size_t kLower = 12;
    uint16_t lower;
    std::memcpy(&lower, bytes.data() + page + kLower, sizeof lower);
    lower = static_cast<uint16_t>(lower - 2);
    std::memcpy(bytes.data() + page + kLower, &lower, sizeof lower);
  });
}

inline int ZeroLeavesWith(const std::string& file, std::string_view inside) {
  return ChangeLeavesWith(file, inside,
                          [](std::string& bytes, size_t page) { bytes.replace(page, kPage, kPage, '\0'); });
}

// Lists of free pages name their first page twice from now on. True if there is one: numbers that fall one by one.
inline bool RepeatFirstPageOfFreeLists(const std::string& file) {
  std::string bytes = BytesOf(file);
  bool found = false;
  const auto number = [&bytes](size_t at) {
    uint64_t value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
  };
  for (size_t at = 2 * kPage; at + 40 <= bytes.size(); at += 2) {
    const uint64_t count = number(at), first = number(at + 8);
    if (count < 4 || count > 500 || first > bytes.size() / kPage || first < 6) continue;
    if (number(at + 16) != first - 1 || number(at + 24) != first - 2) continue;
    std::memcpy(bytes.data() + at + 16, &first, sizeof first);
    found = true;
  }
  Overwrite(file, bytes);
  return found;
}

}  // namespace daftar::lmdb
