// A View in one LMDB environment.
#pragma once

#include <memory>
#include <string>

#include "storage/lmdb/lmdb.h"
#include "storage/view/lmdb_fill.h"
#include "storage/view/record_table.h"
#include "storage/view/scope_sums.h"
#include "storage/view/tables.h"
#include "storage/view/text_blocks.h"
#include "storage/view/view.h"

namespace daftar {

class ViewWriter;

class LmdbView final : public View {
 public:
  struct Options {
    uint64_t map_bytes = 16ull << 30;
    bool create = true;
    // See lmdb::Options.
    uint64_t ballast_bytes = 0;
    bool probe_after_crash = false;
    // If the program before did not close the folder: counts the rows of every table, and if some vanished mends what
    // can be mended here and notes the rest for the next sync. Half a second for a million records.
    bool check_after_crash = false;
    // For benchmarks alone, to see what the text index costs: false leaves it as it is when records change, so that
    // searches no longer agree with the records of this store. Programs never set it.
    bool text_index = true;
  };
  // FailedPrecondition for a format that this program does not know; DataLoss for a damaged file.
  static StatusOr<std::unique_ptr<LmdbView>> Open(const std::string& folder, const Options& options);

  StatusOr<std::unique_ptr<ReadView>> Snapshot() const override;
  using View::ChangesAfter;
  StatusOr<ChangeBatch> ChangesAfter(const v1::Position& from, Revision since, size_t max_bytes,
                                     const Slice& slice) const override;
  using View::WholeRecords;
  StatusOr<WholeBatch> WholeRecords(std::span<const Rid> rids, size_t max_bytes, const Scope& scope) const override;
  StatusOr<std::vector<Rid>> LyingIn(std::span<const Rid> places) const override;
  Status Stage(const v1::DeltaFrame& frame) override;
  StatusOr<std::optional<v1::Position>> Staged() const override;
  Status DropStaged() override;
  using View::ApplyStaged;
  StatusOr<Applied> ApplyStaged(const v1::Checkpoint& to, const v1::DeltaFrame* last, History history,
                                const Scope& scope) override;
  StatusOr<Scope> HeldScope() const override;
  Status Clear() override;
  StatusOr<Sums> TakeSums(const Scope& scope) const override;
  ViewFill& fill() override { return fill_; }
  StatusOr<std::string> FrameDictionary() const override;
  Status KeepFrameDictionary(std::string_view bytes) override;
  StatusOr<Cell> CutCell(uint32_t cell, int level) const override;
  StatusOr<std::map<uint32_t, Digest>> CellSums(v1::Checkpoint* head) const override;
  StatusOr<std::vector<std::vector<Rid>>> Front() const override;
  StatusOr<VerifyReport> Verify(const Progress& progress) override;
  StatusOr<VerifyReport> Mend(const Progress& progress) override;
  StatusOr<std::vector<Rid>> Damaged() const override;
  Status RebuildIndexes(const Progress& progress) override;
  StatusOr<TextIndexState> TextIndex() const override;
  StatusOr<TextIndexCheck> CheckTextIndex(const Clock& clock, const Progress& progress) const override;
  StatusOr<bool> Tidy(const Clock& clock, const std::function<bool()>& go_on) override;
  StatusOr<FileUse> File() const override;
  StatusOr<Compacted> Compact(CompactWhen when, const Progress& progress) const override;

  // For the log, which shares the environment.
  lmdb::Environment& env() { return *env_; }
  RecordTable& records() { return records_; }

 private:
  LmdbView(std::unique_ptr<lmdb::Environment> env, bool text_index)
      : env_(std::move(env)), text_index_(text_index), records_(*env_), fill_(*env_, records_) {}
  // Refuses a foreign format, goes on with a rebuilding that was stopped, and empties a text index of another version.
  Status CheckVersions();
  Status StartRebuilding();
  Status StartRebuildingIn(lmdb::WriteTxn& txn);
  // Rebuilds from that rid on; the next one, or nullopt at the end.
  StatusOr<std::optional<Rid>> RebuildPiece(Rid from, uint64_t* done);
  Status GoOnRebuilding(const Progress& progress);
  StatusOr<Applied> ApplyFrames(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::Checkpoint& to,
                                const v1::DeltaFrame* last, History history, const Scope& scope);
  Status NoteDamaged(std::span<const Rid> rids);
  StatusOr<VerifyReport> VerifyOnce(const Progress& progress);
  Status MendIfRowsVanished();
  Status DropDamagedRows(tables::Index index);
  lmdb::Table table(size_t index) const { return env_->table(index); }

  const std::unique_ptr<lmdb::Environment> env_;
  const bool text_index_;
  RecordTable records_;
  LmdbFill fill_;
  mutable ScopeSumsCache scope_sums_;
  const std::shared_ptr<SegmentCache> cache_ = std::make_shared<SegmentCache>();
};

}  // namespace daftar
