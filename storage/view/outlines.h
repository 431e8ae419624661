// What the text index has of records until their texts are indexed: outlines (search::OutlineOf), as a segment.
#pragma once

#include <vector>

#include "storage/search/index/blocks.h"
#include "storage/search/index/segment_builder.h"
#include "storage/view/prepared_record.h"

namespace daftar {

//   Add*, in order of rid → Seal → the rest.
class Outlines {
 public:
  // Those of the records.
  void Add(const std::vector<PreparedRecord>& records);
  // There are no more.
  Status Seal();

  // Ascending. Empty: there is nothing to write.
  const std::vector<Rid>& rids() const { return rids_; }
  bool Has(Rid rid) const;
  // Writes them as a segment of that number.
  Status WriteTo(search::BlockSink& sink, uint32_t segment) const { return blocks_.CopyTo(sink, segment); }

 private:
  search::SegmentBuilder builder_;
  std::vector<Rid> rids_;
  search::MemoryBlocks blocks_;
};

}  // namespace daftar
