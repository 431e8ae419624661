#include "client/sync/user_store.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "storage/base/bytes.h"
#include "storage/lmdb/check.h"

namespace daftar {
namespace {

enum Index : size_t {
  kSettings,   // "status" → SyncStatus
  kOutbox,     // seq u64 → OutboxEntry
  kDrafts,     // number u64 → Draft
  kConflicts,  // number u64 → ConflictEntry
  kCarried,    // client, seq u64 → OutboxEntry: see carried.h
  kByRelay,    // seq u64 → nothing: of the outbox, what a relay keeps
  kOwn,        // record id → PrivateRecord: see private_store.h for this and those below
  kSearches,   // number u64 → SavedSearch
  kRecent,     // number u64 → RecentPage
  kVisits,     // "visits" → HomeVisits
  kForms,      // number u64 → FormDraft: see form_drafts.h
  kHeld,       // seq u64 → nothing: of the outbox, what is held back: see outbox_holds.h
  kTableCount
};
constexpr std::array<const char*, kTableCount> kNames = {"settings", "outbox",   "draft", "conflict",
                                                         "carried",  "by_relay", "own",   "searches",
                                                         "recent",   "visits",   "forms", "held"};
constexpr uint64_t kMapBytes = 4ull << 30;

std::string Key(uint64_t number) {
  std::string key;
  PutU64(key, number);
  return key;
}

bool IsSame(const v1::ConflictId& a, const v1::ConflictId& b) {
  return a.client() == b.client() && a.seq() == b.seq() && a.number() == b.number();
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

// Changes the entries of the conflicts for which `change` says so: kKeep leaves one as it is, kPut stores what became
// of it, kDrop takes it away.
enum class Wish { kKeep, kPut, kDrop };
absl::Status ChangeConflicts(const lmdb::Environment& env, lmdb::WriteTxn& txn,
                             const std::function<Wish(v1::ConflictEntry&)>& change) {
  std::vector<std::pair<std::string, v1::ConflictEntry>> changed;  // a dropped one is cleared
  {
    lmdb::Cursor cursor = txn.Seek(env.table(kConflicts), "");
    for (; cursor.valid(); cursor.Next()) {
      v1::ConflictEntry entry;
      if (!entry.ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size())))
        return DataLoss("an entry of the table conflict does not parse");
      const Wish wish = change(entry);
      if (wish == Wish::kDrop) entry.Clear();
      if (wish != Wish::kKeep) changed.emplace_back(cursor.key(), std::move(entry));
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  for (const auto& [key, entry] : changed) {
    DAFTAR_RETURN_IF_ERROR(entry.has_conflict() ? txn.Put(env.table(kConflicts), key, entry.SerializeAsString())
                                                : txn.Delete(env.table(kConflicts), key));
  }
  return OkStatus();
}

// Marks the conflicts that the mutation settles with its number. FailedPrecondition if another one settles one of them.
absl::Status MarkSettling(const lmdb::Environment& env, lmdb::WriteTxn& txn, const v1::Mutation& mutation) {
  if (mutation.settles().empty()) return OkStatus();
  uint64_t other = 0;
  DAFTAR_RETURN_IF_ERROR(ChangeConflicts(env, txn, [&](v1::ConflictEntry& entry) {
    const bool meant = std::any_of(mutation.settles().begin(), mutation.settles().end(),
                                   [&](const v1::ConflictId& id) { return IsSame(id, entry.conflict().id()); });
    if (!meant) return Wish::kKeep;
    if (entry.settling_seq() != 0) other = entry.settling_seq();
    entry.set_settling_seq(mutation.seq());
    return Wish::kPut;
  }));
  if (other == 0) return OkStatus();
  return FailedPrecondition("the conflict is resolved already by #" + std::to_string(other) +
                            ", which waits for the server; nothing was changed");
}

// What becomes of the conflicts that a push was to settle, once it has its answer.
absl::Status FinishSettling(const lmdb::Environment& env, lmdb::WriteTxn& txn, const v1::Mutation& mutation,
                            bool refused) {
  if (mutation.settles().empty()) return OkStatus();
  return ChangeConflicts(env, txn, [&](v1::ConflictEntry& entry) {
    if (entry.settling_seq() != mutation.seq()) return Wish::kKeep;
    entry.clear_settling_seq();
    return refused ? Wish::kPut : Wish::kDrop;
  });
}

// The key of the draft with that number.
StatusOr<std::string> FindDraft(const lmdb::Environment& env, const lmdb::ReadTxn& txn, uint64_t seq) {
  lmdb::Cursor cursor = txn.Seek(env.table(kDrafts), "");
  for (; cursor.valid(); cursor.Next()) {
    v1::Draft draft;
    if (!draft.ParseFromArray(cursor.value().data(), static_cast<int>(cursor.value().size())))
      return DataLoss("an entry of the table draft does not parse");
    if (draft.mutation().seq() == seq) return std::string(cursor.key());
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return NotFound("there is no draft " + std::to_string(seq) + ". See: daftarctl draft list");
}

StatusOr<v1::SyncStatus> ReadStatus(const lmdb::Environment& env, const lmdb::ReadTxn& txn) {
  DAFTAR_ASSIGN_OR_RETURN(std::optional<std::string_view> bytes, txn.Get(env.table(kSettings), "status"));
  v1::SyncStatus status;
  if (bytes && !status.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
    return DataLoss("the sync status does not parse");
  return status;
}

// Puts the mutation into the outbox under the next number; the number.
StatusOr<uint64_t> PutIntoOutbox(const lmdb::Environment& env, lmdb::WriteTxn& txn, v1::Mutation mutation) {
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, ReadStatus(env, txn));
  uint64_t seq = status.last_seq() + 1;
  status.set_last_seq(seq);
  mutation.set_client(status.client());
  mutation.set_seq(seq);
  mutation.set_first(status.fresh());
  status.clear_fresh();
  DAFTAR_RETURN_IF_ERROR(MarkSettling(env, txn, mutation));
  v1::OutboxEntry entry;
  *entry.mutable_mutation() = std::move(mutation);
  DAFTAR_RETURN_IF_ERROR(txn.Put(env.table(kSettings), "status", status.SerializeAsString()));
  DAFTAR_RETURN_IF_ERROR(txn.Put(env.table(kOutbox), Key(seq), entry.SerializeAsString()));
  return seq;
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

UserStore::UserStore(std::unique_ptr<lmdb::Environment> env)
    : env_(std::move(env)),
      carried_(*env_, env_->table(kCarried)),
      mine_(*env_, {env_->table(kOwn), env_->table(kSearches), env_->table(kRecent), env_->table(kVisits)}),
      forms_(*env_, env_->table(kForms)),
      holds_(*env_, env_->table(kHeld), env_->table(kOutbox)) {}

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
  DAFTAR_ASSIGN_OR_RETURN(uint64_t seq, PutIntoOutbox(*env_, txn, std::move(mutation)));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return seq;
}

StatusOr<uint64_t> UserStore::QueueDraft(uint64_t draft_seq, v1::Mutation mutation) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(std::string key, FindDraft(*env_, txn, draft_seq));
  DAFTAR_ASSIGN_OR_RETURN(uint64_t seq, PutIntoOutbox(*env_, txn, std::move(mutation)));
  DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kDrafts), key));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return seq;
}

