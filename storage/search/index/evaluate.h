// Which documents of a chunk answer a plan.
#pragma once

#include <cstdint>

#include "storage/search/index/plan.h"

namespace daftar::search {

// Replaces what `out` held. Documents that are no longer valid are still among them. REQUIRES: ascending chunks. Leaves
// that took part are at the chunk afterwards.
Status EvaluateChunk(const Segment& segment, PlanNode& plan, uint32_t chunk, DocSet& out);

}  // namespace daftar::search
