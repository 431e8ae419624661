// LmdbLogStore: the log in the same environment as the view, so that one transaction moves both.
#include <algorithm>

#include "storage/base/files.h"
#include "storage/log/expiry.h"
#include "storage/log/judge.h"
#include "storage/log/log_store.h"
#include "storage/model/chain.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using tables::U64Key;

constexpr uint64_t kMapBytes = 64ull << 30;
constexpr uint32_t kFirstRid = 1;
constexpr size_t kDeviceBytes = 32;

template <typename Message>
StatusOr<Message> Parse(std::string_view bytes, std::string_view what) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return DataLoss(std::string(what) + " does not parse");
  return message;
}

class Store final : public LogStore {
 public:
  Store(std::unique_ptr<LmdbView> view, const Clock& clock)
      : view_(std::move(view)), env_(view_->env()), clock_(clock) {}

  // Gives an empty dataset its epoch.
  Status Found(Random& random);
  // Whether the dataset has an epoch.
  StatusOr<bool> IsFounded() const;

  StatusOr<v1::Checkpoint> Head() const override;
  StatusOr<std::vector<StatusOr<v1::PushResult>>> Commit(std::span<const v1::Mutation> mutations) override;
  StatusOr<v1::PushResult> Deny(const v1::Mutation& mutation, std::span<const v1::FieldError> reasons) override;
  Status NoteDevice(std::string_view client, std::string_view device) override;
  StatusOr<std::vector<std::string>> DevicesOf(std::string_view client) const override;
  StatusOr<size_t> Expire(int64_t retired_before_ms, int64_t forget_before_ms, size_t most) override;
  StatusOr<std::optional<v1::PushResult>> Resolve(std::string_view client, uint64_t seq) const override;
  StatusOr<uint64_t> LastSeq(std::string_view client) const override;
  StatusOr<std::optional<std::string>> ChainAt(Revision revision) const override;
  StatusOr<std::vector<v1::LogEntry>> ReadLog(Revision from, size_t limit) const override;
  StatusOr<std::vector<v1::Conflict>> Conflicts(size_t limit) const override;
  const View& view() const override { return *view_; }
  View& view() override { return *view_; }

 private:
  StatusOr<v1::PushResult> CommitOne(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::Mutation& mutation);
  // The stored answer, if there is one; nullopt: it is this mutation's turn. Aborted if its predecessor is missing.
  StatusOr<std::optional<v1::PushResult>> AnsweredOrTurn(const lmdb::ReadTxn& txn, const v1::Mutation& mutation) const;
  // Keeps the answer for ever.
  Status KeepAnswer(lmdb::WriteTxn& txn, const v1::Mutation& mutation, const v1::PushResult& result);
  Status WriteCommit(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::Mutation& mutation, const Verdict& verdict,
                     Revision revision);
  // Moves the head to the revision of the entry, and keeps the entry.
  Status Advance(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::LogEntry& entry);
  // A client's row: its last seq, 0 for none, and behind it the devices that it pushes by.
  struct ClientRow {
    uint64_t last_seq = 0;
    std::vector<std::string> devices;
  };
  StatusOr<ClientRow> RowOf(const lmdb::ReadTxn& txn, std::string_view client) const;
  Status PutRow(lmdb::WriteTxn& txn, std::string_view client, const ClientRow& row);
  StatusOr<std::optional<v1::PushResult>> ResolveIn(const lmdb::ReadTxn& txn, std::string_view client,
                                                    uint64_t seq) const;
  lmdb::Table table(size_t index) const { return env_.table(index); }

  const std::unique_ptr<LmdbView> view_;
  lmdb::Environment& env_;
  const Clock& clock_;
};

Status Store::Found(Random& random) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env_, view_->records(), txn));
  v1::Cursor cursor;
  cursor.set_epoch(Uuid::Make(clock_.NowMs(), random).str());
  cursor.set_chain(FirstChain(cursor.epoch()));
  writer.head().set_next_rid(kFirstRid);
  DAFTAR_RETURN_IF_ERROR(writer.Finish(cursor, clock_.NowMs()));
  DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kChain), U64Key(0), cursor.chain()));
  return txn.Commit();
}

StatusOr<bool> Store::IsFounded() const {
  DAFTAR_ASSIGN_OR_RETURN(v1::Checkpoint head, Head());
  return !head.cursor().epoch().empty();
}

StatusOr<v1::Checkpoint> Store::Head() const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(v1::StoredHead head, LoadHead(env_, txn));
  return head.checkpoint();
}

