#include "client/sync/user_store.h"

#include <array>

#include "storage/base/bytes.h"
#include "storage/lmdb/check.h"

namespace daftar {
namespace {

enum Index : size_t {
  kSettings,   // "status" → SyncStatus
  kOutbox,     // seq u64 → OutboxEntry
  kDrafts,     // number u64 → Draft
  kConflicts,  // number u64 → ConflictEntry
  kTableCount
};
constexpr std::array<const char*, kTableCount> kNames = {"settings", "outbox", "draft", "conflict"};
constexpr uint64_t kMapBytes = 4ull << 30;

std::string Key(uint64_t number) {
  std::string key;
  PutU64(key, number);
  return key;
}

template <typename Message>
StatusOr<std::vector<Message>> ReadAll(const lmdb::Environment& env, Index index) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env.BeginRead());
  std::vector<Message> all;
  lmdb::Cursor cursor = txn.Seek(env.table(index), "");
  for (; cursor.valid(); cursor.Next()) {
    if (!all.emplace_back().ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size()))) {
      return DataLoss(std::string("an entry of the table ") + kNames[index] + " does not parse");
    }
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return all;
}

// Puts a message behind all others of the table.
absl::Status AppendTo(const lmdb::Environment& env, lmdb::WriteTxn& txn, Index index,
                      const google::protobuf::MessageLite& message) {
  uint64_t number = 0;
  {
    lmdb::Cursor last = txn.SeekLast(env.table(index), "");
    DAFTAR_RETURN_IF_ERROR(last.status());
    std::string_view key = last.valid() ? last.key() : std::string_view();
    TakeU64(key, number);
  }
  return txn.Put(env.table(index), Key(number + 1), message.SerializeAsString());
}

StatusOr<v1::SyncStatus> ReadStatus(const lmdb::Environment& env, const lmdb::ReadTxn& txn) {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn.Get(env.table(kSettings), "status"));
  v1::SyncStatus status;
  if (bytes && !status.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
    return DataLoss("the sync status does not parse");
  return status;
}

// DataLoss if rows vanished.
absl::Status CheckRows(const lmdb::Environment& env) {
  for (const lmdb::Table& table : env.tables()) {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::TableCheck check, lmdb::CheckTable(env, table));
    if (check.healthy()) continue;
    return DataLoss("what is your own in " + env.folder() + " was damaged: " + check.InWords() +
                    ". Nothing was changed. `daftarctl dump` shows what can still be read");
  }
  return OkStatus();
}

bool IsRefused(const v1::PushResult& result) {
  using Outcome = v1::PushResult::Outcome;
  return result.outcome() == Outcome::INVALID || result.outcome() == Outcome::DENIED;
}

}  // namespace

StatusOr<std::unique_ptr<UserStore>> UserStore::Open(const std::string& folder, bool create, const Safety& safety) {
  lmdb::Options options;
  options.ballast_bytes = safety.ballast_bytes;
  options.probe_after_crash = safety.after_crash;
  options.map_bytes = kMapBytes;
  options.create = create;
  DAFTAR_ASSIGN_OR_RETURN(auto env, lmdb::Environment::Open(folder, options, kNames));
  if (safety.after_crash && env->was_left_open()) DAFTAR_RETURN_IF_ERROR(CheckRows(*env));
  return std::unique_ptr<UserStore>(new UserStore(std::move(env)));
}

StatusOr<v1::SyncStatus> UserStore::Status() const {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::ReadTxn txn, env_->BeginRead());
  return ReadStatus(*env_, txn);
}

absl::Status UserStore::Update(const std::function<void(v1::SyncStatus&)>& change) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, ReadStatus(*env_, txn));
  change(status);
  DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kSettings), "status", status.SerializeAsString()));
  return txn.Commit();
}

StatusOr<uint64_t> UserStore::Queue(v1::Mutation mutation) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, ReadStatus(*env_, txn));
  uint64_t seq = status.last_seq() + 1;
  status.set_last_seq(seq);
  mutation.set_client(status.client());
  mutation.set_seq(seq);
  v1::OutboxEntry entry;
  *entry.mutable_mutation() = std::move(mutation);
  DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kSettings), "status", status.SerializeAsString()));
  DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kOutbox), Key(seq), entry.SerializeAsString()));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return seq;
}

StatusOr<std::vector<v1::OutboxEntry>> UserStore::Outbox() const { return ReadAll<v1::OutboxEntry>(*env_, kOutbox); }
StatusOr<std::vector<v1::Draft>> UserStore::Drafts() const { return ReadAll<v1::Draft>(*env_, kDrafts); }
StatusOr<std::vector<v1::ConflictEntry>> UserStore::Conflicts() const {
  return ReadAll<v1::ConflictEntry>(*env_, kConflicts);
}

absl::Status UserStore::Answer(const v1::PushResult& result, int64_t now_ms) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn.Get(env_->table(kOutbox), Key(result.seq())));
  if (!bytes) return OkStatus();
  v1::OutboxEntry entry;
  if (!entry.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
    return DataLoss("an entry of the outbox does not parse");
  if (entry.has_result()) return OkStatus();  // answered before, in a session that broke

  if (IsRefused(result)) {
    v1::Draft draft;
    *draft.mutable_mutation() = std::move(*entry.mutable_mutation());
    *draft.mutable_error() = result.error();
    draft.set_at_ms(now_ms);
    DAFTAR_RETURN_IF_ERROR(AppendTo(*env_, txn, kDrafts, draft));
    DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kOutbox), Key(result.seq())));
    return txn.Commit();
  }
  for (const v1::Conflict& conflict : result.conflict()) {
    v1::ConflictEntry parked;
    *parked.mutable_conflict() = conflict;
    parked.set_at_ms(now_ms);
    DAFTAR_RETURN_IF_ERROR(AppendTo(*env_, txn, kConflicts, parked));
  }
  *entry.mutable_result() = result;
  DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kOutbox), Key(result.seq()), entry.SerializeAsString()));
  return txn.Commit();
}

StatusOr<uint64_t> UserStore::DropVisible(Revision revision) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::OutboxEntry> entries, Outbox());
  std::vector<uint64_t> visible;
  for (const v1::OutboxEntry& entry : entries) {
    if (entry.has_result() && entry.result().head() <= revision) visible.push_back(entry.mutation().seq());
  }
  if (!visible.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
    for (uint64_t seq : visible) DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kOutbox), Key(seq)));
    DAFTAR_RETURN_IF_ERROR(txn.Commit());
  }
  return entries.size() - visible.size();
}

}  // namespace daftar
