#include "storage/lmdb/walk.h"

#include <utility>

#include "storage/lmdb/tag.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

constexpr size_t kMostKeysNamed = 10;

}  // namespace

bool Walk::Step(MDB_txn* txn, uint64_t limit) {
  MDB_cursor* cursor = nullptr;
  if (const int code = mdb_cursor_open(txn, table_.dbi, &cursor); code != MDB_SUCCESS) return Stop(code);
  MDB_val key = ToVal(last_), stored;
  int code = mdb_cursor_get(cursor, &key, &stored, last_.empty() ? MDB_FIRST : MDB_SET_RANGE);
  // The row read last is still there: nobody changed the table.
  if (code == MDB_SUCCESS && !last_.empty() && ToView(key) == last_) {
    code = mdb_cursor_get(cursor, &key, &stored, MDB_NEXT);
  }
  bool more = true;
  for (uint64_t read = 0; more && code == MDB_SUCCESS && read < limit; ++read) {
    more = Take(ToView(key), ToView(stored));
    if (more) code = mdb_cursor_get(cursor, &key, &stored, MDB_NEXT);
  }
  mdb_cursor_close(cursor);
  if (code == MDB_NOTFOUND) return false;
  return code == MDB_SUCCESS ? more : Stop(code);
}

bool Walk::Take(std::string_view key, std::string_view stored) {
  // Also the end of a damaged tree that leads back into itself.
  check_.in_order = last_.empty() || key > last_;
  if (!check_.in_order) return false;
  last_ = key;
  ++check_.rows_found;
  sum_ += TagNumber(stored);
  if (verify_ && !WithoutTag(table_, key, stored).ok() && ++check_.damaged <= kMostKeysNamed) {
    check_.damaged_keys.emplace_back(key);
  }
  return true;
}

bool Walk::Stop(int code) {
  check_.walk_stopped = Message(Translate(code, std::string("walking table ") + table_.name));
  return false;
}

TableCheck Walk::Finished(const std::optional<Tally>& written) && {
  check_.count_known = written.has_value();
  if (written) {
    check_.rows_written = written->rows;
    check_.digest_equal = written->sum == sum_;
  }
  return std::move(check_);
}

}  // namespace daftar::lmdb
