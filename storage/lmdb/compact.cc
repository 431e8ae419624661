#include "storage/lmdb/compact.h"

#include <lmdb.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/bytes.h"
#include "storage/lmdb/ballast.h"
#include "storage/lmdb/check.h"
#include "storage/lmdb/raw.h"
#include "storage/lmdb/swap.h"
#include "storage/lmdb/tally.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

// Copies one environment into another, step by step.
class Copier {
 public:
  Copier(const Environment& from, const CompactOptions& options) : from_(from), options_(options) {}

  StatusOr<CompactReport> Run() {
    DAFTAR_RETURN_IF_ERROR(Prepare());
    DAFTAR_RETURN_IF_ERROR(Tell(CompactStep::kCopying));
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Environment> to, OpenCopy());
    for (size_t i = 0; i < from_.tables().size(); ++i) {
      DAFTAR_RETURN_IF_ERROR(CopyTable(from_.table(i), *to, to->table(i)));
    }
    // Closed and opened again, so that what is verified is what lies in the file.
    to.reset();
    DAFTAR_ASSIGN_OR_RETURN(to, OpenCopy());
    DAFTAR_RETURN_IF_ERROR(Verify(*to));
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t bytes_after, to->FileBytes());
    to.reset();
    DAFTAR_RETURN_IF_ERROR(Tell(CompactStep::kPlacing));
    DAFTAR_RETURN_IF_ERROR(PlaceCompacted(from_.folder(), transaction_));
    DAFTAR_RETURN_IF_ERROR(Tell(CompactStep::kPlaced));
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t bytes_before, from_.FileBytes());
    return CompactReport{bytes_before, bytes_after};
  }

 private:
  Status Prepare() {
    RemoveCompactRemains(from_.folder());
    DAFTAR_RETURN_IF_ERROR(RefuseForeignTables());
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<TableStats> stats, from_.Stats());
    uint64_t bytes = 1 << 20;
    for (const TableStats& table : stats) {
      bytes += table.bytes;
      rows_ += table.entries;
    }
    const uint64_t free = FreeBytesUnder(from_.folder());
    if (free >= bytes) return OkStatus();
    return ResourceExhausted("compacting " + from_.folder() + " needs " + HumanBytes(bytes) + ", and the disk has " +
                             HumanBytes(free) + "; nothing was changed");
  }

  // A table that is not copied would be lost.
  Status RefuseForeignTables() {
    std::set<std::string, std::less<>> known = {kTallyTable};
    for (const Table& table : from_.tables()) known.insert(table.name);
    DAFTAR_ASSIGN_OR_RETURN(const ReadTxn txn, from_.BeginRead());
    transaction_ = mdb_txn_id(Raw::Txn(txn));
    MDB_dbi main = 0;
    MDB_cursor* cursor = nullptr;
    const std::string doing = "looking at the tables of " + from_.folder();
    DAFTAR_RETURN_IF_ERROR(Translate(mdb_dbi_open(Raw::Txn(txn), nullptr, 0, &main), doing));
    DAFTAR_RETURN_IF_ERROR(Translate(mdb_cursor_open(Raw::Txn(txn), main, &cursor), doing));
    MDB_val key, value;
    std::string foreign;
    int code = MDB_SUCCESS;
    while (foreign.empty() && (code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
      if (!known.contains(ToView(key))) foreign = ToView(key);
    }
    mdb_cursor_close(cursor);
    if (code != MDB_NOTFOUND && code != MDB_SUCCESS) return Translate(code, doing);
    if (foreign.empty()) return OkStatus();
    return FailedPrecondition(from_.folder() + " holds a table that this program does not know, " + foreign +
                              ", which a copy would lack; it was not compacted");
  }

  StatusOr<std::unique_ptr<Environment>> OpenCopy() const {
    std::vector<const char*> names;
    for (const Table& table : from_.tables()) names.push_back(table.name);
    MDB_envinfo info;
    DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_info(Raw::Env(from_), &info), "compacting " + from_.folder()));
    return Environment::Open(CompactFolder(from_.folder()), {.map_bytes = info.me_mapsize}, names);
  }

  Status CopyTable(Table from, Environment& to, Table copy) {
    std::string last;
    for (bool more = true; more;) {
      DAFTAR_ASSIGN_OR_RETURN(const ReadTxn reading, from_.BeginRead());
      DAFTAR_RETURN_IF_ERROR(RefuseChanged(reading));
      DAFTAR_ASSIGN_OR_RETURN(WriteTxn writing, to.BeginWrite());
      DAFTAR_ASSIGN_OR_RETURN(more, CopySome(reading, from, writing, copy, last));
      DAFTAR_RETURN_IF_ERROR(writing.Commit());
      DAFTAR_RETURN_IF_ERROR(Tell(CompactStep::kCopying));
    }
    return OkStatus();
  }

  // Copies what stands behind `last`, until a step is full. False if that was all.
  StatusOr<bool> CopySome(const ReadTxn& reading, Table from, WriteTxn& writing, Table copy, std::string& last) {
    Cursor cursor = reading.Seek(from, last);
    if (cursor.valid() && !last.empty() && cursor.key() == last) cursor.Next();
    uint64_t bytes = 0;
    for (uint64_t rows = 0; cursor.valid(); cursor.Next()) {
      if (rows++ == options_.rows_per_step || bytes > options_.bytes_per_step) return true;
      DAFTAR_RETURN_IF_ERROR(writing.Append(copy, cursor.key(), cursor.value()));
      bytes += cursor.key().size() + cursor.value().size();
      last = cursor.key();
      ++done_;
    }
    DAFTAR_RETURN_IF_ERROR(cursor.status());
    return false;
  }

  // The copy would lack what was committed since.
  Status RefuseChanged(const ReadTxn& txn) const {
    if (mdb_txn_id(Raw::Txn(txn)) == transaction_) return OkStatus();
    return Aborted("the database in " + from_.folder() + " was changed while it was compacted; it is as it was");
  }

  // The counts of the file that was copied, in the order of its tables. Read at once: verifying takes long, and a
  // reader would keep the pages of later commits.
  StatusOr<std::vector<std::optional<Tally>>> TalliesBefore() const {
    DAFTAR_ASSIGN_OR_RETURN(const ReadTxn txn, from_.BeginRead());
    DAFTAR_RETURN_IF_ERROR(RefuseChanged(txn));
    std::vector<std::optional<Tally>> tallies;
    for (const Table& table : from_.tables()) {
      DAFTAR_ASSIGN_OR_RETURN(tallies.emplace_back(), Tallies(Raw::Txn(txn), Raw::TallyTable(from_)).Load(table));
    }
    return tallies;
  }

  // The copy is whole, and its counts are those of the file it was made of.
  Status Verify(const Environment& to) const {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::optional<Tally>> tallies, TalliesBefore());
    for (size_t i = 0; i < from_.tables().size(); ++i) {
      DAFTAR_RETURN_IF_ERROR(Tell(CompactStep::kVerifying));
      DAFTAR_ASSIGN_OR_RETURN(const TableCheck check, CheckTable(to, to.table(i)));
      if (!check.healthy()) return DataLoss("the compacted copy is damaged and was not used: " + check.InWords());
      DAFTAR_ASSIGN_OR_RETURN(const ReadTxn txn, to.BeginRead());
      DAFTAR_ASSIGN_OR_RETURN(const auto after, Tallies(Raw::Txn(txn), Raw::TallyTable(to)).Load(to.table(i)));
      const std::optional<Tally>& before = tallies[i];
      if (before && after && before->rows == after->rows && before->sum == after->sum) continue;
      return DataLoss(std::string("table ") + from_.table(i).name + " of " + from_.folder() +
                      " does not hold the rows that were written; it was not compacted. Verify and repair it first");
    }
    return OkStatus();
  }

  Status Tell(CompactStep step) const {
    if (!options_.progress || options_.progress(step, done_, rows_)) return OkStatus();
    return Cancelled("compacting " + from_.folder() + " was stopped; it is as it was");
  }

  const Environment& from_;
  const CompactOptions& options_;
  uint64_t transaction_ = 0;
  uint64_t rows_ = 0;
  uint64_t done_ = 0;
};

}  // namespace

StatusOr<CompactReport> CompactForNextOpen(const Environment& env, const CompactOptions& options) {
  StatusOr<CompactReport> report = Copier(env, options).Run();
  if (!report.ok()) RemoveCompactRemains(env.folder());
  return report;
}

}  // namespace daftar::lmdb
