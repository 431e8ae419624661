// Conditions that are no terms: days, numbers, points.
#pragma once

#include <cstdint>

#include "storage/search/index/segment.h"
#include "storage/search/query/query.h"

namespace daftar::search {

// The documents of a chunk that meet the condition, replacing what `out` held. REQUIRES: op kDays, kNumber or kBox.
Status FilterChunk(const Segment& segment, const Node& condition, uint32_t chunk, DocSet& out);

}  // namespace daftar::search
