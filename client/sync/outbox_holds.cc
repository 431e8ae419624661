#include "client/sync/outbox_holds.h"

#include <optional>
#include <string>

#include "daftar/v1/store.pb.h"
#include "storage/base/bytes.h"

namespace daftar {
namespace {

std::string Key(uint64_t seq) {
  std::string key;
  PutU64(key, seq);
  return key;
}

std::string Named(uint64_t seq) { return "#" + std::to_string(seq); }

}  // namespace

Status OutboxHolds::Hold(uint64_t seq) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> bytes, txn.Get(outbox_, Key(seq)));
  v1::OutboxEntry entry;
  if (bytes && !entry.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())))
    return DataLoss("an entry of the outbox does not parse");
  if (!bytes || entry.has_result())
    return NotFound("no edit " + Named(seq) + " waits to be sent. See: daftarctl outbox list");
  DAFTAR_RETURN_IF_ERROR(txn.Put(table_, Key(seq), ""));
  return txn.Commit();
}

Status OutboxHolds::Release(uint64_t seq) {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  if (!txn.Has(table_, Key(seq))) return NotFound("the edit " + Named(seq) + " is not held back");
  DAFTAR_RETURN_IF_ERROR(txn.Delete(table_, Key(seq)));
  return txn.Commit();
}

Status OutboxHolds::ReleaseAll() {
  DAFTAR_ASSIGN_OR_RETURN(lmdb::WriteTxn txn, env_.BeginWrite());
  DAFTAR_RETURN_IF_ERROR(txn.Clear(table_));
  return txn.Commit();
}

StatusOr<std::set<uint64_t>> OutboxHolds::All() const {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env_.BeginRead());
  std::set<uint64_t> held;
  lmdb::Cursor cursor = txn.Seek(table_, "");
  for (; cursor.valid(); cursor.Next()) {
    std::string_view key = cursor.key();
    uint64_t seq = 0;
    if (!TakeU64(key, seq)) return DataLoss("a row of the table held names no edit");
    held.insert(seq);
  }
  DAFTAR_RETURN_IF_ERROR(cursor.status());
  return held;
}

}  // namespace daftar