StatusOr<uint64_t> UserStore::QueueForm(uint64_t number, v1::Mutation mutation) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(uint64_t seq, PutIntoOutbox(*env_, txn, std::move(mutation)));
  DAFTAR_RETURN_IF_ERROR(forms_.DropIn(txn, number));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return seq;
}

absl::Status UserStore::DropDraft(uint64_t draft_seq) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(std::string key, FindDraft(*env_, txn, draft_seq));
  DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kDrafts), key));
  return txn.Commit();
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

  DAFTAR_RETURN_IF_ERROR(FinishSettling(*env_, txn, entry.mutation(), IsRefused(result)));
  if (IsRefused(result)) {
    v1::Draft draft;
    *draft.mutable_mutation() = std::move(*entry.mutable_mutation());
    *draft.mutable_error() = result.error();
    draft.set_at_ms(now_ms);
    DAFTAR_RETURN_IF_ERROR(AppendTo(*env_, txn, kDrafts, draft));
    DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kOutbox), Key(result.seq())));
    DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kByRelay), Key(result.seq())));
    DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kHeld), Key(result.seq())));
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
    for (uint64_t seq : visible) {
      DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kOutbox), Key(seq)));
      DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kByRelay), Key(seq)));
      DAFTAR_RETURN_IF_ERROR(txn.Delete(env_->table(kHeld), Key(seq)));
    }
    DAFTAR_RETURN_IF_ERROR(txn.Commit());
  }
  return entries.size() - visible.size();
}

