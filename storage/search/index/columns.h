// Columns: what filters look at that is no term. Each block holds, for up to 4,096 documents, those that have a value:
// u32 count, then u16 documents, then the two 32-bit halves of each value, as arrays that are scanned in place.
#pragma once

#include <cstdint>
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

}  // namespace daftar::search