StatusOr<std::vector<StatusOr<v1::PushResult>>> Store::Commit(std::span<const v1::Mutation> mutations) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env_, view_->records(), txn));
  std::vector<StatusOr<v1::PushResult>> results;
  for (const v1::Mutation& mutation : mutations) {
    StatusOr<v1::PushResult> result = CommitOne(txn, writer, mutation);
    bool of_this_mutation_only = result.ok() || result.status().code() == StatusCode::kAborted ||
                                 result.status().code() == StatusCode::kInvalidArgument;
    if (!of_this_mutation_only) return result.status();
    results.push_back(std::move(result));
  }
  v1::Cursor cursor = writer.head().checkpoint().cursor();
  DAFTAR_RETURN_IF_ERROR(writer.Finish(cursor, clock_.NowMs()));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return results;
}

StatusOr<std::optional<v1::PushResult>> Store::AnsweredOrTurn(const lmdb::ReadTxn& txn,
                                                              const v1::Mutation& mutation) const {
  if (mutation.client().size() != Uuid::kSize || mutation.seq() == 0)
    return InvalidArgument("a push names no client or number");
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::PushResult> answered, ResolveIn(txn, mutation.client(), mutation.seq()));
  if (answered) return answered;
  DAFTAR_ASSIGN_OR_RETURN(const ClientRow row, RowOf(txn, mutation.client()));
  const uint64_t last = row.last_seq;
  const bool begins = last == 0 && mutation.first();
  if (mutation.seq() != last + 1 && !begins) {
    return Aborted("push " + std::to_string(mutation.seq()) + " came before push " + std::to_string(last + 1));
  }
  return std::optional<v1::PushResult>();
}

Status Store::KeepAnswer(lmdb::WriteTxn& txn, const v1::Mutation& mutation, const v1::PushResult& result) {
  DAFTAR_RETURN_IF_ERROR(
      txn.Put(table(tables::kPush), tables::PushKey(mutation.client(), mutation.seq()), result.SerializeAsString()));
  DAFTAR_ASSIGN_OR_RETURN(ClientRow row, RowOf(txn, mutation.client()));
  row.last_seq = mutation.seq();
  return PutRow(txn, mutation.client(), row);
}

StatusOr<v1::PushResult> Store::Deny(const v1::Mutation& mutation, std::span<const v1::FieldError> reasons) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::PushResult> answered, AnsweredOrTurn(txn, mutation));
  if (answered) return *std::move(answered);
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env_, txn));
  v1::PushResult result;
  result.set_seq(mutation.seq());
  result.set_outcome(v1::PushResult::Outcome::DENIED);
  result.set_head(head.checkpoint().cursor().revision());
  result.mutable_error()->Add(reasons.begin(), reasons.end());
  DAFTAR_RETURN_IF_ERROR(KeepAnswer(txn, mutation, result));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return result;
}

StatusOr<v1::PushResult> Store::CommitOne(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::Mutation& mutation) {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::PushResult> answered, AnsweredOrTurn(txn, mutation));
  if (answered) return *std::move(answered);
  v1::Cursor& head = *writer.head().mutable_checkpoint()->mutable_cursor();
  DAFTAR_ASSIGN_OR_RETURN(Verdict verdict, JudgeMutation(env_, view_->records(), txn, mutation, head.revision() + 1,
                                                         writer.head().next_rid()));
  v1::PushResult result;
  result.set_seq(mutation.seq());
  result.set_outcome(verdict.outcome);
  if (!verdict.changes.empty()) {
    result.set_revision(head.revision() + 1);
    DAFTAR_RETURN_IF_ERROR(WriteCommit(txn, writer, mutation, verdict, result.revision()));
  }
  result.set_head(head.revision());
  for (v1::Conflict& settled : verdict.settled) {
    DAFTAR_RETURN_IF_ERROR(txn.Delete(table(tables::kConflict), ConflictKey(settled.id())));
    v1::SettledConflict& kept = *result.add_settled();
    *kept.mutable_conflict() = std::move(settled);
    kept.set_author(mutation.author());
    kept.set_at_ms(mutation.at_ms());
    kept.set_reason(mutation.reason());
  }
  for (const v1::Conflict& conflict : verdict.conflicts) {
    DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kConflict), ConflictKey(conflict.id()), conflict.SerializeAsString()));
    *result.add_conflict() = conflict;
  }
  for (const v1::FieldError& error : verdict.errors) *result.add_error() = error;
  DAFTAR_RETURN_IF_ERROR(KeepAnswer(txn, mutation, result));
  return result;
}

