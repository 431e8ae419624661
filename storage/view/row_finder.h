// The rows that the text index keeps of records, found one by one in the order of a list.
//
// Neighbours in a list are neighbours in a segment, which remembers the blocks that it read last: most rows cost a look
// beside the one before. For the time of one snapshot; one thread.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/search/index/segment.h"
#include "storage/search/row.h"
#include "storage/view/tables.h"
#include "storage/view/text_blocks.h"

namespace daftar {

class RowFinder {
 public:
  // Both must outlive it. DataLoss if the index cannot be read.
  static StatusOr<std::unique_ptr<RowFinder>> Open(const lmdb::Environment& env, const lmdb::ReadTxn& txn,
                                                   SegmentCache* cache);
  RowFinder(const RowFinder&) = delete;
  RowFinder& operator=(const RowFinder&) = delete;

  // Whether the index holds the record as this snapshot has it, or does not hold it because it is retired.
  bool IsIndexed(Rid rid) const;
  // Sets the row of a record that is sorted under that day; none if the index lacks it, or the record has changed
  // since.
  Status Find(Rid rid, int32_t day, std::optional<search::Row>& row);

 private:
  struct Part {
    std::unique_ptr<search::Segment> segment;
    bool has_deletions = false;
    uint32_t chunk = UINT32_MAX;  // of `deleted`
    search::DocSet deleted;
    uint32_t found = 0;  // the document that was found last
  };
  RowFinder(const lmdb::ReadTxn& txn, lmdb::Table text, lmdb::Table behind, SegmentCache* cache)
      : txn_(txn), behind_(behind), blocks_(txn, text, cache) {}
  static StatusOr<bool> IsDeleted(Part& part, uint32_t doc);
  // Whether it is the record's; then sets the row.
  static StatusOr<bool> Take(Part& part, uint32_t doc, Rid rid, std::optional<search::Row>& row);

  const lmdb::ReadTxn& txn_;
  const lmdb::Table behind_;
  const TextBlocks blocks_;
  bool some_behind_ = false;
  std::vector<Part> parts_;
};

}  // namespace daftar