absl::Status UserStore::DoubtBases() {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::OutboxEntry> entries, Outbox());
  std::erase_if(entries, [](const v1::OutboxEntry& entry) { return entry.has_result(); });
  if (entries.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  for (v1::OutboxEntry& entry : entries) {
    entry.mutable_mutation()->set_base_revision(0);
    DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kOutbox), Key(entry.mutation().seq()), entry.SerializeAsString()));
  }
  return txn.Commit();
}

absl::Status UserStore::NoteCarried(uint64_t seq) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  const bool is_news = txn.Has(env_->table(kOutbox), Key(seq)) && !txn.Has(env_->table(kByRelay), Key(seq));
  if (!is_news) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kByRelay), Key(seq), ""));
  return txn.Commit();
}

StatusOr<std::set<uint64_t>> UserStore::CarriedByRelay() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_->BeginRead());
  std::set<uint64_t> numbers;
  lmdb::Cursor cursor = txn.Seek(env_->table(kByRelay), "");
  for (; cursor.valid(); cursor.Next()) {
    std::string_view key = cursor.key();
    uint64_t seq = 0;
    if (!TakeU64(key, seq)) return DataLoss("a row of the table by_relay names no push");
    numbers.insert(seq);
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return numbers;
}

absl::Status UserStore::BeginAnew(const Uuid& client, const KnownPushes& known, const std::vector<v1::Draft>& drafts,
                                  const std::function<Revision(const v1::Mutation&)>& base_of, int64_t now_ms) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::OutboxEntry> waiting, Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> old_drafts, Drafts());
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> held, holds_.All());
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_->BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(v1::SyncStatus status, ReadStatus(*env_, txn));
  const std::string name_before = std::exchange(*status.mutable_client(), client.str());
  for (v1::Draft draft : drafts) {
    const bool there = std::any_of(old_drafts.begin(), old_drafts.end(), [&draft](const v1::Draft& other) {
      return other.mutation().reason() == draft.mutation().reason() && other.error_size() == draft.error_size() &&
             other.mutation().edit_size() == draft.mutation().edit_size() &&
             other.mutation().edit(0).SerializeAsString() == draft.mutation().edit(0).SerializeAsString();
    });
    if (there) continue;
    status.set_last_seq(status.last_seq() + 1);
    draft.mutable_mutation()->set_client(status.client());
    draft.mutable_mutation()->set_seq(status.last_seq());
    draft.set_at_ms(now_ms);
    DAFTAR_RETURN_IF_ERROR(AppendTo(*env_, txn, kDrafts, draft));
  }
  DAFTAR_RETURN_IF_ERROR(txn.Clear(env_->table(kOutbox)));
  DAFTAR_RETURN_IF_ERROR(txn.Clear(env_->table(kByRelay)));
  DAFTAR_RETURN_IF_ERROR(txn.Clear(env_->table(kHeld)));
  status.set_fresh(true);
  for (v1::OutboxEntry& entry : waiting) {
    v1::Mutation& mutation = *entry.mutable_mutation();
    const uint64_t before = mutation.seq();
    // One that has an older name still was kept so before, and not seen yet.
    if (entry.has_result() && (before <= known.seq || mutation.client() != name_before)) {
      entry.mutable_result()->set_head(known.shown_at);
      DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kOutbox), Key(before), entry.SerializeAsString()));
      continue;
    }
    mutation.set_base_revision(base_of(mutation));
    status.set_last_seq(status.last_seq() + 1);
    mutation.set_client(status.client());
    mutation.set_seq(status.last_seq());
    mutation.set_first(status.fresh());
    status.clear_fresh();
    entry.clear_result();
    DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kOutbox), Key(mutation.seq()), entry.SerializeAsString()));
    if (held.contains(before)) DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kHeld), Key(mutation.seq()), ""));
    DAFTAR_RETURN_IF_ERROR(ChangeConflicts(*env_, txn, [&](v1::ConflictEntry& conflict) {
      if (conflict.settling_seq() != before) return Wish::kKeep;
      conflict.set_settling_seq(mutation.seq());
      return Wish::kPut;
    }));
  }
  DAFTAR_RETURN_IF_ERROR(txn.Put(env_->table(kSettings), "status", status.SerializeAsString()));
  return txn.Commit();
}

}  // namespace daftar
