#include "storage/lmdb/check.h"

#include <optional>
#include <utility>

#include "storage/lmdb/page_tree.h"
#include "storage/lmdb/raw.h"
#include "storage/lmdb/tally.h"
#include "storage/lmdb/walk.h"

namespace daftar::lmdb {
namespace {

std::string Rows(uint64_t count) { return std::to_string(count) + (count == 1 ? " row" : " rows"); }

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

Status CheckPagesBeforeRepair(const Environment& env) {
  // Keeps the pages of this state from being used anew.
  DAFTAR_ASSIGN_OR_RETURN(const ReadTxn until_done, env.BeginRead());
  return CheckPages(env.folder() + "/data.mdb");
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
