#include <lmdb.h>

#include <algorithm>
#include <utility>

#include "storage/base/bytes.h"
#include "storage/lmdb/lmdb.h"
#include "storage/lmdb/tag.h"
#include "storage/lmdb/tally.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

constexpr uint64_t kPageBytes = 4096;
constexpr uint64_t kBytesBesideARow = 10;

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

uint64_t ReadTxn::commit() const { return mdb_txn_id(txn_); }

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

WriteTxn::Changes& WriteTxn::ChangesOf(Table table) {
  changed_ = true;
  const auto known = std::find_if(changes_.begin(), changes_.end(),
                                  [&](const Changes& changes) { return changes.table.dbi == table.dbi; });
  return known != changes_.end() ? *known : changes_.emplace_back(Changes{.table = table});
}

Status WriteTxn::Put(Table table, std::string_view key, std::string_view value) {
  return Insert(table, key, value, false);
}

Status WriteTxn::Append(Table table, std::string_view key, std::string_view value) {
  return Insert(table, key, value, true);
}

Status WriteTxn::Insert(Table table, std::string_view key, std::string_view value, bool append) {
  DAFTAR_RETURN_IF_ERROR(Ready());
  if (Status status = CheckKey(table, key); !status.ok()) return Fail(status);
  DAFTAR_RETURN_IF_ERROR(CheckSize(table));
  // Copies, because key and value may be views into the very page that LMDB is about to rearrange.
  const std::string own_key(key);
  const std::string stored = WithTag(table, key, value);
  MDB_val raw_key = ToVal(own_key), raw_value = ToVal(stored);
  // A row that is there already is left alone at first, since what is subtracted from the digest is its old tag.
  int code = mdb_put(txn_, table.dbi, &raw_key, &raw_value, append ? MDB_APPEND : MDB_NOOVERWRITE);
  uint64_t replaced = 0;
  const bool replaces = code == MDB_KEYEXIST && !append;
  if (replaces) {
    replaced = TagNumber(ToView(raw_value));
    raw_key = ToVal(own_key);
    raw_value = ToVal(stored);
    code = mdb_put(txn_, table.dbi, &raw_key, &raw_value, 0);
  }
  if (code != MDB_SUCCESS) return Fail(env_->Translated(code, Doing("writing", table)));
  Changes& changes = ChangesOf(table);
  changes.rows += replaces ? 0 : 1;
  changes.sum += TagNumber(stored) - replaced;
  if (append) {
    changes.appended_bytes += own_key.size() + stored.size() + kBytesBesideARow;
  } else {
    ++changes.random_writes;
  }
  if (stored.size() > kPageBytes / 2 && !append) changes.own_pages += stored.size() / kPageBytes + 1;
  return OkStatus();
}

Status WriteTxn::Delete(Table table, std::string_view key) {
  DAFTAR_RETURN_IF_ERROR(Ready());
  if (Status status = CheckKey(table, key); !status.ok()) return Fail(status);
  DAFTAR_RETURN_IF_ERROR(CheckSize(table));
  const std::string own_key(key);
  MDB_val raw_key = ToVal(own_key), stored;
  int code = mdb_get(txn_, table.dbi, &raw_key, &stored);
  if (code == MDB_NOTFOUND) return OkStatus();
  const uint64_t tag = code == MDB_SUCCESS ? TagNumber(ToView(stored)) : 0;
  if (code == MDB_SUCCESS) code = mdb_del(txn_, table.dbi, &raw_key, nullptr);
  if (code != MDB_SUCCESS) return Fail(env_->Translated(code, Doing("deleting from", table)));
  Changes& changes = ChangesOf(table);
  --changes.rows;
  changes.sum -= tag;
  ++changes.random_writes;
  return OkStatus();
}

Status WriteTxn::Clear(Table table) {
  DAFTAR_RETURN_IF_ERROR(Ready());
  constexpr int kKeepTheTable = 0;
  ChangesOf(table) = {.table = table, .cleared = true};
  return Fail(env_->Translated(mdb_drop(txn_, table.dbi, kKeepTheTable), Doing("clearing", table)));
}

// A write changes a leaf page and, rarely, those above; but never more pages than the table has. Asked now and then.
Status WriteTxn::CheckSize(Table table) {
  constexpr uint64_t kHowOften = 256;
  if (++writes_ % kHowOften != 0) return OkStatus();
  uint64_t bytes = 0;
  for (const Changes& changes : changes_) {
    MDB_stat stat;
    DAFTAR_RETURN_IF_ERROR(Fail(env_->Translated(mdb_stat(txn_, changes.table.dbi, &stat), Doing("measuring", table))));
    const uint64_t shared = std::min<uint64_t>(changes.random_writes, stat.ms_branch_pages + stat.ms_leaf_pages);
    bytes += (shared + changes.own_pages) * kPageBytes + changes.appended_bytes;
  }
  if (bytes <= env_->most_changed_bytes_) return OkStatus();
  return Fail(ResourceExhausted(Doing("writing", table) + ": too many changes in one transaction (about " +
                                HumanBytes(bytes) + " of pages, at most " + HumanBytes(env_->most_changed_bytes_) +
                                "); nothing of it is kept. Commit in smaller parts"));
}

// The counts of the tables that were touched, in the same transaction as the rows.
Status WriteTxn::StoreTallies() {
  if (!changed_) return OkStatus();
  Tallies tallies(txn_, env_->tallies_);
  for (const Changes& changes : changes_) {
    if (!changes.cleared && changes.rows == 0 && changes.sum == 0) continue;
    const StatusOr<std::optional<Tally>> before = tallies.Load(changes.table);
    const Tally base = changes.cleared ? Tally() : before.ok() ? before->value_or(Tally()) : Tally();
    Tally tally{base.rows + static_cast<uint64_t>(changes.rows), base.sum + changes.sum, mdb_txn_id(txn_)};
    const bool known = changes.cleared || (before.ok() && *before);
    const bool possible = changes.rows >= 0 || base.rows >= static_cast<uint64_t>(-changes.rows);
    // Otherwise what the table holds now, which is what the right count and these changes come to.
    if (!known || !possible) {
      DAFTAR_ASSIGN_OR_RETURN(tally, tallies.Count(changes.table));
    }
    DAFTAR_RETURN_IF_ERROR(tallies.Store(changes.table, tally));
  }
  return tallies.StoreLastWriter();
}

Status WriteTxn::Commit() {
  if (txn_ == nullptr) return TransactionIsOver();
  if (first_error_.ok()) first_error_ = StoreTallies();
  // LMDB frees the handle whether the commit succeeds or not.
  MDB_txn* txn = std::exchange(txn_, nullptr);
  if (!first_error_.ok()) {
    mdb_txn_abort(txn);
    return first_error_;
  }
  DAFTAR_RETURN_IF_ERROR(env_->Translated(mdb_txn_commit(txn), "committing to " + env_->folder_));
  env_->NoteCommitted();
  return OkStatus();
}

// Poisons the transaction if this is an error. A transaction that failed once is never committed in part.
Status WriteTxn::Fail(Status status) {
  if (first_error_.ok()) first_error_ = status;
  return status;
}

}  // namespace daftar::lmdb
