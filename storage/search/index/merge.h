// Makes one segment of several, without the documents that are no longer valid.
#pragma once

#include <functional>
#include <span>

#include "storage/search/index/segment.h"
#include "storage/search/index/segment_writer.h"

namespace daftar::search {

// REQUIRES: at least one valid document among them, and no record valid in two of them. `go_on` is asked from time to
// time; false ends with Cancelled, and what was written is of no use. Memory: some bytes for each document, and the
// longest list of postings.
StatusOr<SegmentHeader> MergeSegments(std::span<const Segment* const> inputs, BlockSink& sink, uint32_t segment,
                                      const std::function<bool()>& go_on);

// The valid documents of a segment.
StatusOr<uint32_t> CountValid(const Segment& segment);

}  // namespace daftar::search
