// A ReadView over one LMDB read transaction.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/lmdb/lmdb.h"
#include "storage/view/read_view.h"
#include "storage/view/record_table.h"
#include "storage/view/search_run.h"
#include "storage/view/text_blocks.h"

namespace daftar {

class LmdbReadView final : public ReadView {
 public:
  LmdbReadView(const lmdb::Environment& env, const RecordTable& records, lmdb::ReadTxn txn,
               std::shared_ptr<SegmentCache> cache)
      : env_(env), records_(records), txn_(std::move(txn)), cache_(std::move(cache)) {}

  StatusOr<v1::Checkpoint> Head() const override;
  StatusOr<bool> HoldsSlice() const override;
  StatusOr<std::optional<Record>> Get(const Uuid& id) const override;
  StatusOr<std::optional<Kind>> KindOf(const Uuid& id) const override;
  StatusOr<Uuid> Resolve(std::string_view id) const override;
  StatusOr<std::vector<Uuid>> List(Kind kind, size_t limit, bool with_retired) const override;
  using ReadView::Rows;
  StatusOr<std::vector<ListedRecord>> Rows(Kind kind, const ListWindow& window) const override;
  StatusOr<std::vector<ListedRecord>> ReferrerRows(const Uuid& target, Kind kind, size_t limit) const override;
  StatusOr<std::vector<Uuid>> Referrers(const Uuid& target, Kind kind, size_t limit) const override;
  StatusOr<std::map<Kind, uint64_t>> CountByKind() const override;
  StatusOr<SearchResult> Search(const SearchRequest& request) const override;
  StatusOr<search::Spread> SpreadOf(const SearchRequest& request) const override;
  StatusOr<std::vector<std::optional<ListedRecord>>> RowsOf(std::span<const Rid> rids) const override;
  StatusOr<std::optional<v1::CommitInfo>> CommitOf(Revision revision) const override;
  StatusOr<std::vector<HistoryStep>> History(const Uuid& id) const override;
  StatusOr<ChangedRecords> ChangedSince(Revision revision, size_t limit) const override;
  StatusOr<Revision> RevisionAt(int64_t ms) const override;
  uint64_t state() const override { return txn_.commit(); }

 private:
  StatusOr<std::optional<v1::StoredRecord>> Stored(const Uuid& id, Rid* rid) const;
  // Ids in the values of the rows under a prefix.
  StatusOr<std::vector<Uuid>> Walk(lmdb::Table table, std::string_view prefix, size_t limit, bool with_retired) const;
  StatusOr<std::vector<Uuid>> ByExternal(std::string_view id) const;
  StatusOr<std::vector<Uuid>> ByUuidPrefix(std::string_view digits) const;
  StatusOr<std::unique_ptr<SearchRun>> OpenRun(const SearchRequest& request) const;
  static Status AddIdOf(const search::Segment& segment, uint32_t doc, std::vector<Uuid>& ids);
  // What a name in a query means.
  StatusOr<search::Meaning> MeaningOf(const search::Node& named, const SearchRequest& request,
                                      const search::SearchOptions& options,
                                      std::span<const search::Segment* const> segments) const;
  // The documents of those records: that of an edit that waits in the place of the one below it.
  StatusOr<std::vector<search::NamedRecord>> DocsOf(std::span<const Uuid> ids, const SearchOverlay* overlay) const;
  StatusOr<std::vector<Uuid>> IdsOf(std::string_view id, bool prefix) const;
  StatusOr<std::vector<SearchFacet>> FacetsOf(const search::FacetCounts& counts) const;
  // The rid of a record, and the day that it is sorted under; nullopt if there is none.
  StatusOr<std::optional<search::NamedRecord>> NamedRecordOf(const Uuid& id) const;
  lmdb::Table table(size_t index) const { return env_.table(index); }

  const lmdb::Environment& env_;
  const RecordTable& records_;
  const lmdb::ReadTxn txn_;
  const std::shared_ptr<SegmentCache> cache_;
};

}  // namespace daftar
