// What one search of a snapshot runs with: the query, the segments with what is laid over them, and how long it may
// take.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/lmdb/lmdb.h"
#include "storage/search/index/segment.h"
#include "storage/search/query/query.h"
#include "storage/view/read_view.h"
#include "storage/view/text_blocks.h"

namespace daftar {

// The condition that a record has the code.
search::Node CodeNode(search::Field field, std::string code);

// One thread.
class SearchRun {
 public:
  // The rid and sort day of a record of the snapshot.
  using FindRecord = std::function<StatusOr<std::optional<search::NamedRecord>>(const Uuid& id)>;

  // All must outlive it; `cache` may be null. InvalidArgument for a query that is not understood.
  static StatusOr<std::unique_ptr<SearchRun>> Open(const lmdb::Environment& env, const lmdb::ReadTxn& txn,
                                                   SegmentCache* cache, const SearchRequest& request,
                                                   const FindRecord& find);
  ~SearchRun();
  SearchRun(const SearchRun&) = delete;
  SearchRun& operator=(const SearchRun&) = delete;

  const search::Node& query() const { return query_.root; }
  // Those of the store, then the one of edits that wait, if any do.
  std::span<const search::Segment* const> segments() const { return list_; }
  bool IsLaid(size_t segment) const;

  // Whether it was neither stopped nor has taken too long.
  bool GoOn();
  // Why it did not go on.
  Status Stopped() const;

 private:
  class LaidBlocks;
  explicit SearchRun(const SearchRequest& request);
  Status Lay(const SearchOverlay& overlay, const FindRecord& find);

  const SearchRequest& request_;
  search::Query query_;
  std::unique_ptr<const TextBlocks> stored_blocks_;
  std::unique_ptr<LaidBlocks> blocks_;
  std::vector<std::unique_ptr<search::Segment>> segments_;
  std::vector<const search::Segment*> list_;
  bool late_ = false;
};

}  // namespace daftar
