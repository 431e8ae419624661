#include "storage/view/outlines.h"

#include <algorithm>

#include "storage/search/index/segment_builder.h"

namespace daftar {

StatusOr<Outlines> Outlines::Of(const std::vector<PreparedRecord>& records) {
  Outlines outlines;
  search::SegmentBuilder builder;
  for (const PreparedRecord& record : records) {
    if (!record.outline) continue;
    builder.Add(*record.outline);
    outlines.rids_.push_back(record.rid);
  }
  if (builder.docs() > 0) DAFTAR_RETURN_IF_ERROR(builder.Write(outlines.blocks_, 0).status());
  return outlines;
}

bool Outlines::Has(Rid rid) const { return std::binary_search(rids_.begin(), rids_.end(), rid); }

}  // namespace daftar
