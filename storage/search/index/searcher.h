// Runs a query over all segments of a state.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "storage/search/index/facets.h"
#include "storage/search/index/plan.h"
#include "storage/search/index/top.h"

namespace daftar::search {

enum class Sort { kRelevance, kNewest, kOldest, kSeverity };

struct SearchOptions {
  size_t limit = 20;
  Sort sort = Sort::kRelevance;
  bool facets = false;
  MeaningOf meaning_of;         // for names in the query; must be set if it has any
  std::function<bool()> go_on;  // asked between chunks; false ends with Cancelled. Empty: never stopped
  // Told of all that answers: segments in order, chunks ascending, none twice. May be empty.
  std::function<Status(uint32_t segment, uint32_t chunk, const DocSet& docs)> each;
};

struct IndexHit {
  uint32_t segment = 0, doc = 0;  // segment: place in the list that was searched
  uint32_t rid = 0;
  int32_t day = INT32_MIN;
  float score = 0;  // what it was ranked by; only to be compared inside one result
};

struct IndexResult {
  uint64_t total = 0;
  std::vector<IndexHit> hits;
  std::vector<Respelling> respellings;  // words that stand nowhere, and what was taken for them
  FacetCounts facets;                   // of all that answer; only if asked for
};

// `segments` in any order, each a state of the same index. The query must outlive the call. What finds nothing is taken
// more freely (second_chance.h, spelling.h).
StatusOr<IndexResult> SearchIndex(std::span<const Segment* const> segments, const Node& query,
                                  const SearchOptions& options);

}  // namespace daftar::search
