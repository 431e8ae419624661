#include "storage/view/lmdb_fill.h"

#include <algorithm>

#include "storage/base/parallel.h"
#include "storage/view/changes.h"
#include "storage/view/chunk.h"
#include "storage/view/record_tidy.h"
#include "storage/view/tables.h"

namespace daftar {
namespace {

std::string PieceKey(std::string_view hash, uint32_t offset) {
  std::string key(hash);
  PutU32(key, offset);
  return key;
}

Status PutState(const lmdb::Environment& env, lmdb::WriteTxn& txn, const v1::StoredFill& state) {
  return txn.Put(env.table(tables::kMeta), tables::kFillKey, state.SerializeAsString());
}

}  // namespace

StatusOr<std::optional<v1::StoredFill>> LmdbFill::StateIn(const lmdb::ReadTxn& txn) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes,
                          txn.Get(env_.table(tables::kMeta), tables::kFillKey));
  if (!bytes) return std::optional<v1::StoredFill>();
  v1::StoredFill state;
  if (!state.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
    return DataLoss("how far the replica has been filled cannot be read");
  return std::optional<v1::StoredFill>(std::move(state));
}

StatusOr<std::optional<v1::StoredFill>> LmdbFill::State() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  return StateIn(txn);
}

Status LmdbFill::Begin(const v1::Manifest& manifest) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env_, txn));
  if (!head.checkpoint().cursor().chain().empty())
    return FailedPrecondition("the replica shows a revision already, and needs no filling");
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredFill> state, StateIn(txn));
  if (!state) state.emplace();
  const v1::Cursor& base = manifest.base();
  if (!state->base().epoch().empty() && state->base().epoch() != base.epoch()) {
    return FailedPrecondition(
        "the replica was being filled from another history: the server was restored, or it is another one. Remove the "
        "folder replica and sync again; what waits for the server is elsewhere and safe");
  }
  if (state->base().epoch().empty() || base.revision() < state->base().revision()) *state->mutable_base() = base;
  state->set_total(0);
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) state->set_total(state->total() + chunk.packed_size());
  // Frames of a session that was cut, before the server had chunks, are older than these.
  DAFTAR_RETURN_IF_ERROR(txn.Clear(env_.table(tables::kStage)));
  DAFTAR_RETURN_IF_ERROR(PutState(env_, txn, *state));
  return txn.Commit();
}

Status LmdbFill::Load(const v1::SnapshotChunk& entry, std::string_view bytes) {
  DAFTAR_ASSIGN_OR_RETURN(ChunkContent content, UnpackChunk(entry, bytes));
  DictionaryTrainer trainer(records_);
  for (const auto& [rid, record] : content.records) {
    if (!records_.Packs(record.kind())) trainer.Offer(record);
  }
  DAFTAR_RETURN_IF_ERROR(trainer.Train(records_, /*repack=*/false).status());

  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredFill> state, StateIn(txn));
  if (!state) return FailedPrecondition("no filling is under way");
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env_, records_, txn));
  writer.IndexTextsLater();
  for (const v1::CommitInfo& commit : content.commits) DAFTAR_RETURN_IF_ERROR(writer.PutCommit(commit));
  Outlines outlines;
  DAFTAR_RETURN_IF_ERROR(InsertAll(writer, ChunkPreparer(env_, records_, std::move(content.records)), outlines));
  writer.Outline(outlines);
  DAFTAR_RETURN_IF_ERROR(writer.Finish(v1::Cursor(), 0));
  DAFTAR_RETURN_IF_ERROR(DropPieces(txn, entry.hash()));
  v1::StoredFill::Range& range = *state->add_range();
  range.set_first(entry.first_rid());
  range.set_last(entry.last_rid());
  state->set_fetched(state->fetched() + bytes.size());
  DAFTAR_RETURN_IF_ERROR(PutState(env_, txn, *state));
  return txn.Commit();
}

Status LmdbFill::InsertAll(ViewWriter& writer, ChunkPreparer chunk, Outlines& outlines) const {
  while (!chunk.done()) {
    DAFTAR_ASSIGN_OR_RETURN(std::vector<PreparedRecord> piece, chunk.Next());
    std::erase_if(piece, [&writer](const PreparedRecord& record) { return !writer.Wants(record); });
    const auto insert = [&]() -> Status {
      for (const PreparedRecord& record : piece) DAFTAR_RETURN_IF_ERROR(writer.Insert(record));
      return OkStatus();
    };
    const auto outline = [&]() -> Status {
      outlines.Add(piece);
      return chunk.done() ? outlines.Seal() : OkStatus();
    };
    if (piece.size() < kFewestForThread) {
      DAFTAR_RETURN_IF_ERROR(insert());
      DAFTAR_RETURN_IF_ERROR(outline());
    } else {
      DAFTAR_RETURN_IF_ERROR(InParallel(insert, outline));
    }
  }
  return OkStatus();
}

Status LmdbFill::LoadAhead(const v1::DeltaFrame& frame) {
  DAFTAR_ASSIGN_OR_RETURN(const ChangeSet set, DecodeFrame(frame));
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> state, StateIn(txn));
  if (!state) return FailedPrecondition("no filling is under way");
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env_, records_, txn));
  for (const v1::CommitInfo& commit : set.commits) DAFTAR_RETURN_IF_ERROR(writer.PutCommit(commit));
  for (const RecordChange& change : set.changes) {
    if (!change.whole) return InvalidArgument("a replica that has nothing was sent a part of a record");
    DAFTAR_ASSIGN_OR_RETURN(const PreparedRecord prepared, PrepareRecord(records_, change.rid, StoredFormOf(change)));
    DAFTAR_RETURN_IF_ERROR(writer.Insert(prepared));
  }
  DAFTAR_RETURN_IF_ERROR(writer.Finish(v1::Cursor(), 0));
  return txn.Commit();
}

Status LmdbFill::Finish() {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> state, StateIn(txn));
  if (!state) return FailedPrecondition("no filling is under way");
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env_, records_, txn));
  DAFTAR_RETURN_IF_ERROR(writer.Finish(state->base(), 0));
  DAFTAR_RETURN_IF_ERROR(txn.Delete(env_.table(tables::kMeta), tables::kFillKey));
  DAFTAR_RETURN_IF_ERROR(txn.Clear(env_.table(tables::kPiece)));
  return txn.Commit();
}

Status LmdbFill::KeepPiece(std::string_view hash, uint32_t offset, std::string_view data) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_RETURN_IF_ERROR(txn.Put(env_.table(tables::kPiece), PieceKey(hash, offset), data));
  return txn.Commit();
}

StatusOr<std::string> LmdbFill::Pieces(std::string_view hash) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  std::string bytes;
  lmdb::Cursor cursor = txn.SeekPrefix(env_.table(tables::kPiece), hash);
  for (; cursor.valid() && cursor.key() == PieceKey(hash, static_cast<uint32_t>(bytes.size())); cursor.Next())
    bytes += cursor.value();
  return bytes;
}

Status LmdbFill::DropPieces(lmdb::WriteTxn& txn, std::string_view hash) {
  std::vector<std::string> keys;
  lmdb::Cursor cursor = txn.SeekPrefix(env_.table(tables::kPiece), hash);
  for (; cursor.valid(); cursor.Next()) keys.emplace_back(cursor.key());
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  for (const std::string& key : keys) DAFTAR_RETURN_IF_ERROR(txn.Delete(env_.table(tables::kPiece), key));
  return OkStatus();
}

}  // namespace daftar