Status Store::WriteCommit(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::Mutation& mutation, const Verdict& verdict,
                          Revision revision) {
  v1::LogEntry entry;
  v1::CommitInfo& info = *entry.mutable_info();
  info.set_revision(revision);
  info.set_author(mutation.author());
  info.set_at_ms(mutation.at_ms());
  info.set_accepted_ms(clock_.NowMs());
  info.set_reason(mutation.reason());
  entry.set_client(mutation.client());
  entry.set_seq(mutation.seq());
  for (const v1::RecordEdit& edit : verdict.edits) *entry.add_edit() = edit;
  for (const RecordChange& change : verdict.changes) {
    entry.add_rid(change.rid);
    DAFTAR_RETURN_IF_ERROR(writer.Apply(change));
  }
  writer.head().set_next_rid(verdict.next_rid);
  return Advance(txn, writer, entry);
}

Status Store::Advance(lmdb::WriteTxn& txn, ViewWriter& writer, const v1::LogEntry& entry) {
  const v1::CommitInfo& info = entry.info();
  DAFTAR_RETURN_IF_ERROR(writer.PutCommit(info));
  v1::Cursor& head = *writer.head().mutable_checkpoint()->mutable_cursor();
  head.set_revision(info.revision());
  DAFTAR_ASSIGN_OR_RETURN(const Digest digest, writer.CurrentDigest());
  head.set_chain(NextChain(head.chain(), ProofOf(digest), info));
  DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kChain), U64Key(info.revision()), head.chain()));
  return txn.Put(table(tables::kLog), U64Key(info.revision()), entry.SerializeAsString());
}

StatusOr<size_t> Store::Expire(int64_t retired_before_ms, int64_t forget_before_ms, size_t most) {
  std::vector<Rid> over;
  {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
    DAFTAR_ASSIGN_OR_RETURN(over, RetiredBefore(env_, view_->records(), txn, retired_before_ms, most));
  }
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(ViewWriter writer, ViewWriter::Begin(env_, view_->records(), txn));
  DAFTAR_ASSIGN_OR_RETURN(const bool forgot, ForgetEnded(env_, txn, forget_before_ms, writer.head()));
  if (over.empty() && !forgot) return size_t{0};
  if (!over.empty()) {
    v1::LogEntry entry;
    v1::CommitInfo& info = *entry.mutable_info();
    info.set_revision(writer.head().checkpoint().cursor().revision() + 1);
    info.set_author("daftard");
    info.set_reason("retired for longer than records are kept");
    info.set_accepted_ms(clock_.NowMs());
    info.set_at_ms(info.accepted_ms());
    for (const Rid rid : over) {
      entry.add_expired(rid);
      DAFTAR_RETURN_IF_ERROR(writer.Remove(rid).status());
      DAFTAR_RETURN_IF_ERROR(txn.Put(table(tables::kLatest), tables::LatestKey(info.revision(), rid), tables::kEnded));
    }
    DAFTAR_RETURN_IF_ERROR(Advance(txn, writer, entry));
  }
  DAFTAR_RETURN_IF_ERROR(writer.Finish(writer.head().checkpoint().cursor(), clock_.NowMs()));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return over.size();
}

StatusOr<Store::ClientRow> Store::RowOf(const lmdb::ReadTxn& txn, std::string_view client) const {
  if (client.size() != Uuid::kSize) return InvalidArgument("a client id has 16 bytes");
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn.Get(table(tables::kClient), client));
  ClientRow row;
  std::string_view rest = bytes.value_or("");
  TakeU64(rest, row.last_seq);
  for (; rest.size() >= kDeviceBytes; rest.remove_prefix(kDeviceBytes))
    row.devices.emplace_back(rest.substr(0, kDeviceBytes));
  return row;
}

Status Store::PutRow(lmdb::WriteTxn& txn, std::string_view client, const ClientRow& row) {
  std::string bytes = U64Key(row.last_seq);
  for (const std::string& device : row.devices) bytes += device;
  return txn.Put(table(tables::kClient), client, bytes);
}

Status Store::NoteDevice(std::string_view client, std::string_view device) {
  if (device.size() != kDeviceBytes) return InvalidArgument("a device's key has 32 bytes");
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(ClientRow row, RowOf(txn, client));
  const bool known = std::find(row.devices.begin(), row.devices.end(), device) != row.devices.end();
  if (known || row.devices.size() == kMostDevicesOfClient) return OkStatus();
  row.devices.emplace_back(device);
  DAFTAR_RETURN_IF_ERROR(PutRow(txn, client, row));
  return txn.Commit();
}

