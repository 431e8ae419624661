#include "storage/lmdb/lmdb.h"

#include <lmdb.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <set>
#include <sstream>
#include <utility>

#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/lmdb/ballast.h"
#include "storage/lmdb/file_tail.h"
#include "storage/lmdb/open_mark.h"
#include "storage/lmdb/probe_child.h"
#include "storage/lmdb/raw.h"
#include "storage/lmdb/swap.h"
#include "storage/lmdb/tally.h"
#include "storage/lmdb/translate.h"

namespace daftar::lmdb {
namespace {

static_assert(sizeof(void*) >= 8, "the whole file is mapped, so addresses must have room for it");

constexpr unsigned kMaxReaders = 1024;
constexpr size_t kMostTables = 200;
constexpr mode_t kOwnerOnly = 0600;
// The most that LMDB writes at once: 64 pages.
constexpr uint64_t kOneWriteOfLmdb = 64 * 4096;

std::string DataFile(const std::string& folder) { return folder + "/data.mdb"; }

// The environments open in this process. The one piece of static state in storage, because what it guards is a
// property of the process: LMDB's file locks break silently when one file is opened twice.
class Registry {
 public:
  static Registry& OfThisProcess() {
    static Registry registry;
    return registry;
  }

  bool Claim(const std::string& identity) DAFTAR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return open_.insert(identity).second;
  }

  void Release(const std::string& identity) DAFTAR_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    open_.erase(identity);
  }

 private:
  Mutex mutex_;
  std::set<std::string> open_ DAFTAR_GUARDED_BY(mutex_);
};

Status PrepareFolder(const std::string& folder, const Options& options) {
  if (options.create) {
    DAFTAR_RETURN_IF_ERROR(MakeFolder(folder));
  } else if (!Exists(DataFile(folder))) {
    return NotFound("there is no database in " + folder);
  }
  return options.check_file_system(folder);
}

uint64_t RoundedToPages(uint64_t bytes) {
  const uint64_t page = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

}  // namespace

StatusOr<std::unique_ptr<Environment>> Environment::Claim(const std::string& folder, const Options& options) {
  DAFTAR_RETURN_IF_ERROR(PrepareFolder(folder, options));
  MDB_env* raw = nullptr;
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_create(&raw), "preparing to open " + folder));
  std::unique_ptr<Environment> env(new Environment(folder, raw));
  env->most_changed_bytes_ = options.most_changed_bytes;
  env->ballast_ = std::make_unique<Ballast>(folder, options.ballast_bytes);
  DAFTAR_RETURN_IF_ERROR(env->ClaimFolder());
  DAFTAR_RETURN_IF_ERROR(TakeCompacted(folder));
  return env;
}

StatusOr<std::unique_ptr<Environment>> Environment::Open(const std::string& folder, const Options& options,
                                                         std::span<const char* const> tables) {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Environment> env, Claim(folder, options));
  DAFTAR_RETURN_IF_ERROR(env->ProbeIfLeftOpen(options, tables));
  DAFTAR_RETURN_IF_ERROR(env->OpenFile(options, tables.size()));
  DAFTAR_RETURN_IF_ERROR(env->OpenTables(tables));
  env->mark_->Settle();
  if (!env->ballast_->Restore()) env->state_ = State::kNearlyFull;
  return env;
}

StatusOr<std::unique_ptr<Environment>> Environment::OpenAsItIs(const std::string& folder, const Options& options) {
  Options existing = options;
  existing.create = false;
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Environment> env, Claim(folder, existing));
  DAFTAR_RETURN_IF_ERROR(env->OpenFile(existing, kMostTables));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<const char*> names, env->ReadTableNames());
  DAFTAR_RETURN_IF_ERROR(env->OpenTables(names));
  return env;
}

StatusOr<std::vector<const char*>> Environment::ReadTableNames() {
  DAFTAR_ASSIGN_OR_RETURN(const ReadTxn txn, BeginRead());
  const std::string doing = "looking at the tables of " + folder_;
  Table main{.name = "(tables)"};
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_dbi_open(Raw::Txn(txn), nullptr, 0, &main.dbi), doing));
  MDB_cursor* cursor = nullptr;
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_cursor_open(Raw::Txn(txn), main.dbi, &cursor), doing));
  std::vector<const char*> names;
  MDB_val key, value;
  int code = MDB_SUCCESS;
  while (names.size() < kMostTables && (code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
    if (ToView(key) != kTallyTable) names.push_back(own_names_.emplace_back(ToView(key)).c_str());
  }
  mdb_cursor_close(cursor);
  if (code != MDB_SUCCESS && code != MDB_NOTFOUND) return Translate(code, doing);
  return names;
}

