// LmdbView::ApplyStaged: what was received becomes what is shown, all of it or nothing.
#include <algorithm>

#include "storage/lmdb/check.h"
#include "storage/model/chain.h"
#include "storage/view/live.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/record_tidy.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;

// Puts the changes of frames into a view, one frame after the other.
class FrameApplier {
 public:
  FrameApplier(const lmdb::Environment& env, lmdb::WriteTxn& txn, ViewWriter& writer, View::History history)
      : env_(env), txn_(txn), writer_(writer), history_(history) {}

  // Goes on after damage, so that all of it is found at once; the first is kept in damage().
  Status Apply(const v1::DeltaFrame& frame) {
    DAFTAR_ASSIGN_OR_RETURN(const ChangeSet set, DecodeFrame(frame));
    applied_.mended = applied_.mended || frame.repair();
    for (const v1::CommitInfo& commit : set.commits) {
      DAFTAR_RETURN_IF_ERROR(writer_.PutCommit(commit));
      if (commit.revision() >= latest_commit_.revision()) latest_commit_ = commit;
    }
    for (const Rid rid : frame.gone()) DAFTAR_RETURN_IF_ERROR(Remove(rid));
    if (frame.has_live()) DAFTAR_RETURN_IF_ERROR(RemoveAllBut(frame.live()));
    for (const RecordChange& change : set.changes) {
      const Status status = writer_.Apply(change);
      if (status.code() == StatusCode::kDataLoss && damage_.ok()) damage_ = status;
      if (!status.ok() && status.code() != StatusCode::kDataLoss) return status;
      latest_ = std::max(latest_, change.revision);
      if (frame.repair()) {
        ++applied_.repaired;
        DAFTAR_RETURN_IF_ERROR(txn_.Delete(env_.table(tables::kDamaged), U32Key(change.rid)));
      } else {
        ++applied_.records;
        applied_.parts += change.parts.size();
      }
    }
    return OkStatus();
  }

  // The checkpoint with what was left out of it.
  StatusOr<v1::Checkpoint> Complete(v1::Checkpoint to) const {
    const v1::Cursor& from = writer_.head().checkpoint().cursor();
    v1::Cursor& cursor = *to.mutable_cursor();
    if (cursor.epoch().empty()) cursor.set_epoch(from.epoch());
    if (cursor.epoch().empty()) return InvalidArgument("the first checkpoint names no epoch");
    if (history_ == View::History::kSame && !from.epoch().empty() && from.epoch() != cursor.epoch())
      return FailedPrecondition("the checkpoint is of another history than this replica");
    if (cursor.revision() == 0) cursor.set_revision(std::max(latest_, from.revision()));
    const bool commit_known = latest_commit_.revision() == cursor.revision();
    if (cursor.chain().empty() && cursor.revision() == from.revision()) cursor.set_chain(from.chain());
    if (cursor.chain().empty() && commit_known && cursor.revision() == from.revision() + 1)
      cursor.set_chain(NextChain(from.chain(), to.digest(), latest_commit_));
    if (cursor.chain().empty()) return InvalidArgument("a checkpoint says too little to go on from it");
    if (to.server_ms() == 0 && commit_known) to.set_server_ms(latest_commit_.accepted_ms());
    if (to.server_ms() == 0) to.set_server_ms(writer_.head().checkpoint().server_ms());
    return to;
  }

  const Status& damage() const { return damage_; }
  const View::Applied& applied() const { return applied_; }

 private:
  Status Remove(Rid rid) {
    DAFTAR_ASSIGN_OR_RETURN(const bool removed, writer_.Remove(rid));
    applied_.removed += removed;
    return OkStatus();
  }

  Status RemoveAllBut(const v1::LiveRecords& live) {
    DAFTAR_ASSIGN_OR_RETURN(LiveSet there, LiveSet::From(live));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Rid> rids, AllRids(env_, txn_));
    for (const Rid rid : rids) {
      if (!there.Has(rid)) DAFTAR_RETURN_IF_ERROR(Remove(rid));
    }
    return OkStatus();
  }

  const lmdb::Environment& env_;
  lmdb::WriteTxn& txn_;
  ViewWriter& writer_;
  const View::History history_;
  View::Applied applied_;
  Revision latest_ = 0;
  v1::CommitInfo latest_commit_;
  Status damage_;
};

}  // namespace