StatusOr<std::vector<std::string>> Store::DevicesOf(std::string_view client) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(ClientRow row, RowOf(txn, client));
  return std::move(row.devices);
}

StatusOr<std::optional<v1::PushResult>> Store::ResolveIn(const lmdb::ReadTxn& txn, std::string_view client,
                                                         uint64_t seq) const {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes,
                          txn.Get(table(tables::kPush), tables::PushKey(client, seq)));
  if (!bytes) return std::optional<v1::PushResult>();
  DAFTAR_ASSIGN_OR_RETURN(v1::PushResult result, Parse<v1::PushResult>(*bytes, "a stored answer"));
  return std::optional<v1::PushResult>(std::move(result));
}

StatusOr<std::optional<v1::PushResult>> Store::Resolve(std::string_view client, uint64_t seq) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
  return ResolveIn(txn, client, seq);
}

StatusOr<uint64_t> Store::LastSeq(std::string_view client) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(const ClientRow row, RowOf(txn, client));
  return row.last_seq;
}

StatusOr<std::optional<std::string>> Store::ChainAt(Revision revision) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn.Get(table(tables::kChain), U64Key(revision)));
  return bytes ? std::optional<std::string>(*bytes) : std::nullopt;
}

StatusOr<std::vector<v1::LogEntry>> Store::ReadLog(Revision from, size_t limit) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
  std::vector<v1::LogEntry> entries;
  lmdb::Cursor cursor = txn.Seek(table(tables::kLog), U64Key(from + 1));
  for (; cursor.valid() && entries.size() < limit; cursor.Next()) {
    DAFTAR_ASSIGN_OR_RETURN(v1::LogEntry entry, Parse<v1::LogEntry>(cursor.value(), "a log entry"));
    entries.push_back(std::move(entry));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return entries;
}

StatusOr<std::vector<v1::Conflict>> Store::Conflicts(size_t limit) const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_.BeginRead());
  std::vector<v1::Conflict> conflicts;
  lmdb::Cursor cursor = txn.Seek(table(tables::kConflict), "");
  for (; cursor.valid() && conflicts.size() < limit; cursor.Next()) {
    DAFTAR_ASSIGN_OR_RETURN(v1::Conflict conflict, Parse<v1::Conflict>(cursor.value(), "a parked conflict"));
    conflicts.push_back(std::move(conflict));
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return conflicts;
}

StatusOr<std::unique_ptr<Store>> OpenStore(const std::string& folder, const Clock& clock, bool create,
                                           const Safety& safety) {
  LmdbView::Options options;
  options.map_bytes = kMapBytes;
  options.create = create;
  options.ballast_bytes = safety.ballast_bytes;
  options.probe_after_crash = options.check_after_crash = safety.after_crash;
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<LmdbView> view, LmdbView::Open(folder, options));
  return std::make_unique<Store>(std::move(view), clock);
}

}  // namespace

StatusOr<v1::PushResult> LogStore::Deny(const v1::Mutation& mutation, const std::string& reason) {
  std::vector<v1::FieldError> reasons;
  for (const v1::RecordEdit& edit : mutation.edit()) reasons.emplace_back().set_record(edit.record());
  if (reasons.empty()) reasons.emplace_back();
  for (v1::FieldError& error : reasons) error.set_message(reason);
  return Deny(mutation, reasons);
}

StatusOr<std::unique_ptr<LogStore>> LmdbLogStore::Create(const std::string& folder, const Clock& clock,
                                                         Random& random) {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Store> store, OpenStore(folder, clock, /*create=*/true, {}));
  DAFTAR_ASSIGN_OR_RETURN(bool founded, store->IsFounded());
  if (founded) return AlreadyExists("there is a dataset in " + folder + " already; nothing was changed");
  DAFTAR_RETURN_IF_ERROR(store->Found(random));
  return std::unique_ptr<LogStore>(std::move(store));
}

StatusOr<std::unique_ptr<LogStore>> LmdbLogStore::Open(const std::string& folder, const Clock& clock,
                                                       const Safety& safety) {
  if (!Exists(folder + "/data.mdb")) return NotFound("there is no dataset in " + folder + "; `daftard init` makes one");
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Store> store, OpenStore(folder, clock, /*create=*/false, safety));
  DAFTAR_ASSIGN_OR_RETURN(bool founded, store->IsFounded());
  if (!founded) return NotFound("the dataset in " + folder + " was never finished; `daftard init` makes one");
  return std::unique_ptr<LogStore>(std::move(store));
}

}  // namespace daftar