Environment::Environment(std::string folder, MDB_env* env)
    : folder_(std::move(folder)), env_(env), process_(::getpid()) {}

Environment::~Environment() {
  mdb_env_close(env_);
  mark_.reset();
  if (!identity_.empty()) Registry::OfThisProcess().Release(identity_);
}

Status Environment::ClaimFolder() {
  struct stat info;
  if (::stat(folder_.c_str(), &info) != 0) return ErrnoStatus(errno, "looking at " + folder_);
  const std::string identity = std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
  if (!Registry::OfThisProcess().Claim(identity)) {
    return FailedPrecondition("the database in " + folder_ + " is open in this program already");
  }
  identity_ = identity;
  DAFTAR_ASSIGN_OR_RETURN(OpenMark mark, OpenMark::Set(folder_));
  mark_ = std::make_unique<OpenMark>(std::move(mark));
  was_left_open_ = mark_->was_left_behind();
  return OkStatus();
}

Status Environment::ProbeIfLeftOpen(const Options& options, std::span<const char* const> tables) {
  if (!was_left_open_ || !options.probe_after_crash || !Exists(DataFile(folder_))) return OkStatus();
  const std::vector<std::string> names(tables.begin(), tables.end());
  const StatusOr<ProbeReport> probed = ProbeInChild(folder_, names, {.deadline_ms = options.probe_deadline_ms});
  if (probed.status().code() == StatusCode::kFailedPrecondition) {
    probe_words_ = Message(probed.status());
    return OkStatus();
  }
  DAFTAR_ASSIGN_OR_RETURN(const ProbeReport report, probed);
  if (report.verdict == Verdict::kCannotOpen) return FailedPrecondition(report.words);
  if (!report.may_be_opened()) return DataLoss(report.words);
  if (report.verdict != Verdict::kSound) probe_words_ = report.words;
  return OkStatus();
}

Status Environment::OpenFile(const Options& options, size_t tables) {
  const std::string doing = "opening " + DataFile(folder_);
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_set_mapsize(env_, RoundedToPages(options.map_bytes)), doing));
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_set_maxreaders(env_, kMaxReaders), doing));
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_set_maxdbs(env_, static_cast<MDB_dbi>(tables + 1)), doing));
  if (mdb_env_get_maxkeysize(env_) < kMaxKeyBytes) {
    return FailedPrecondition(doing + ": this LMDB was built for shorter keys than Daftar stores");
  }
  const unsigned flags = MDB_NOTLS | (options.lazy_meta_sync ? MDB_NOMETASYNC : 0u);
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_env_open(env_, folder_.c_str(), flags, kOwnerOnly), doing));
  DAFTAR_RETURN_IF_ERROR(CheckNotTruncated(env_, DataFile(folder_)));
  return ClearDeadReaders().status();
}

Status Environment::OpenTables(std::span<const char* const> names) {
  MDB_txn* txn = nullptr;
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_txn_begin(env_, nullptr, 0, &txn), "opening the tables of " + folder_));
  Status status = OpenTablesIn(txn, names);
  if (status.ok()) status = CountTablesIn(txn);
  if (!status.ok()) {
    mdb_txn_abort(txn);
    return status;
  }
  return Translate(mdb_txn_commit(txn), "opening the tables of " + folder_);
}

Status Environment::OpenTablesIn(MDB_txn* txn, std::span<const char* const> names) {
  const auto open = [txn](const char* name, Table& table) {
    table.name = name;
    const std::string doing = std::string("opening table ") + name;
    DAFTAR_RETURN_IF_ERROR(Translate(mdb_dbi_open(txn, name, MDB_CREATE, &table.dbi), doing));
    unsigned form = 0;
    DAFTAR_RETURN_IF_ERROR(Translate(mdb_dbi_flags(txn, table.dbi, &form), doing));
    // LMDB takes over the form that a table has, and would keep several values under a key.
    return form == 0 ? OkStatus() : Translate(MDB_INCOMPATIBLE, doing);
  };
  for (const char* name : names) {
    if (std::string_view(name) == kTallyTable) return InvalidArgument("a table cannot be called " + std::string(name));
    DAFTAR_RETURN_IF_ERROR(open(name, tables_.emplace_back()));
  }
  return open(kTallyTable, tallies_);
}

