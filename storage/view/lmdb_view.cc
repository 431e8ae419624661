#include "storage/view/lmdb_view.h"

#include <algorithm>

#include "storage/lmdb/check.h"
#include "storage/model/parts.h"
#include "storage/view/compaction.h"
#include "storage/view/lmdb_read_view.h"
#include "storage/view/record_tidy.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "storage/view/text_tidy.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U32Key;
using tables::U64Key;

// A record's change as a session sends it: whole, or the parts newer than `since`.
StatusOr<RecordChange> ChangeOf(Rid rid, const v1::StoredRecord& stored, Revision since, bool whole) {
  std::optional<Uuid> id = Uuid::FromBytes(stored.id());
  if (!id) return DataLoss("record " + std::to_string(rid) + " has no id");
  RecordChange change{rid, stored.revision(), whole, *id, stored.kind(), stored.created(), {}};
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Part> parts, SplitParts(stored.body()));
  std::map<PartId, Revision> revisions;
  for (const v1::PartRevision& part : stored.part()) revisions[{part.field(), part.key()}] = part.revision();
  if (whole) {
    for (const Part& part : parts) revisions.try_emplace(part.id, stored.created());
  }
  for (const auto& [part, revision] : revisions) {
    if (whole || revision > since) change.parts.push_back({part, revision, std::string(FindPart(parts, part))});
  }
  return change;
}

size_t SizeOf(const RecordChange& change) {
  size_t size = 32;
  for (const PartChange& part : change.parts) size += 20 + part.value.size();
  return size;
}

// Adds the commits that the last change of the set names and the set does not have yet, newest first, while they fit
// beside the records: a record that very many people touched loses the names of the oldest, and nothing else.
class CommitCollector {
 public:
  CommitCollector(const lmdb::Environment& env, const lmdb::ReadTxn& txn) : env_(env), txn_(txn) {}

  Status AddFor(ChangeSet& set) {
    const RecordChange& change = set.changes.back();
    std::set<Revision, std::greater<>> named{change.revision};
    if (change.whole) named.insert(change.created);
    for (const PartChange& part : change.parts) named.insert(part.revision);
    for (Revision revision : named) {
      if (bytes_ > kMostCommitBytes || !known_.insert(revision).second) continue;
      DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes,
                              txn_.Get(env_.table(tables::kCommit), U64Key(revision)));
      v1::CommitInfo commit;
      if (!bytes || !commit.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) continue;
      bytes_ += bytes->size();
      set.commits.push_back(std::move(commit));
    }
    return OkStatus();
  }

 private:
  static constexpr size_t kMostCommitBytes = kMaxFrameBody / 8;

  const lmdb::Environment& env_;
  const lmdb::ReadTxn& txn_;
  std::set<Revision> known_;
  size_t bytes_ = 0;
};

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
  return TidyRecords(*env_, records_, go_on);
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

StatusOr<ChangeBatch> LmdbView::ChangesAfter(const v1::Position& from, Revision since, size_t max_bytes) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(v1::StoredHead head, LoadHead(*env_, txn));
  ChangeBatch batch;
  batch.position = from;
  batch.head = head.checkpoint();
  CommitCollector commits(*env_, txn);
  size_t bytes = 0;
  std::string start = tables::LatestKey(from.revision(), from.rid());
  lmdb::Cursor cursor = txn.Seek(table(tables::kLatest), start, U32Key(tables::kWholePartition));
  if (cursor.valid() && cursor.key() == start) cursor.Next();
  for (; cursor.valid() && bytes < max_bytes; cursor.Next()) {
    Rid rid = tables::RidOf(cursor.key());
    DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> stored, records_.Load(txn, rid));
    if (!stored) return DataLoss("record " + std::to_string(rid) + " is in the list of changes and nowhere else");
    DAFTAR_ASSIGN_OR_RETURN(RecordChange change, ChangeOf(rid, *stored, since, stored->created() > since));
    size_t size = SizeOf(change);
    if (bytes > 0 && bytes + size > kMaxFrameBody / 2) return batch;
    bytes += size;
    batch.position.set_revision(change.revision);
    batch.position.set_rid(rid);
    batch.set.changes.push_back(std::move(change));
    DAFTAR_RETURN_IF_ERROR(commits.AddFor(batch.set));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  batch.reached_head = !cursor.valid();
  return batch;
}

StatusOr<size_t> LmdbView::WholeRecords(std::span<const Rid> rids, size_t max_bytes, ChangeSet* out) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  CommitCollector commits(*env_, txn);
  size_t bytes = 0, covered = 0;
  for (Rid rid : rids) {
    if (bytes >= max_bytes) break;
    DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> stored, records_.Load(txn, rid));
    ++covered;
    if (!stored) continue;
    DAFTAR_ASSIGN_OR_RETURN(RecordChange change, ChangeOf(rid, *stored, 0, true));
    size_t size = SizeOf(change);
    if (bytes > 0 && bytes + size > kMaxFrameBody / 2) return covered - 1;
    bytes += size;
    out->changes.push_back(std::move(change));
    DAFTAR_RETURN_IF_ERROR(commits.AddFor(*out));
  }
  return covered;
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
