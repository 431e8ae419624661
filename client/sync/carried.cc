#include "client/sync/carried.h"

#include <functional>

#include "storage/base/bytes.h"
#include "storage/base/uuid.h"

namespace daftar {
namespace {

constexpr uint64_t kMostEntries = 4096;
constexpr uint64_t kMostBytes = 64 << 20;

std::string KeyOf(std::string_view client, uint64_t seq) {
  std::string key(client);
  PutU64(key, seq);
  return key;
}

std::string ClientOf(std::string_view key) { return std::string(key.substr(0, Uuid::kSize)); }

StatusOr<v1::OutboxEntry> Parse(std::string_view bytes) {
  v1::OutboxEntry entry;
  if (!entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return DataLoss("an entry of the table carried does not parse");
  return entry;
}

// Calls `visit` for each entry that waits, from a key on, until it says false.
Status EachWaiting(const lmdb::ReadTxn& txn, lmdb::Table table, std::string_view from, std::string_view prefix,
                   const std::function<bool(std::string_view key, v1::OutboxEntry& entry)>& visit) {
  lmdb::Cursor cursor = txn.Seek(table, from, prefix);
  for (; cursor.valid(); cursor.Next()) {
    DAFTAR_ASSIGN_OR_RETURN(v1::OutboxEntry entry, Parse(cursor.value()));
    if (!entry.has_result() && !visit(cursor.key(), entry)) break;
  }
  return cursor.status();
}

// Whether there is room for so many bytes more.
StatusOr<bool> HasRoom(const lmdb::ReadTxn& txn, lmdb::Table table, uint64_t bytes) {
  uint64_t entries = 1;
  lmdb::Cursor cursor = txn.Seek(table, "");
  for (; cursor.valid(); cursor.Next(), ++entries) bytes += cursor.value().size();
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return entries <= kMostEntries && bytes <= kMostBytes;
}

Status DropAnswered(lmdb::WriteTxn& txn, lmdb::Table table) {
  std::vector<std::string> answered;
  {
    lmdb::Cursor cursor = txn.Seek(table, "");
    for (; cursor.valid(); cursor.Next()) {
      DAFTAR_ASSIGN_OR_RETURN(const v1::OutboxEntry entry, Parse(cursor.value()));
      if (entry.has_result()) answered.emplace_back(cursor.key());
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
  }
  for (const std::string& key : answered) DAFTAR_RETURN_IF_ERROR(txn.Delete(table, key));
  return OkStatus();
}

}  // namespace

StatusOr<std::optional<v1::PushResult>> CarriedPushes::Take(const v1::Mutation& mutation) {
  if (mutation.client().size() != Uuid::kSize || mutation.seq() == 0)
    return InvalidArgument("a push without client or number cannot be carried");
  const std::string key = KeyOf(mutation.client(), mutation.seq());
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> known, txn.Get(table_, key));
  if (known) {
    DAFTAR_ASSIGN_OR_RETURN(const v1::OutboxEntry entry, Parse(*known));
    return entry.has_result() ? std::optional(entry.result()) : std::nullopt;
  }
  v1::OutboxEntry entry;
  *entry.mutable_mutation() = mutation;
  const std::string bytes = entry.SerializeAsString();
  DAFTAR_ASSIGN_OR_RETURN(bool room, HasRoom(txn, table_, bytes.size()));
  if (!room) {
    DAFTAR_RETURN_IF_ERROR(DropAnswered(txn, table_));
    DAFTAR_ASSIGN_OR_RETURN(room, HasRoom(txn, table_, bytes.size()));
  }
  if (!room) {
    return ResourceExhausted(
        "the relay carries as many edits as it can keep, until it has met the server. Yours are safe here; send them "
        "later, or to the server itself");
  }
  DAFTAR_RETURN_IF_ERROR(txn.Put(table_, key, bytes));
  DAFTAR_RETURN_IF_ERROR(txn.Commit());
  return std::optional<v1::PushResult>();
}

StatusOr<uint64_t> CarriedPushes::WaitingCount() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  uint64_t count = 0;
  DAFTAR_RETURN_IF_ERROR(EachWaiting(txn, table_, "", "", [&count](std::string_view, v1::OutboxEntry&) {
    ++count;
    return true;
  }));
  return count;
}

StatusOr<std::vector<std::string>> CarriedPushes::WaitingClients() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  std::vector<std::string> clients;
  DAFTAR_RETURN_IF_ERROR(EachWaiting(txn, table_, "", "", [&clients](std::string_view key, v1::OutboxEntry&) {
    if (std::string client = ClientOf(key); clients.empty() || clients.back() != client)
      clients.push_back(std::move(client));
    return true;
  }));
  return clients;
}

StatusOr<std::vector<v1::Mutation>> CarriedPushes::Waiting(std::string_view client, uint64_t after, size_t most) const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  std::vector<v1::Mutation> waiting;
  DAFTAR_RETURN_IF_ERROR(EachWaiting(txn, table_, KeyOf(client, after + 1), client,
                                     [&waiting, most](std::string_view, v1::OutboxEntry& entry) {
                                       waiting.push_back(std::move(*entry.mutable_mutation()));
                                       return waiting.size() < most;
                                     }));
  return waiting;
}

Status CarriedPushes::Answer(std::string_view client, const v1::PushResult& result) {
  const std::string key = KeyOf(client, result.seq());
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  if (!txn.Has(table_, key)) return OkStatus();
  v1::OutboxEntry entry;
  entry.mutable_mutation()->set_client(std::string(client));
  entry.mutable_mutation()->set_seq(result.seq());
  *entry.mutable_result() = result;
  DAFTAR_RETURN_IF_ERROR(txn.Put(table_, key, entry.SerializeAsString()));
  return txn.Commit();
}

Status CarriedPushes::Drop(std::string_view client, uint64_t from) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  std::vector<std::string> keys;
  DAFTAR_RETURN_IF_ERROR(
      EachWaiting(txn, table_, KeyOf(client, from), client, [&keys](std::string_view key, v1::OutboxEntry&) {
        keys.emplace_back(key);
        return true;
      }));
  for (const std::string& key : keys) DAFTAR_RETURN_IF_ERROR(txn.Delete(table_, key));
  return txn.Commit();
}

}  // namespace daftar
