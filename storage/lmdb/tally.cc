#include "storage/lmdb/tally.h"

#include <string>

#include "storage/base/bytes.h"
#include "storage/lmdb/tag.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

constexpr std::string_view kLastWriter = "last";

std::string KeyOf(Table table) { return std::string("table/") + table.name; }

}  // namespace

StatusOr<std::optional<std::string_view>> Tallies::Get(std::string_view key) const {
  MDB_val wanted = ToVal(key), stored;
  const int code = mdb_get(txn_, tallies_.dbi, &wanted, &stored);
  if (code == MDB_NOTFOUND) return std::optional<std::string_view>();
  DAFTAR_RETURN_IF_ERROR(Translate(code, "reading the row counts"));
  DAFTAR_ASSIGN_OR_RETURN(std::string_view value, WithoutTag(tallies_, key, ToView(stored)));
  return std::optional<std::string_view>(value);
}

Status Tallies::Put(std::string_view key, std::string_view value) {
  const std::string stored = WithTag(tallies_, key, value);
  MDB_val raw_key = ToVal(key), raw_value = ToVal(stored);
  return Translate(mdb_put(txn_, tallies_.dbi, &raw_key, &raw_value, 0), "writing the row counts");
}

StatusOr<std::optional<Tally>> Tallies::Load(Table table) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string_view> value, Get(KeyOf(table)));
  if (!value) return std::optional<Tally>();
  std::string_view rest = *value;
  Tally tally;
  if (!TakeU64(rest, tally.rows) || !TakeU64(rest, tally.sum) || !TakeU64(rest, tally.changed)) {
    return DataLoss(std::string("the row count of table ") + table.name + " is damaged");
  }
  return std::optional<Tally>(tally);
}

Status Tallies::Store(Table table, const Tally& tally) {
  std::string value;
  PutU64(value, tally.rows);
  PutU64(value, tally.sum);
  PutU64(value, tally.changed);
  return Put(KeyOf(table), value);
}

StatusOr<Tally> Tallies::Count(Table table) const {
  const std::string doing = std::string("counting table ") + table.name;
  MDB_cursor* cursor = nullptr;
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_cursor_open(txn_, table.dbi, &cursor), doing));
  Tally tally{.changed = mdb_txn_id(txn_)};
  MDB_val key, stored;
  int code = MDB_SUCCESS;
  while ((code = mdb_cursor_get(cursor, &key, &stored, MDB_NEXT)) == MDB_SUCCESS) {
    ++tally.rows;
    tally.sum += TagNumber(ToView(stored));
  }
  mdb_cursor_close(cursor);
  if (code != MDB_NOTFOUND) return Translate(code, doing);
  return tally;
}

std::optional<uint64_t> Tallies::LastWriter() const {
  const StatusOr<std::optional<std::string_view>> value = Get(kLastWriter);
  if (!value.ok() || !*value) return std::nullopt;
  std::string_view rest = **value;
  uint64_t writer = 0;
  return TakeU64(rest, writer) ? std::optional(writer) : std::nullopt;
}

Status Tallies::StoreLastWriter() {
  std::string value;
  PutU64(value, mdb_txn_id(txn_));
  return Put(kLastWriter, value);
}

}  // namespace daftar::lmdb
