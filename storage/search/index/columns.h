// Columns: what filters look at that is no term. Each block holds, for up to 4,096 documents, those that have a value:
// u32 count, then u16 documents, then the two 32-bit halves of each value, as arrays that are scanned in place.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/search/index/coding.h"

namespace daftar::search {

inline constexpr uint32_t kColumnDocs = 4096;
// As many as fill a block (kStreamBlock).
inline constexpr uint32_t kDocsPerBlock = 2044;
inline constexpr uint32_t kFacetsPerBlock = 1024;
inline constexpr uint32_t kMetrics = 6;

// Collects one block.
template <typename Half>
class ColumnWriter {
 public:
  bool empty() const { return docs_.empty(); }
  // Ascending documents; one may have several values.
  void Add(uint32_t doc, Half first, Half second) {
    docs_.push_back(static_cast<uint16_t>(doc % kColumnDocs));
    first_.push_back(first);
    second_.push_back(second);
  }
  // The stored form; begins anew.
  std::string Finish() {
    std::string bytes;
    PutRaw(bytes, static_cast<uint32_t>(docs_.size()));
    for (const uint16_t doc : docs_) PutRaw(bytes, doc);
    for (const Half value : first_) PutRaw(bytes, value);
    for (const Half value : second_) PutRaw(bytes, value);
    docs_.clear();
    first_.clear();
    second_.clear();
    return bytes;
  }

 private:
  std::vector<uint16_t> docs_;
  std::vector<Half> first_, second_;
};

// Calls visit(doc, first, second) for each value of a stored block; false if the block is damaged.
template <typename Half, typename Visit>
bool ForEachValue(std::string_view block, Visit visit) {
  if (block.size() < sizeof(uint32_t)) return false;
  const size_t count = RawAt<uint32_t>(block, 0);
  constexpr size_t kEach = sizeof(uint16_t) + 2 * sizeof(Half);
  if (count > block.size() / kEach || block.size() != sizeof(uint32_t) + count * kEach) return false;
  const size_t firsts = sizeof(uint32_t) + count * sizeof(uint16_t), seconds = firsts + count * sizeof(Half);
  for (size_t i = 0; i < count; ++i) {
    const uint16_t doc = RawAt<uint16_t>(block, sizeof(uint32_t) + i * sizeof(uint16_t));
    if (doc >= kColumnDocs) return false;
    visit(doc, RawAt<Half>(block, firsts + i * sizeof(Half)), RawAt<Half>(block, seconds + i * sizeof(Half)));
  }
  return true;
}

// Lists of numbers, one for each document of a block: a byte with the size of a number, 2 or 4; per document u32 where
// its list ends, in numbers; the numbers.
class ListsWriter {
 public:
  void Add(std::span<const uint32_t> numbers) {
    numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
    ends_.push_back(static_cast<uint32_t>(numbers_.size()));
  }
  // The stored form; begins anew.
  std::string Finish() {
    const bool wide = std::any_of(numbers_.begin(), numbers_.end(), [](uint32_t number) { return number > 0xffff; });
    std::string bytes(1, static_cast<char>(wide ? sizeof(uint32_t) : sizeof(uint16_t)));
    for (const uint32_t end : ends_) PutRaw(bytes, end);
    for (const uint32_t number : numbers_) wide ? PutRaw(bytes, number) : PutRaw(bytes, static_cast<uint16_t>(number));
    numbers_.clear();
    ends_.clear();
    return bytes;
  }

 private:
  std::vector<uint32_t> numbers_, ends_;
};

// A list of such a block, looked at where it lies.
class StoredList {
 public:
  // The list of the `own`-th of so many documents; nullopt if the block is damaged.
  static std::optional<StoredList> In(std::string_view block, uint32_t docs, uint32_t own) {
    const size_t numbers_at = 1 + docs * sizeof(uint32_t);
    if (own >= docs || block.size() < numbers_at) return std::nullopt;
    StoredList list;
    list.wide_ = block[0] == sizeof(uint32_t);
    const size_t each = list.wide_ ? sizeof(uint32_t) : sizeof(uint16_t);
    const size_t begin = own == 0 ? 0 : RawAt<uint32_t>(block, 1 + (own - 1) * sizeof(uint32_t));
    const size_t end = RawAt<uint32_t>(block, 1 + own * sizeof(uint32_t));
    if (begin > end || end > (block.size() - numbers_at) / each) return std::nullopt;
    list.size_ = end - begin;
    list.numbers_ = block.substr(numbers_at + begin * each, list.size_ * each);
    return list;
  }

  size_t size() const { return size_; }
  // REQUIRES: index < size().
  uint32_t operator[](size_t index) const {
    return wide_ ? RawAt<uint32_t>(numbers_, index * sizeof(uint32_t))
                 : RawAt<uint16_t>(numbers_, index * sizeof(uint16_t));
  }

 private:
  bool wide_ = false;
  size_t size_ = 0;
  std::string_view numbers_;
};

}  // namespace daftar::search
