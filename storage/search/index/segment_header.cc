#include "storage/search/index/segment_header.h"

#include <algorithm>

#include "storage/search/index/coding.h"
#include "storage/search/index/doc_set.h"

namespace daftar::search {
namespace {

constexpr uint64_t kMostDocs = uint64_t{1} << 27;
constexpr uint64_t kLongestTerm = 1024;

}  // namespace

uint32_t SegmentHeader::chunks() const { return (docs + kChunkDocs - 1) / kChunkDocs; }

std::pair<uint32_t, uint32_t> SegmentHeader::DocsOfDays(int32_t first, int32_t last) const {
  const auto begin =
      std::partition_point(days.begin(), days.end(), [last](const auto& day) { return day.first > last; });
  const auto end = std::partition_point(begin, days.end(), [first](const auto& day) { return day.first >= first; });
  const uint32_t from = begin == days.end() ? docs : begin->second;
  return {from, end == days.end() ? docs : end->second};
}

int32_t SegmentHeader::DayOf(uint32_t doc) const {
  const auto after =
      std::partition_point(days.begin(), days.end(), [doc](const auto& day) { return day.second <= doc; });
  return after == days.begin() ? INT32_MIN : std::prev(after)->first;
}

std::string SegmentHeader::Encode() const {
  std::string out;
  PutVarint(out, kSegmentFormat);
  for (const uint64_t number : {uint64_t{docs}, postings_bytes, positions_bytes, rows_bytes, facet_names_bytes,
                                uint64_t{facet_values}, uint64_t{days.size()}}) {
    PutVarint(out, number);
  }
  int64_t day_before = INT32_MAX;
  uint32_t doc_before = 0;
  for (const auto& [day, doc] : days) {
    PutVarint(out, static_cast<uint64_t>(day_before - day));
    PutVarint(out, doc - doc_before);
    day_before = day;
    doc_before = doc;
  }
  PutVarint(out, firsts.size());
  for (const std::string& first : firsts) {
    PutVarint(out, first.size());
    out += first;
  }
  return out;
}

StatusOr<SegmentHeader> SegmentHeader::Decode(std::string_view bytes) {
  Reader in(bytes);
  if (in.Varint() != kSegmentFormat) return DataLoss("a segment of the text index has a format of another version");
  SegmentHeader header;
  header.docs = static_cast<uint32_t>(in.Varint(kMostDocs));
  header.postings_bytes = in.Varint();
  header.positions_bytes = in.Varint();
  header.rows_bytes = in.Varint();
  header.facet_names_bytes = in.Varint();
  header.facet_values = static_cast<uint32_t>(in.Varint(kMostDocs));
  const uint64_t days = in.Varint(in.left());
  int64_t day = INT32_MAX;
  uint64_t doc = 0;
  for (uint64_t i = 0; i < days && in.ok(); ++i) {
    day -= static_cast<int64_t>(in.Varint(UINT32_MAX));
    doc += in.Varint(kMostDocs);
    if (day < INT32_MIN || doc >= header.docs) in.Fail();
    header.days.push_back({static_cast<int32_t>(day), static_cast<uint32_t>(doc)});
  }
  const uint64_t firsts = in.Varint(in.left());
  for (uint64_t i = 0; i < firsts && in.ok(); ++i) {
    header.firsts.emplace_back(in.Bytes(in.Varint(kLongestTerm)));
  }
  if (!in.ok() || !in.done() || !std::is_sorted(header.firsts.begin(), header.firsts.end())) {
    return DataLoss("the head of a segment of the text index is damaged");
  }
  return header;
}

}  // namespace daftar::search