// Counts the tables that have no count, and all of them if the last writer kept none. Writes nothing if all is well.
Status Environment::CountTablesIn(MDB_txn* txn) {
  // A compacted copy begins again with the first transaction, and nobody has written to it yet.
  constexpr size_t kOfACopy = 1;
  const size_t last_writer = mdb_txn_id(txn) - 1;
  Tallies tallies(txn, tallies_);
  const std::optional<uint64_t> known_writer = tallies.LastWriter();
  const bool all = !known_writer || (*known_writer != last_writer && last_writer != kOfACopy);
  bool counted = false;
  for (const Table& table : tables_) {
    const StatusOr<std::optional<Tally>> before = tallies.Load(table);
    if (!all && before.ok() && *before) continue;
    DAFTAR_ASSIGN_OR_RETURN(const Tally tally, tallies.Count(table));
    DAFTAR_RETURN_IF_ERROR(tallies.Store(table, tally));
    if (tally.rows != 0) recounted_.emplace_back(table.name);
    counted = true;
  }
  return counted || all ? tallies.StoreLastWriter() : OkStatus();
}

Status Environment::RefuseAfterFork() const {
  if (::getpid() == process_) return OkStatus();
  return FailedPrecondition("the database in " + folder_ +
                            " was opened before this process was forked off; open it here");
}

StatusOr<ReadTxn> Environment::BeginRead() const {
  DAFTAR_RETURN_IF_ERROR(RefuseAfterFork());
  MDB_txn* txn = nullptr;
  if (const int code = mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn); code != MDB_SUCCESS)
    return Translated(code, "reading " + folder_);
  // LMDB notes the number of the last commit first and copies that commit's meta page after. If two commits pass in
  // between, the copy is of the second one, before it was announced: the next reader could then see an older state than
  // this one. Nothing newer written by now means that the copy is the right one.
  MDB_envinfo info;
  while (mdb_env_info(env_, &info) == MDB_SUCCESS && info.me_last_txnid != mdb_txn_id(txn)) {
    mdb_txn_reset(txn);
    if (const int code = mdb_txn_renew(txn); code != MDB_SUCCESS) {
      mdb_txn_abort(txn);
      return Translated(code, "reading " + folder_);
    }
  }
  ++open_readers_;
  return ReadTxn(this, txn);
}

StatusOr<WriteTxn> Environment::BeginWrite() {
  DAFTAR_RETURN_IF_ERROR(RefuseAfterFork());
  DAFTAR_RETURN_IF_ERROR(RefuseWriting());
  MDB_txn* txn = nullptr;
  if (const int code = mdb_txn_begin(env_, nullptr, 0, &txn); code != MDB_SUCCESS)
    return Translated(code, "writing " + folder_);
  return WriteTxn(this, txn);
}

Status Environment::RefuseWriting() const {
  switch (state()) {
    case State::kReady:
    case State::kNearlyFull:
      return OkStatus();
    case State::kFull:
      // Without ballast nothing but trying tells whether there is room.
      if (ballast_->bytes() == 0) return OkStatus();
      return ResourceExhausted("the disk under " + folder_ + " is full, so it is read and not written for now. " +
                               "Everything committed is safe; free " + HumanBytes(2 * ballast_->bytes()) +
                               ", and writing goes on by itself");
    case State::kDiskFailed:
      break;
  }
  return FailedPrecondition("the disk under " + folder_ + " failed before, so nothing more is written. What was " +
                            "committed is safe; close the database, check the disk, and open it again");
}

void Environment::NoteCommitted() const {
  State full = State::kFull;
  if (ballast_->bytes() == 0) state_.compare_exchange_strong(full, State::kReady);
}

State Environment::state() const {
  State now = state_;
  const bool was_full = now == State::kNearlyFull || now == State::kFull;
  if (!was_full || ballast_->bytes() == 0 || !ballast_->Restore()) return now;
  // Fails if another thread has just found the disk to fail.
  return state_.compare_exchange_strong(now, State::kReady) ? State::kReady : state_.load();
}

