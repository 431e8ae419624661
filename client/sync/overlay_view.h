// What the user sees: a replica's state with the outbox laid over it, so that an own edit is there at once, offline
// too.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/view/read_view.h"

namespace daftar {

// A ReadView over another. Records that wait, whole or in part, are marked pending; in lists new ones come first. An
// edit of a record that the base does not have waits in the outbox alone.
class OverlayView final : public ReadView {
 public:
  // Lays the entries over `base` in order; answered ones that the base already shows are left out.
  static StatusOr<std::unique_ptr<ReadView>> Create(std::unique_ptr<ReadView> base,
                                                    const std::vector<v1::OutboxEntry>& outbox);

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
  struct Laid {
    Record record;
    bool created = false;            // the base does not have it
    std::vector<HistoryStep> steps;  // newest last
  };
  explicit OverlayView(std::unique_ptr<ReadView> base) : base_(std::move(base)) {}
  Status Lay(const v1::Mutation& mutation, const v1::RecordEdit& edit);
  // Those of a kind that only wait, newest first; and those that are retired once what waits is accepted.
  std::vector<Uuid> Created(Kind kind, bool with_retired) const;
  std::vector<Uuid> Retired(Kind kind) const;
  // What waits, for a search of the base. Internal if the request has an overlay already.
  StatusOr<SearchOverlay> OverlayFor(const SearchRequest& request) const;
  std::vector<ListedRecord> LayReferrers(std::vector<ListedRecord> base, const Uuid& target, Kind kind,
                                         size_t limit) const;
  // Whether a row of the base may still be shown: neither its record nor what rows rest on waits.
  bool KeepsRow(const Uuid& id) const { return !rows_change_ && !laid_.contains(id); }

  const std::unique_ptr<ReadView> base_;
  std::map<Uuid, Laid> laid_;
  bool rows_change_ = false;  // a place or source that the base has was edited: rows rest on such
};

}  // namespace daftar
