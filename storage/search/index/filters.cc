#include "storage/search/index/filters.h"

#include <algorithm>

namespace daftar::search {
namespace {

constexpr uint32_t kBlocksPerChunk = kChunkDocs / kColumnDocs;

// Adds the documents of the chunk that have a value which matches.
template <typename Half, typename Read, typename Matches>
Status AddMatching(const Segment& segment, uint32_t chunk, Read read, Matches matches, DocSet& out) {
  std::vector<uint16_t> found;
  const uint32_t blocks = (segment.docs() + kColumnDocs - 1) / kColumnDocs;
  const uint32_t first = chunk * kBlocksPerChunk, end = std::min(blocks, first + kBlocksPerChunk);
  for (uint32_t block = first; block < end; ++block) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, read(block));
    if (bytes.empty()) continue;
    const uint32_t base = (block - first) * kColumnDocs;
    const bool sound = ForEachValue<Half>(bytes, [&](uint16_t doc, Half a, Half b) {
      if (!matches(a, b)) return;
      const uint16_t number = static_cast<uint16_t>(base + doc);
      if (found.empty() || found.back() < number) found.push_back(number);
    });
    if (!sound) return DataLoss("a column of the text index is damaged");
  }
  DocSet matching;
  matching.Assign(std::move(found));
  out.Or(matching);
  return OkStatus();
}

bool InBox(const Node::Box& box, int32_t lat, int32_t lon) {
  if (lat < box.south_e7 || lat > box.north_e7) return false;
  if (box.west_e7 <= box.east_e7) return lon >= box.west_e7 && lon <= box.east_e7;
  return lon >= box.west_e7 || lon <= box.east_e7;
}

}  // namespace

Status FilterChunk(const Segment& segment, const Node& condition, uint32_t chunk, DocSet& out) {
  out.Clear();
  switch (condition.op) {
    case Node::Op::kDays: {
      // What has no day lies under INT32_MIN, which no query reaches.
      const int32_t first_day = std::max(condition.first_day, INT32_MIN + 1);
      const auto [begin, end] = segment.header().DocsOfDays(first_day, condition.last_day);
      const uint32_t base = chunk * kChunkDocs;
      if (end > base && begin < base + kChunkDocs) {
        out = DocSet::FirstOf(std::min(kChunkDocs, segment.docs() - base));
        out.KeepRange(begin > base ? begin - base : 0, end - base);
      }
      return AddMatching<int32_t>(
          segment, chunk, [&](uint32_t block) { return segment.Spans(block); },
          [&](int32_t first, int32_t last) { return first <= condition.last_day && last >= first_day; }, out);
    }
    case Node::Op::kNumber: {
      const float least = static_cast<float>(condition.least),
                  most = static_cast<float>(std::min(condition.most, 3e38));
      const uint32_t metric = static_cast<uint32_t>(condition.metric);
      return AddMatching<float>(
          segment, chunk, [&](uint32_t block) { return segment.Numbers(metric, block); },
          [&](float low, float high) { return high >= least && low <= most; }, out);
    }
    case Node::Op::kBox:
      return AddMatching<int32_t>(
          segment, chunk, [&](uint32_t block) { return segment.Points(block); },
          [&](int32_t lat, int32_t lon) { return InBox(condition.box, lat, lon); }, out);
    default:
      return Internal("no condition on columns");
  }
}

}  // namespace daftar::search
