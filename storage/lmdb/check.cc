#include "storage/lmdb/check.h"

#include <lmdb.h>

#include <optional>
#include <utility>

#include "storage/lmdb/raw.h"
#include "storage/lmdb/tag.h"
#include "storage/lmdb/tally.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

constexpr size_t kMostKeysNamed = 10;

std::string Rows(uint64_t count) { return std::to_string(count) + (count == 1 ? " row" : " rows"); }

// One walk from the first key to the last, in as many transactions as its owner likes.
class Walk {
 public:
  Walk(Table table, bool verify) : table_(table), verify_(verify) { check_.table = table.name; }

  // Reads up to `limit` rows behind those read before. False if there are no more.
  bool Step(MDB_txn* txn, uint64_t limit) {
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

  TableCheck Finished(const std::optional<Tally>& written) && {
    check_.count_known = written.has_value();
    if (written) {
      check_.rows_written = written->rows;
      check_.digest_equal = written->sum == sum_;
    }
    return std::move(check_);
  }
  uint64_t rows() const { return check_.rows_found; }

 private:
  bool Take(std::string_view key, std::string_view stored) {
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
  bool Stop(int code) {
    check_.walk_stopped = Message(Translate(code, std::string("walking table ") + table_.name));
    return false;
  }

  const Table table_;
  const bool verify_;
  TableCheck check_;
  std::string last_;
  uint64_t sum_ = 0;
};

// nullopt also for a count that is damaged: the check then says that it is not known.
std::optional<Tally> Written(const Environment& env, const ReadTxn& txn, Table table) {
  const StatusOr<std::optional<Tally>> tally = Tallies(Raw::Txn(txn), Raw::TallyTable(env)).Load(table);
  return tally.ok() ? *tally : std::nullopt;
}

// nullopt if the table was changed before the walk was over.
StatusOr<std::optional<TableCheck>> TryInSteps(const Environment& env, Table table, const CheckOptions& options,
                                               bool in_one_transaction) {
  Walk walk(table, options.verify_values);
  std::optional<Tally> written;
  std::optional<ReadTxn> txn;
  for (bool first = true, more = true; more; first = false) {
    if (first || !in_one_transaction) {
      txn.reset();
      DAFTAR_ASSIGN_OR_RETURN(ReadTxn fresh, env.BeginRead());
      txn.emplace(std::move(fresh));
      const std::optional<Tally> now = Written(env, *txn, table);
      if (!first && now != written) return std::optional<TableCheck>();
      written = now;
    }
    more = walk.Step(Raw::Txn(*txn), options.rows_per_step);
    if (options.progress && !options.progress(walk.rows(), written ? written->rows : walk.rows())) {
      return Cancelled(std::string("the check of table ") + table.name + " was stopped");
    }
  }
  return std::optional<TableCheck>(std::move(walk).Finished(written));
}

}  // namespace

bool TableCheck::healthy() const {
  return count_known && in_order && walk_stopped.empty() && damaged == 0 && digest_equal && rows_written == rows_found;
}

std::string TableCheck::InWords() const {
  std::string words;
  const auto add = [&words](const std::string& what) { words += (words.empty() ? "" : "; ") + what; };
  if (!walk_stopped.empty()) add("it can be read only in part (" + walk_stopped + ")");
  if (!in_order) add("its keys are out of order behind row " + std::to_string(rows_found));
  if (damaged != 0) add(std::to_string(damaged) + (damaged == 1 ? " value is" : " values are") + " damaged");
  const bool whole = walk_stopped.empty() && in_order;
  if (!count_known) {
    add("its count of rows is damaged or missing");
  } else if (whole && rows_found < rows_written) {
    const uint64_t lost = rows_written - rows_found;
    add(std::to_string(lost) + " of " + Rows(rows_written) + (lost == 1 ? " has" : " have") + " vanished");
  } else if (whole && rows_found > rows_written) {
    const uint64_t extra = rows_found - rows_written;
    add(Rows(extra) + (extra == 1 ? " is" : " are") + " there that nobody wrote");
  } else if (whole && !digest_equal && damaged == 0) {
    add("it has as many rows as were written, but not the same ones");
  }
  if (words.empty()) words = Rows(rows_found) + ", as they were written";
  return "table " + table + ": " + words;
}

StatusOr<TableCheck> CheckTable(const Environment& env, Table table, const CheckOptions& options) {
  for (int tries = 0;; ++tries) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<TableCheck> check,
                            TryInSteps(env, table, options, tries == options.restarts));
    if (check) return *std::move(check);
  }
}

Status RecountTable(Environment& env, Table table) {
  DAFTAR_ASSIGN_OR_RETURN(WriteTxn txn, env.BeginWrite());
  Tallies tallies(Raw::Txn(txn), Raw::TallyTable(env));
  DAFTAR_ASSIGN_OR_RETURN(const Tally tally, tallies.Count(table));
  DAFTAR_RETURN_IF_ERROR(tallies.Store(table, tally));
  Raw::NoteChange(txn);
  return txn.Commit();
}

}  // namespace daftar::lmdb
