#include <lmdb.h>

#include <utility>

#include "storage/lmdb/lmdb.h"
#include "storage/lmdb/tag.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {

Cursor::Cursor(MDB_txn* txn, Table table, std::string prefix) : table_(table), prefix_(std::move(prefix)) {
  const int code = txn == nullptr ? MDB_BAD_TXN : mdb_cursor_open(txn, table.dbi, &cursor_);
  if (txn == nullptr) {
    status_ = TransactionIsOver();
  } else if (code != MDB_SUCCESS) {
    status_ = Translate(code, std::string("opening a cursor in table ") + table.name);
  }
}

Cursor::Cursor(Cursor&& other) noexcept
    : cursor_(std::exchange(other.cursor_, nullptr)),
      table_(other.table_),
      prefix_(std::move(other.prefix_)),
      valid_(std::exchange(other.valid_, false)),
      status_(other.status_),
      key_(other.key_),
      value_(other.value_) {}

Cursor::~Cursor() {
  if (cursor_ != nullptr) mdb_cursor_close(cursor_);
}

void Cursor::Next() { Step(MDB_NEXT); }

void Cursor::Prev() { Step(MDB_PREV); }

void Cursor::Step(int op) {
  // At the end LMDB's cursor stands outside the prefix or nowhere; a step from there could lead back inside.
  if (valid_ || at_damaged()) Move(op);
}

void Cursor::Move(int op, std::string_view key) {
  if (cursor_ == nullptr) return;
  MDB_val found_key = ToVal(key), found_value{};
  const int code = mdb_cursor_get(cursor_, &found_key, &found_value, static_cast<MDB_cursor_op>(op));
  Load(code, ToView(found_key), ToView(found_value));
}

void Cursor::Load(int code, std::string_view key, std::string_view tagged) {
  valid_ = false;
  status_ = OkStatus();
  key_ = value_ = {};
  if (code == MDB_NOTFOUND) return;
  if (code != MDB_SUCCESS) {
    status_ = Translate(code, std::string("walking table ") + table_.name);
    return;
  }
  if (!key.starts_with(prefix_)) return;
  key_ = key;
  StatusOr<std::string_view> value = WithoutTag(table_, key, tagged);
  status_ = value.status();
  if (!value.ok()) return;
  value_ = *value;
  valid_ = true;
}

}  // namespace daftar::lmdb
