// What a segment of the text index says of each of its documents, as one number each: equal numbers, equal entries.
//
// Into a document's sum go its day, row, columns and facet values, and each filter and word that stands for it, with
// its level and places. Lists that the segment derives from these do not: rewriting the segment shows whether they are
// right. Sums are of this process: they are not to be stored.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "storage/search/index/segment.h"

namespace daftar {

// One sum for each document, valid or not. DataLoss if the segment is damaged; Cancelled if `go_on`, asked from time
// to time, says so.
StatusOr<std::vector<uint64_t>> DocSums(const search::Segment& segment, const std::function<bool()>& go_on);

}  // namespace daftar
