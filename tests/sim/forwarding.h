// A log and a view that hand every call on to another one: what a planted fault changes, it overrides.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "storage/log/log_store.h"
#include "storage/view/view.h"

namespace daftar::sim {

// Of a view that it owns, or (`Borrowed`) one that outlives it.
class ForwardingView : public View {
 public:
  explicit ForwardingView(std::unique_ptr<View> inner) : owned_(std::move(inner)), inner_(*owned_) {}
  explicit ForwardingView(View& inner) : inner_(inner) {}

  StatusOr<std::unique_ptr<ReadView>> Snapshot() const override { return inner_.Snapshot(); }
  using View::ChangesAfter;
  StatusOr<ChangeBatch> ChangesAfter(const v1::Position& from, Revision since, size_t max_bytes,
                                     const Slice& slice) const override {
    return inner_.ChangesAfter(from, since, max_bytes, slice);
  }
  using View::WholeRecords;
  StatusOr<WholeBatch> WholeRecords(std::span<const Rid> rids, size_t max_bytes, const Scope& scope) const override {
    return inner_.WholeRecords(rids, max_bytes, scope);
  }
  StatusOr<std::vector<Rid>> LyingIn(std::span<const Rid> places) const override { return inner_.LyingIn(places); }
  Status Stage(const v1::DeltaFrame& frame) override { return inner_.Stage(frame); }
  StatusOr<std::optional<v1::Position>> Staged() const override { return inner_.Staged(); }
  Status DropStaged() override { return inner_.DropStaged(); }
  using View::ApplyStaged;
  StatusOr<Applied> ApplyStaged(const v1::Checkpoint& to, const v1::DeltaFrame* last, History history,
                                const Scope& scope) override {
    return inner_.ApplyStaged(to, last, history, scope);
  }
  StatusOr<Scope> HeldScope() const override { return inner_.HeldScope(); }
  Status Clear() override { return inner_.Clear(); }
  StatusOr<Sums> TakeSums(const Scope& scope) const override { return inner_.TakeSums(scope); }
  StatusOr<std::string> FrameDictionary() const override { return inner_.FrameDictionary(); }
  Status KeepFrameDictionary(std::string_view bytes) override { return inner_.KeepFrameDictionary(bytes); }
  ViewFill& fill() override { return inner_.fill(); }
  StatusOr<Cell> CutCell(uint32_t cell, int level) const override { return inner_.CutCell(cell, level); }
  StatusOr<std::map<uint32_t, Digest>> CellSums(v1::Checkpoint* head) const override { return inner_.CellSums(head); }
  StatusOr<std::vector<std::vector<Rid>>> Front() const override { return inner_.Front(); }
  StatusOr<VerifyReport> Verify(const Progress& progress) override { return inner_.Verify(progress); }
  StatusOr<VerifyReport> Mend(const Progress& progress) override { return inner_.Mend(progress); }
  StatusOr<std::vector<Rid>> Damaged() const override { return inner_.Damaged(); }
  StatusOr<TextIndexState> TextIndex() const override { return inner_.TextIndex(); }
  StatusOr<TextIndexCheck> CheckTextIndex(const Clock& clock, const Progress& progress) const override {
    return inner_.CheckTextIndex(clock, progress);
  }
  StatusOr<bool> Tidy(const Clock& clock, const std::function<bool()>& go_on) override {
    return inner_.Tidy(clock, go_on);
  }
  StatusOr<FileUse> File() const override { return inner_.File(); }
  StatusOr<Compacted> Compact(CompactWhen when, const Progress& progress) const override {
    return inner_.Compact(when, progress);
  }
  Status RebuildIndexes(const Progress& progress) override { return inner_.RebuildIndexes(progress); }

 private:
  const std::unique_ptr<View> owned_;
  View& inner_;
};

class ForwardingLog : public LogStore {
 public:
  explicit ForwardingLog(std::unique_ptr<LogStore> inner) : inner_(std::move(inner)) {}

  StatusOr<v1::Checkpoint> Head() const override { return inner_->Head(); }
  StatusOr<std::vector<StatusOr<v1::PushResult>>> Commit(std::span<const v1::Mutation> mutations) override {
    return inner_->Commit(mutations);
  }
  StatusOr<v1::PushResult> Deny(const v1::Mutation& mutation, std::span<const v1::FieldError> reasons) override {
    return inner_->Deny(mutation, reasons);
  }
  Status NoteDevice(std::string_view client, std::string_view device) override {
    return inner_->NoteDevice(client, device);
  }
  StatusOr<std::vector<std::string>> DevicesOf(std::string_view client) const override {
    return inner_->DevicesOf(client);
  }
  StatusOr<size_t> Expire(int64_t retired_before_ms, int64_t forget_before_ms, size_t most) override {
    return inner_->Expire(retired_before_ms, forget_before_ms, most);
  }
  StatusOr<std::optional<v1::PushResult>> Resolve(std::string_view client, uint64_t seq) const override {
    return inner_->Resolve(client, seq);
  }
  StatusOr<uint64_t> LastSeq(std::string_view client) const override { return inner_->LastSeq(client); }
  StatusOr<std::optional<std::string>> ChainAt(Revision revision) const override { return inner_->ChainAt(revision); }
  StatusOr<std::vector<v1::LogEntry>> ReadLog(Revision from, size_t limit) const override {
    return inner_->ReadLog(from, limit);
  }
  StatusOr<std::vector<v1::Conflict>> Conflicts(size_t limit) const override { return inner_->Conflicts(limit); }
  const View& view() const override { return std::as_const(*inner_).view(); }
  View& view() override { return inner_->view(); }

 private:
  const std::unique_ptr<LogStore> inner_;
};

}  // namespace daftar::sim
