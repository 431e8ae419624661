#include <lmdb.h>

#include <algorithm>
#include <utility>

#include "storage/lmdb/lmdb.h"
#include "storage/lmdb/tag.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

constexpr size_t kMaxKeyBytes = 511;

bool CanBeKey(std::string_view key) { return !key.empty() && key.size() <= kMaxKeyBytes; }

Status CheckKey(Table table, std::string_view key) {
  if (CanBeKey(key)) return OkStatus();
  return InvalidArgument(std::string("table ") + table.name + ": a key of " + std::to_string(key.size()) +
                         " bytes cannot be stored; keys have 1 to " + std::to_string(kMaxKeyBytes) + " bytes");
}

// The smallest string behind all that start with `prefix`; empty if there is none.
std::string SuccessorOf(std::string_view prefix) {
  std::string successor(prefix);
  while (!successor.empty() && successor.back() == '\xff') successor.pop_back();
  if (!successor.empty()) successor.back() = static_cast<char>(static_cast<unsigned char>(successor.back()) + 1);
  return successor;
}

std::string Doing(const char* verb, Table table) { return std::string(verb) + " table " + table.name; }

}  // namespace

ReadTxn::ReadTxn(ReadTxn&& other) noexcept : env_(other.env_), txn_(std::exchange(other.txn_, nullptr)) {}

ReadTxn::~ReadTxn() {
  // A WriteTxn has ended its transaction by now, so what is left is one that was counted as a reader.
  if (txn_ == nullptr) return;
  mdb_txn_abort(txn_);
  --env_->open_readers_;
}

StatusOr<std::optional<std::string_view>> ReadTxn::Stored(Table table, std::string_view key) const {
  if (txn_ == nullptr) return TransactionIsOver();
  if (!CanBeKey(key)) return std::optional<std::string_view>();
  MDB_val wanted = ToVal(key), stored;
  const int code = mdb_get(txn_, table.dbi, &wanted, &stored);
  if (code == MDB_NOTFOUND) return std::optional<std::string_view>();
  if (code != MDB_SUCCESS) return env_->Translated(code, Doing("reading", table));
  return std::optional<std::string_view>(ToView(stored));
}

StatusOr<std::optional<std::string_view>> ReadTxn::Get(Table table, std::string_view key) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> stored, Stored(table, key));
  if (!stored) return stored;
  DAFTAR_ASSIGN_OR_RETURN(std::string_view value, WithoutTag(table, key, *stored));
  return std::optional<std::string_view>(value);
}

StatusOr<std::optional<std::string_view>> ReadTxn::GetTrusted(Table table, std::string_view key) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> stored, Stored(table, key));
  if (!stored) return stored;
  DAFTAR_ASSIGN_OR_RETURN(std::string_view value, WithoutCheckingTag(table, key, *stored));
  return std::optional<std::string_view>(value);
}

bool ReadTxn::Has(Table table, std::string_view key) const {
  if (txn_ == nullptr || !CanBeKey(key)) return false;
  MDB_val wanted = ToVal(key), stored;
  return mdb_get(txn_, table.dbi, &wanted, &stored) == MDB_SUCCESS;
}

Cursor ReadTxn::Seek(Table table, std::string_view from, std::string_view prefix) const {
  Cursor cursor(txn_, table, std::string(prefix));
  const std::string_view start = std::max(from, prefix);
  // LMDB refuses an empty key, which would mean the same.
  cursor.Move(start.empty() ? MDB_FIRST : MDB_SET_RANGE, start);
  return cursor;
}

Cursor ReadTxn::SeekLast(Table table, std::string_view prefix) const {
  Cursor cursor(txn_, table, std::string(prefix));
  if (cursor.cursor_ == nullptr) return cursor;
  const std::string successor = SuccessorOf(prefix);
  // The entry behind the prefix is only stepped over: its value is not looked at.
  MDB_val key = ToVal(successor), value;
  const bool something_behind =
      !successor.empty() && mdb_cursor_get(cursor.cursor_, &key, &value, MDB_SET_RANGE) == MDB_SUCCESS;
  cursor.Move(something_behind ? MDB_PREV : MDB_LAST);
  return cursor;
}

StatusOr<uint64_t> ReadTxn::Count(Table table) const {
  if (txn_ == nullptr) return TransactionIsOver();
  MDB_stat stat;
  DAFTAR_RETURN_IF_ERROR(env_->Translated(mdb_stat(txn_, table.dbi, &stat), Doing("counting", table)));
  return stat.ms_entries;
}

WriteTxn::~WriteTxn() {
  if (txn_ != nullptr) mdb_txn_abort(std::exchange(txn_, nullptr));
}

Status WriteTxn::Ready() const { return txn_ == nullptr ? TransactionIsOver() : first_error_; }

Status WriteTxn::Put(Table table, std::string_view key, std::string_view value) { return Insert(table, key, value, 0); }

Status WriteTxn::Append(Table table, std::string_view key, std::string_view value) {
  return Insert(table, key, value, MDB_APPEND);
}

Status WriteTxn::Insert(Table table, std::string_view key, std::string_view value, unsigned flags) {
  DAFTAR_RETURN_IF_ERROR(Ready());
  if (Status status = CheckKey(table, key); !status.ok()) return Fail(status);
  // Copies, because key and value may be views into the very page that LMDB is about to rearrange.
  const std::string own_key(key);
  const std::string stored = WithTag(table, key, value);
  MDB_val raw_key = ToVal(own_key), raw_value = ToVal(stored);
  return Fail(env_->Translated(mdb_put(txn_, table.dbi, &raw_key, &raw_value, flags), Doing("writing", table)));
}

Status WriteTxn::Delete(Table table, std::string_view key) {
  DAFTAR_RETURN_IF_ERROR(Ready());
  if (Status status = CheckKey(table, key); !status.ok()) return Fail(status);
  MDB_val raw_key = ToVal(key);
  const int code = mdb_del(txn_, table.dbi, &raw_key, nullptr);
  if (code == MDB_NOTFOUND) return OkStatus();
  return Fail(env_->Translated(code, Doing("deleting from", table)));
}

Status WriteTxn::Clear(Table table) {
  DAFTAR_RETURN_IF_ERROR(Ready());
  constexpr int kKeepTheTable = 0;
  return Fail(env_->Translated(mdb_drop(txn_, table.dbi, kKeepTheTable), Doing("clearing", table)));
}

Status WriteTxn::Commit() {
  // LMDB frees the handle whether the commit succeeds or not.
  MDB_txn* txn = std::exchange(txn_, nullptr);
  if (txn == nullptr) return TransactionIsOver();
  if (!first_error_.ok()) {
    mdb_txn_abort(txn);
    return first_error_;
  }
  return env_->Translated(mdb_txn_commit(txn), "committing to " + env_->folder_);
}

// Poisons the transaction if this is an error. A transaction that failed once is never committed in part.
Status WriteTxn::Fail(Status status) {
  if (first_error_.ok()) first_error_ = status;
  return status;
}

}  // namespace daftar::lmdb
