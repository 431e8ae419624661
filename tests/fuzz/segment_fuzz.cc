// A segment of the text index of which one block is any bytes: every question is answered or refused, and nothing is
// read that is not there.
#include "storage/search/index/merge.h"
#include "storage/search/index/searcher.h"
#include "storage/search/index/segment_builder.h"

namespace daftar::search {
namespace {

constexpr uint32_t kSegment = 1, kMerged = 2;

std::unique_ptr<MemoryBlocks> SoundSegment() {
  SegmentBuilder builder;
  for (uint32_t rid = 1; rid <= 200; ++rid) {
    IndexDoc doc;
    doc.rid = rid;
    doc.day = static_cast<int32_t>(rid % 40);
    doc.texts.push_back({true, rid % 3 == 0 ? "Ansarullah of Darvoz" : "Clash at the border"});
    doc.texts.push_back({false, "patrol " + std::to_string(rid) + " seized weapons near the river"});
    doc.terms = {"Asomebody", rid % 2 == 0 ? "KINCIDENT" : "KACTOR", "TIncidentKind.CLASH"};
    doc.spans.push_back({doc.day, doc.day + 3});
    doc.numbers.push_back({0, 1, static_cast<float>(rid)});
    doc.points.push_back({static_cast<int32_t>(rid), 5});
    doc.row = "row";
    builder.Add(doc);
  }
  auto blocks = std::make_unique<MemoryBlocks>();
  DAFTAR_CHECK(builder.Write(*blocks, kSegment).ok());
  return blocks;
}

std::vector<Node> Queries() {
  std::vector<Node> queries;
  for (const char* word : {"border", "ansarullah", "patro", "bordre", "7"}) {
    Node& node = queries.emplace_back();
    node.op = Node::Op::kWord;
    node.text = word;
    node.prefix = true;
  }
  Node& phrase = queries.emplace_back();
  phrase.op = Node::Op::kPhrase;
  phrase.text = "seized weapons";
  for (const Node::Op op : {Node::Op::kDays, Node::Op::kNumber, Node::Op::kBox}) {
    Node& node = queries.emplace_back();
    node.op = op;
    node.first_day = 3;
    node.last_day = 9;
    node.least = 20;
    node.box = {0, 0, 100, 100};
  }
  Node both;
  both.op = Node::Op::kAnd;
  both.children = {queries[0], queries[6]};
  queries.push_back(both);
  return queries;
}

}  // namespace
}  // namespace daftar::search

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daftar::search;
  if (size < 2) return 0;
  static const MemoryBlocks& sound = *SoundSegment().release();
  MemoryBlocks blocks = sound;
  const auto section = static_cast<Section>(data[0] % kSections);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  DAFTAR_CHECK(blocks.Write(kSegment, section, data[1] % 3, bytes).ok());
  auto segment = Segment::Open(blocks, kSegment);
  if (!segment.ok()) return 0;
  const Segment* const list[] = {&*segment};
  for (const Node& query : Queries()) {
    for (const Sort sort : {Sort::kRelevance, Sort::kNewest, Sort::kOldest, Sort::kSeverity}) {
      SearchOptions options;
      options.sort = sort;
      options.facets = sort == Sort::kNewest;
      const auto result = SearchIndex(list, query, options);
      for (size_t i = 0; result.ok() && i < result->hits.size(); ++i) (void)segment->RowOf(result->hits[i].doc);
    }
  }
  MemoryBlocks merged;
  (void)MergeSegments(list, merged, kMerged, nullptr);
  return 0;
}
