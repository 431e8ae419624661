#include "storage/log/bulk_load.h"

#include <algorithm>

#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/log/log_store.h"
#include "storage/model/chain.h"
#include "storage/model/parts.h"
#include "storage/view/compaction.h"
#include "storage/view/record_tidy.h"
#include "storage/view/tables.h"
#include "storage/view/tidier.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U64Key;

constexpr uint64_t kMapBytes = 64ull << 30;

// A view has no log: neither the first link of the chain nor a next rid to give out.
Status TakeLogAway(LmdbView& view) {
  lmdb::Environment& env = view.env();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env, view.records(), txn));
  writer.head().set_next_rid(0);
  DAFTAR_RETURN_IF_ERROR(txn.Clear(env.table(tables::kChain)));
  const v1::Checkpoint head = writer.head().checkpoint();
  DAFTAR_RETURN_IF_ERROR(writer.Finish(head.cursor(), head.server_ms()));
  return txn.Commit();
}

}  // namespace

StatusOr<std::unique_ptr<BulkLoad>> BulkLoad::Create(const std::string& folder, const Clock& clock, Random& random,
                                                     const BulkLoadOptions& options) {
  if (options.records_per_batch == 0) return InvalidArgument("a batch of a bulk load holds a record at least");
  DAFTAR_RETURN_IF_ERROR(MakeFolder(folder));
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<FolderLock> lock, FolderLock::Acquire(folder));
  // Founded by the one who knows how, and opened again as a view.
  { DAFTAR_RETURN_IF_ERROR(LmdbLogStore::Create(folder, clock, random).status()); }
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<LmdbView> view,
                          LmdbView::Open(folder, {.map_bytes = kMapBytes, .create = false}));
  if (!options.with_log) DAFTAR_RETURN_IF_ERROR(TakeLogAway(*view));
  return std::unique_ptr<BulkLoad>(new BulkLoad(std::move(lock), std::move(view), clock, options));
}

BulkLoad::BulkLoad(std::unique_ptr<FolderLock> lock, std::unique_ptr<LmdbView> view, const Clock& clock,
                   const BulkLoadOptions& options)
    : options_(options),
      clock_(clock),
      lock_(std::move(lock)),
      view_(std::move(view)),
      records_per_commit_(options.records_per_batch) {}

BulkLoad::~BulkLoad() = default;

Status BulkLoad::Add(const Record& record) {
  return Add(record.id(), record.kind(), record.message().SerializeAsString());
}

Status BulkLoad::Add(const Uuid& id, Kind kind, std::string_view body) {
  if (id <= last_) return InvalidArgument("record " + id.ToString() + " is not behind the one before: sort by id");
  auto parts = SplitParts(body);
  if (!parts.ok()) return WithContext(parts.status(), "record " + id.ToString());
  last_ = id;
  RecordChange& change = batch_.emplace_back();
  change.rid = static_cast<Rid>(++records_);
  change.whole = true;
  change.id = id;
  change.kind = kind;
  for (Part& part : *parts) change.parts.push_back({part.id, 0, std::move(part.bytes)});
  batch_bytes_ += body.size();
  const bool full = batch_.size() >= records_per_commit_ || batch_bytes_ >= options_.bytes_per_batch;
  return full ? CommitBatch() : OkStatus();
}

Status BulkLoad::CommitBatch() {
  DictionaryTrainer trainer(view_->records());
  for (const RecordChange& change : batch_) {
    if (!view_->records().Packs(change.kind)) trainer.Offer(StoredFormOf(change));
  }
  DAFTAR_RETURN_IF_ERROR(trainer.Train(view_->records(), /*repack=*/false).status());
  size_t done = 0;
  while (done < batch_.size()) {
    const size_t count = std::min(records_per_commit_, batch_.size() - done);
    const Status status = CommitRange(done, count);
    if (status.ok()) {
      done += count;
      continue;
    }
    // Too many pages for one transaction: nothing of it was stored, and half as many records may fit.
    if (status.code() != StatusCode::kResourceExhausted || count < 2) return status;
    records_per_commit_ = count / 2;
  }
  batch_.clear();
  batch_bytes_ = 0;
  return OkStatus();
}

Status BulkLoad::CommitRange(size_t from, size_t count) {
  lmdb::Environment& env = view_->env();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env, view_->records(), txn));
  v1::Cursor cursor = writer.head().checkpoint().cursor();
  const Revision revision = cursor.revision() + 1;

  v1::LogEntry entry;
  for (size_t i = from; i < from + count; ++i) {
    RecordChange& change = batch_[i];
    change.revision = change.created = revision;
    for (PartChange& part : change.parts) part.revision = revision;
    DAFTAR_RETURN_IF_ERROR(writer.Apply(change));
    entry.add_rid(change.rid);
  }
  DAFTAR_ASSIGN_OR_RETURN(const Digest digest, writer.CurrentDigest());
  v1::CommitInfo& info = *entry.mutable_info();
  info.set_revision(revision);
  info.set_author(options_.author);
  info.set_at_ms(clock_.NowMs());
  info.set_accepted_ms(clock_.NowMs());
  info.set_reason(options_.reason);
  DAFTAR_RETURN_IF_ERROR(writer.PutCommit(info));
  const std::string bytes = entry.SerializeAsString();
  cursor.set_revision(revision);
  cursor.set_chain(NextChain(cursor.chain(), ProofOf(digest), info));
  if (options_.with_log) {
    writer.head().set_next_rid(batch_[from + count - 1].rid + 1);
    DAFTAR_RETURN_IF_ERROR(txn.Append(env.table(tables::kLog), U64Key(revision), bytes));
    DAFTAR_RETURN_IF_ERROR(txn.Append(env.table(tables::kChain), U64Key(revision), cursor.chain()));
  }
  DAFTAR_RETURN_IF_ERROR(writer.Finish(cursor, clock_.NowMs()));
  return txn.Commit();
}

StatusOr<BulkLoaded> BulkLoad::Finish(const std::function<bool(uint64_t behind)>& progress) {
  DAFTAR_RETURN_IF_ERROR(CommitBatch());
  // The dataset's clock may stand still; this one only tells how long a snapshot has been held.
  const SystemClock now;
  DAFTAR_RETURN_IF_ERROR(TidyAll(*view_, now, progress));
  const std::string folder = view_->env().folder();
  view_.reset();
  const auto go_on = [&progress](uint64_t, uint64_t) { return !progress || progress(0); };
  DAFTAR_RETURN_IF_ERROR(CompactClosed(folder, kMapBytes, options_.compact, go_on).status());
  DAFTAR_ASSIGN_OR_RETURN(view_, LmdbView::Open(folder, {.map_bytes = kMapBytes, .create = false}));
  BulkLoaded loaded;
  lmdb::Environment& env = view_->env();
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env, txn));
    loaded.head = head.checkpoint();
  }
  DAFTAR_ASSIGN_OR_RETURN(loaded.tables, env.Stats());
  DAFTAR_ASSIGN_OR_RETURN(loaded.file_bytes, env.FileBytes());
  view_.reset();
  lock_.reset();
  return loaded;
}

}  // namespace daftar