StatusOr<View::Applied> LmdbView::ApplyStaged(const v1::Checkpoint& to, const v1::DeltaFrame* last, History history,
                                              const Scope& scope) {
  std::vector<Rid> damaged;
  Status failed;
  DAFTAR_RETURN_IF_ERROR(TrainFromStaged(*env_, records_));
  {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
    DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(*env_, records_, txn, text_index_));
    auto applied = ApplyFrames(txn, writer, to, last, history, scope);
    if (applied.ok()) {
      DAFTAR_RETURN_IF_ERROR(txn.Commit());
      // What was put back had been counted before it vanished.
      if (applied->mended) DAFTAR_RETURN_IF_ERROR(lmdb::RecountTable(*env_, table(tables::kRecord)));
      if (writer.replaced_many()) DAFTAR_RETURN_IF_ERROR(GoOnRebuilding(nullptr));
      return applied;
    }
    failed = applied.status();
    damaged = writer.damaged();
  }
  if (failed.code() != StatusCode::kDataLoss && failed.code() != StatusCode::kInvalidArgument) return failed;
  DAFTAR_RETURN_IF_ERROR(NoteDamaged(damaged));
  DAFTAR_RETURN_IF_ERROR(DropStaged());
  return failed;
}

StatusOr<View::Applied> LmdbView::ApplyFrames(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::Checkpoint& to,
                                              const v1::DeltaFrame* last, History history, const Scope& scope) {
  std::vector<std::string> frames;
  {
    lmdb::Cursor cursor = txn.Seek(table(tables::kStage), "");
    for (; cursor.valid(); cursor.Next()) frames.emplace_back(cursor.value());
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  FrameApplier applier(*env_, txn, writer, history);
  for (const std::string& bytes : frames) {
    v1::DeltaFrame frame;
    if (!frame.ParseFromString(bytes)) return DataLoss("a staged frame does not parse");
    DAFTAR_RETURN_IF_ERROR(applier.Apply(frame));
  }
  if (last != nullptr) DAFTAR_RETURN_IF_ERROR(applier.Apply(*last));
  DAFTAR_RETURN_IF_ERROR(applier.damage());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint complete, applier.Complete(to));
  DAFTAR_ASSIGN_OR_RETURN(const Digest digest, writer.CurrentDigest());
  if (ProofOf(digest) != complete.digest()) {
    return DataLoss("after revision " + std::to_string(complete.cursor().revision()) +
                    " this replica's digest would differ from the server's; it still shows its last good state");
  }
  if (!frames.empty()) DAFTAR_RETURN_IF_ERROR(txn.Clear(table(tables::kStage)));
  if (writer.head().checkpoint().cursor().chain().empty()) {
    // Whatever it was being filled with before, it is at a state now.
    DAFTAR_RETURN_IF_ERROR(txn.Delete(table(tables::kMeta), tables::kFillKey));
    DAFTAR_RETURN_IF_ERROR(txn.Clear(table(tables::kPiece)));
  }
  // Whoever is given changes from here has to be told what there is, not what there is no more.
  if (applier.applied().removed > 0) writer.head().set_horizon(complete.cursor().revision());
  writer.head().clear_scope();
  if (!scope.everything()) *writer.head().mutable_scope() = scope.message();
  writer.head().mutable_checkpoint()->set_signature(complete.signature());
  DAFTAR_RETURN_IF_ERROR(writer.Finish(complete.cursor(), complete.server_ms()));
  if (writer.replaced_many()) DAFTAR_RETURN_IF_ERROR(StartRebuildingIn(txn));
  Applied applied = applier.applied();
  applied.head = writer.head().checkpoint();
  return applied;
}

}  // namespace daftar
