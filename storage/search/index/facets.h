// Counts how many of the documents that answer a query have each value of a facet: kind, type, year, actor …
//
// Of classes with few values the postings of each value are counted against the answer. Of those with many, actors,
// sources and tags, each document lists its values (section kFacets).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/search/index/segment.h"

namespace daftar::search {

// Term → documents.
using FacetCounts = std::unordered_map<std::string, uint64_t>;

// Whether documents list a term among their facets.
bool IsListedFacet(std::string_view term);

// One thread at a time; the segment must outlive it.
class FacetCounter {
 public:
  static StatusOr<FacetCounter> Make(const Segment& segment);

  // Counts documents of a chunk. REQUIRES: ascending chunks, each once.
  Status Count(uint32_t chunk, const DocSet& docs);
  // Adds what was counted.
  Status AddTo(FacetCounts& counts) const;

 private:
  struct Value {
    std::string term;
    PostingsCursor postings;
    uint64_t docs = 0;
  };
  explicit FacetCounter(const Segment& segment) : segment_(&segment), listed_docs_(segment.header().facet_values, 0) {}

  const Segment* segment_;
  std::vector<Value> values_;          // of classes with few
  std::vector<uint64_t> listed_docs_;  // of each listed value
};

}  // namespace daftar::search