uint64_t Environment::last_commit() const {
  MDB_envinfo info{};
  return mdb_env_info(env_, &info) == MDB_SUCCESS ? info.me_last_txnid : 0;
}

int Environment::open_readers() const { return open_readers_; }

StatusOr<int> Environment::ClearDeadReaders() {
  int dead = 0;
  DAFTAR_RETURN_IF_ERROR(Translated(mdb_reader_check(env_, &dead), "clearing dead readers of " + folder_));
  return dead;
}

StatusOr<uint64_t> Environment::OldestReaderLag() const {
  MDB_envinfo info;
  DAFTAR_RETURN_IF_ERROR(Translated(mdb_env_info(env_, &info), "looking at the readers of " + folder_));
  // Lines of process, thread and transaction; the last is "-" for a reader at rest, and the first line is a heading.
  std::string lines;
  const auto collect = [](const char* line, void* to) {
    static_cast<std::string*>(to)->append(line);
    return 0;
  };
  if (mdb_reader_list(env_, collect, &lines) < 0) return Internal("the readers of " + folder_ + " cannot be listed");
  uint64_t lag = 0;
  std::istringstream reader(lines);
  for (std::string process, thread, txn; reader >> process >> thread >> txn;) {
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(txn.data(), txn.data() + txn.size(), number);
    if (error == std::errc() && number < info.me_last_txnid) lag = std::max(lag, info.me_last_txnid - number);
  }
  return lag;
}

StatusOr<std::vector<TableStats>> Environment::Stats() const {
  DAFTAR_ASSIGN_OR_RETURN(ReadTxn txn, BeginRead());
  std::vector<TableStats> stats;
  for (const Table& table : tables_) {
    MDB_stat stat;
    DAFTAR_RETURN_IF_ERROR(
        Translated(mdb_stat(txn.txn_, table.dbi, &stat), std::string("measuring table ") + table.name));
    const uint64_t pages = stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages;
    stats.push_back({table.name, stat.ms_entries, pages * stat.ms_psize});
  }
  return stats;
}

StatusOr<uint64_t> Environment::FileBytes() const { return FileSize(DataFile(folder_)); }

Status Environment::Translated(int code, std::string_view doing) const {
  const bool full = code == ENOSPC || code == EDQUOT;
  // LMDB calls a write that was cut off half-way an error of the disk; on a full one that is what is to be expected.
  if (full || (code == EIO && FreeBytesUnder(folder_) < kOneWriteOfLmdb)) return DiskIsFull(doing);
  if (IsDiskError(code)) state_ = State::kDiskFailed;
  return Translate(code, doing);
}

Status Environment::DiskIsFull(std::string_view doing) const {
  if (state_ == State::kDiskFailed) return Translate(EIO, doing);
  if (!ballast_->Release()) {
    state_ = State::kFull;
    return Translate(ENOSPC, doing);
  }
  state_ = State::kNearlyFull;
  return ResourceExhausted(std::string(doing) +
                           ": the disk is full. Everything committed is safe, this transaction is " +
                           "not kept; a reserve of " + HumanBytes(ballast_->bytes()) +
                           " was released, so try once more and then free some space");
}

Status DamageValueForDrill(Environment& env, Table table, std::string_view key, size_t at) {
  DAFTAR_ASSIGN_OR_RETURN(WriteTxn txn, env.BeginWrite());
  MDB_val raw_key = ToVal(key), stored;
  const std::string doing = std::string("damaging table ") + table.name;
  const int code = mdb_get(Raw::Txn(txn), table.dbi, &raw_key, &stored);
  if (code == MDB_NOTFOUND) return NotFound(doing + ": no such key");
  DAFTAR_RETURN_IF_ERROR(Translate(code, doing));
  std::string damaged(ToView(stored));
  if (at >= damaged.size()) return InvalidArgument(doing + ": the stored value is shorter than that");
  damaged[at] = static_cast<char>(~damaged[at]);
  MDB_val raw_value = ToVal(damaged);
  DAFTAR_RETURN_IF_ERROR(Translate(mdb_put(Raw::Txn(txn), table.dbi, &raw_key, &raw_value, 0), doing));
  Raw::NoteChange(txn);
  return txn.Commit();
}

}  // namespace daftar::lmdb
