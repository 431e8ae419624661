// What the user sees: a replica's state with the outbox laid over it, so that an own edit is there at once, offline
// too.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "client/sync/laid_edits.h"
#include "storage/view/read_view.h"

namespace daftar {

// A ReadView over another. Records that wait, whole or in part, are marked pending; in lists new ones come first. An
// edit of a record that the base does not have waits in the outbox alone.
class OverlayView final : public ReadView {
 public:
  // Shows `base` with the edits, which were laid over the same state; `base` itself if there are none.
  static std::unique_ptr<ReadView> Create(std::unique_ptr<ReadView> base, std::shared_ptr<const LaidEdits> edits);

  StatusOr<v1::Checkpoint> Head() const override { return base_->Head(); }
  StatusOr<bool> HoldsSlice() const override { return base_->HoldsSlice(); }
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
  StatusOr<std::optional<v1::CommitInfo>> CommitOf(Revision revision) const override {
    return base_->CommitOf(revision);
  }
  StatusOr<std::vector<HistoryStep>> History(const Uuid& id) const override;
  // What waits is no news.
  StatusOr<ChangedRecords> ChangedSince(Revision revision, size_t limit) const override {
    return base_->ChangedSince(revision, limit);
  }
  StatusOr<Revision> RevisionAt(int64_t ms) const override { return base_->RevisionAt(ms); }

 private:
  OverlayView(std::unique_ptr<ReadView> base, std::shared_ptr<const LaidEdits> edits)
      : base_(std::move(base)), edits_(std::move(edits)), laid_(edits_->records()) {}
  // Those of a kind that only wait, newest first; and those that are retired once what waits is accepted.
  std::vector<Uuid> Created(Kind kind, bool with_retired) const;
  std::vector<Uuid> Retired(Kind kind) const;
  // The request with what waits. Internal if it has an overlay already.
  StatusOr<SearchRequest> WithOverlay(SearchRequest request) const;
  std::vector<ListedRecord> LayReferrers(std::vector<ListedRecord> base, const Uuid& target, Kind kind,
                                         size_t limit) const;
  // Whether a row of the base may still be shown: neither its record nor what rows rest on waits.
  bool KeepsRow(const Uuid& id) const { return !edits_->rows_change() && !laid_.contains(id); }

  const std::unique_ptr<ReadView> base_;
  const std::shared_ptr<const LaidEdits> edits_;
  const std::map<Uuid, LaidEdits::Laid>& laid_;  // theirs
};

}  // namespace daftar
