#include "storage/view/lmdb_view.h"

#include <algorithm>

#include "storage/lmdb/check.h"
#include "storage/view/change_scan.h"
#include "storage/view/compaction.h"
#include "storage/view/lmdb_read_view.h"
#include "storage/view/record_tidy.h"
#include "storage/view/rehash.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "storage/view/text_tidy.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;
using tables::U64Key;

}  // namespace

StatusOr<std::unique_ptr<LmdbView>> LmdbView::Open(const std::string& folder, const Options& options) {
  lmdb::Options env_options;
  env_options.map_bytes = options.map_bytes;
  env_options.create = options.create;
  env_options.ballast_bytes = options.ballast_bytes;
  env_options.probe_after_crash = options.probe_after_crash;
  DAFTAR_ASSIGN_OR_RETURN(auto env, lmdb::Environment::Open(folder, env_options, tables::kNames));
  auto view = std::unique_ptr<LmdbView>(new LmdbView(std::move(env), options.text_index));
  DAFTAR_RETURN_IF_ERROR(view->CheckVersions());
  if (options.check_after_crash && view->env_->was_left_open()) DAFTAR_RETURN_IF_ERROR(view->MendIfRowsVanished());
  return view;
}

Status LmdbView::CheckVersions() {
  const std::string format = U32Key(tables::kFormat);
  std::string stored;
  bool rebuilding = false, current = false;
  {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> value, txn.Get(table(tables::kMeta), "format"));
    stored = value.value_or("");
    rebuilding = txn.Has(table(tables::kMeta), tables::kRebuildKey);
    const StatusOr<v1::IndexManifest> manifest = LoadManifest(*env_, txn);
    if (!manifest.ok() && manifest.status().code() != StatusCode::kDataLoss) return manifest.status();
    current = manifest.ok() && IsCurrent(*manifest);
  }
  if (!stored.empty() && stored != format) {
    return FailedPrecondition(
        env_->folder() + " was written by another version of Daftar; this one cannot read its format. It is untouched");
  }
  DAFTAR_RETURN_IF_ERROR(records_.LoadDictionaries());
  if (rebuilding) return GoOnRebuilding(nullptr);
  if (!stored.empty() && current) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kMeta), "format", format));
  if (stored.empty() || !current) DAFTAR_RETURN_IF_ERROR(TextIndexWriter(*env_, records_, txn).StartAnew());
  return txn.Commit();
}

StatusOr<View::TextIndexState> LmdbView::TextIndex() const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(const v1::IndexManifest manifest, LoadManifest(*env_, txn));
  TextIndexState state;
  DAFTAR_ASSIGN_OR_RETURN(state.behind, txn.Count(table(tables::kBehind)));
  for (const v1::IndexSegment& entry : manifest.segment()) state.documents += entry.docs() - entry.deleted();
  state.segments = static_cast<uint64_t>(manifest.segment_size());
  return state;
}

StatusOr<bool> LmdbView::Tidy(const Clock& clock, const std::function<bool()>& go_on) {
  DAFTAR_ASSIGN_OR_RETURN(const bool indexed, TidyTextIndex(*env_, records_, clock, *cache_, go_on));
  if (indexed) return true;
  DAFTAR_ASSIGN_OR_RETURN(const bool packed, TidyRecords(*env_, records_, go_on));
  if (packed) return true;
  DAFTAR_ASSIGN_OR_RETURN(const auto damaged, RehashSome(*env_, records_, clock));
  if (damaged && !damaged->empty()) DAFTAR_RETURN_IF_ERROR(lmdb::CheckPagesBeforeRepair(*env_));
  if (damaged) DAFTAR_RETURN_IF_ERROR(NoteDamaged(*damaged));
  return damaged.has_value();
}

StatusOr<View::FileUse> LmdbView::File() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::FileSpace space, lmdb::SpaceOf(*env_));
  return FileUse{space.file_bytes, space.free_bytes, IsWorthCompacting(space), space.compacted_waits};
}

StatusOr<Compacted> LmdbView::Compact(CompactWhen when, const Progress& progress) const {
  return CompactEnvironment(*env_, when, progress);
}

