// The head of a segment: all that is kept in memory of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/status.h"

namespace daftar::search {

// Raised with every change of a stored form in this folder; segments of another format are built anew.
inline constexpr uint32_t kSegmentFormat = 3;

struct SegmentHeader {
  uint32_t docs = 0;
  uint64_t postings_bytes = 0, positions_bytes = 0, rows_bytes = 0, facet_names_bytes = 0;
  uint32_t facet_values = 0;
  // Documents are sorted by day, newest first; each day with its first document.
  std::vector<std::pair<int32_t, uint32_t>> days;
  // The first term of each block of the dictionary.
  std::vector<std::string> firsts;

  uint32_t chunks() const;
  // The documents sorted under days first..last: [begin, end).
  std::pair<uint32_t, uint32_t> DocsOfDays(int32_t first, int32_t last) const;
  // The day that a document is sorted under.
  int32_t DayOf(uint32_t doc) const;

  std::string Encode() const;
  // DataLoss if the bytes are not the stored form of a header.
  static StatusOr<SegmentHeader> Decode(std::string_view bytes);
};

}  // namespace daftar::search
