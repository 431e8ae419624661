#include "storage/view/outlines.h"

#include <algorithm>

namespace daftar {

void Outlines::Add(const std::vector<PreparedRecord>& records) {
  for (const PreparedRecord& record : records) {
    if (!record.outline) continue;
    builder_.Add(*record.outline);
    rids_.push_back(record.rid);
  }
}

Status Outlines::Seal() { return rids_.empty() ? OkStatus() : builder_.Write(blocks_, 0).status(); }

bool Outlines::Has(Rid rid) const { return std::binary_search(rids_.begin(), rids_.end(), rid); }

}  // namespace daftar