StatusOr<std::unique_ptr<ReadView>> LmdbView::Snapshot() const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  return std::unique_ptr<ReadView>(new LmdbReadView(*env_, records_, std::move(txn), cache_));
}

StatusOr<ChangeBatch> LmdbView::ChangesAfter(const v1::Position& from, Revision since, size_t max_bytes,
                                             const Slice& slice) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(ChangeBatch batch, ChangeScan(*env_, records_, txn).After(from, since, max_bytes, slice));
  if (!batch.reached_head || slice.wanted.everything()) return batch;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<ScopeSums::State> state,
                          scope_sums_.For(slice.wanted)->At(*env_, records_, txn));
  if (!state) {
    batch.reached_head = false;  // there is more by now
    return batch;
  }
  batch.head.set_digest(ProofOf(state->sum));
  batch.head.set_records(state->records);
  return batch;
}

StatusOr<WholeBatch> LmdbView::WholeRecords(std::span<const Rid> rids, size_t max_bytes, const Scope& scope) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  return ChangeScan(*env_, records_, txn).Whole(rids, max_bytes, scope);
}

StatusOr<std::vector<Rid>> LmdbView::LyingIn(std::span<const Rid> places) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  return ChangeScan(*env_, records_, txn).LyingIn(places);
}

Status LmdbView::Stage(const v1::DeltaFrame& frame) {
  DAFTAR_RETURN_IF_ERROR(DecodeFrame(frame).status());
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  uint64_t number = 1;
  {
    lmdb::Cursor last = txn.SeekLast(table(tables::kStage), "");
    DAFTAR_RETURN_IF_ERROR(last.status());
    std::string_view key = last.valid() ? last.key() : std::string_view();
    if (TakeU64(key, number)) ++number;
  }
  DAFTAR_RETURN_IF_ERROR(txn.Append(table(tables::kStage), U64Key(number), frame.SerializeAsString()));
  return txn.Commit();
}

StatusOr<std::optional<v1::Position>> LmdbView::Staged() const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  std::optional<v1::Position> position;
  lmdb::Cursor cursor = txn.SeekLast(table(tables::kStage), "");
  for (; cursor.valid() && !position; cursor.Prev()) {
    v1::DeltaFrame frame;
    if (!frame.ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size())))
      return DataLoss("a staged frame does not parse");
    if (frame.repair()) continue;
    DAFTAR_ASSIGN_OR_RETURN(const ChangeSet set, DecodeFrame(frame));
    position = PositionAfter(frame, set);
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return position;
}

Status LmdbView::DropStaged() {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_RETURN_IF_ERROR(txn.Clear(table(tables::kStage)));
  return txn.Commit();
}

StatusOr<Scope> LmdbView::HeldScope() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(*env_, txn));
  return Scope::From(head.scope());
}

Status LmdbView::Clear() {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  for (const tables::Index index : tables::kOfRecords) DAFTAR_RETURN_IF_ERROR(txn.Clear(table(index)));
  DAFTAR_RETURN_IF_ERROR(txn.Delete(table(tables::kMeta), "head"));
  DAFTAR_RETURN_IF_ERROR(txn.Delete(table(tables::kMeta), tables::kFillKey));
  DAFTAR_RETURN_IF_ERROR(TextIndexWriter(*env_, records_, txn).StartAnew());
  return txn.Commit();
}

StatusOr<std::string> LmdbView::FrameDictionary() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes,
                          txn.Get(table(tables::kMeta), tables::kFrameDictionaryKey));
  return std::string(bytes.value_or(""));
}

Status LmdbView::KeepFrameDictionary(std::string_view bytes) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kMeta), tables::kFrameDictionaryKey, bytes));
  return txn.Commit();
}

Status LmdbView::NoteDamaged(std::span<const Rid> rids) {
  if (rids.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  for (Rid rid : rids) DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kDamaged), U32Key(rid), ""));
  return txn.Commit();
}

StatusOr<std::vector<Rid>> LmdbView::Damaged() const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  std::vector<Rid> rids;
  lmdb::Cursor cursor = txn.Seek(table(tables::kDamaged), "");
  for (; cursor.valid(); cursor.Next()) rids.push_back(tables::RidOf(cursor.key()));
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return rids;
}

}  // namespace daftar
