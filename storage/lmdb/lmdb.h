// LMDB behind typed doors: the only code that sees the library's own lmdb.h is the .cc files of this folder.
//
// What LMDB leaves to discipline is unavoidable here:
//  - default durability; NOTLS; no DUPSORT, no WRITEMAP; a large sparse map reserved at open;
//  - a file shorter than its meta page says is refused before the first read (a read would be SIGBUS);
//  - network file systems are refused; a folder is open once, in one process (a second Open fails);
//  - a folder that was not closed carries a mark, and can be looked at in a child process before it is opened
//  (probe.h);
//  - every value carries an 8-byte tag over table, key and bytes; a wrong tag is DataLoss, never a wrong answer;
//  - every table has a count and a digest of its rows, written in the same transaction (check.h compares);
//  - keys are 1..511 bytes; a failed write poisons its transaction: Commit then returns that first error;
//  - bytes borrowed from a transaction are string_views that die with it (or, in a WriteTxn, with the next write).
//
// Errors: DataLoss: damaged file or value. ResourceExhausted: disk or map full; everything committed is safe.
// FailedPrecondition: wrong folder, in use, or a disk error after which the environment must be closed.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/files.h"
#include "storage/base/mutex.h"
#include "storage/base/status.h"

struct MDB_env;
struct MDB_txn;
struct MDB_cursor;

namespace daftar::lmdb {

// A table of an environment. A plain value; valid as long as its Environment.
struct Table {
  unsigned dbi = 0;
  const char* name = "";
};

struct Options {
  // Address space to reserve; the file grows only as it is filled.
  uint64_t map_bytes = 16ull << 30;
  // Make the folder and file if they are not there.
  bool create = true;
  // True: a crash of the machine may lose the last commits, never the consistency of the file. For data that can be
  // fetched again; false by default.
  bool lazy_meta_sync = false;
  // A transaction that would keep more than this of changed pages in memory is refused with ResourceExhausted, by an
  // upper estimate. LMDB's own limit is 512 MiB; near it, it takes seldom trodden paths.
  uint64_t most_changed_bytes = 400ull << 20;
  // Room kept beside the data for a full disk: see State. 64 MiB for what a person writes; 0: none.
  uint64_t ballast_bytes = 0;
  // If the program before did not close the folder: look at the file in a child process first, and refuse it with
  // DataLoss where a read could end this program. A process that runs threads cannot probe: then it is opened without,
  // and probe_words() says so. Out of time counts as sound.
  bool probe_after_crash = false;
  int64_t probe_deadline_ms = 5'000;
  // Refuses file systems that LMDB cannot trust; another one in tests.
  Status (*check_file_system)(const std::string& folder) = RefuseNetworkFileSystem;
};

// Whether an environment can be written to. It can be read in each of them.
enum class State {
  kReady,
  kNearlyFull,  // the disk was full: that transaction was not kept, the ballast was given up, writing may be tried
                // again
  kFull,        // the disk is full: writing is refused until there is room for the ballast again, or without one, tried
  kDiskFailed,  // nothing is written until the environment has been closed and opened again
};

struct TableStats {
  std::string name;
  uint64_t entries = 0;
  uint64_t bytes = 0;  // pages in use times page size
};

class Ballast;
class OpenMark;
class ReadTxn;
class WriteTxn;

// One LMDB file in a folder of its own. Thread-safe. Destroy after all its transactions. Opened after a fork, never
// before: in the child of the process that opened it every transaction is FailedPrecondition.
class Environment {
 public:
  // Opens with exactly these tables, making those that are missing. The names must outlive the environment; "rows" is
  // taken. A file without row counts is counted once, which takes about a second per million rows.
  static StatusOr<std::unique_ptr<Environment>> Open(const std::string& folder, const Options& options,
                                                     std::span<const char* const> tables);
  // Opens what is there with all tables that the file holds: for tools that look at any of our files. The mark of a
  // program that did not close the folder stays for the program whose folder it is.
  static StatusOr<std::unique_ptr<Environment>> OpenAsItIs(const std::string& folder, const Options& options);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  // The table with that position in the list given to Open.
  Table table(size_t index) const { return tables_[index]; }
  const std::vector<Table>& tables() const { return tables_; }
  const std::string& folder() const { return folder_; }
  // Tables whose rows Open had to count, since the file came without counts or from a program that does not keep them.
  const std::vector<std::string>& recounted() const { return recounted_; }
  // The program before this one did not close the folder.
  bool was_left_open() const { return was_left_open_; }
  // What the probe of a folder that was not closed found, in words; empty if nothing, or if there was none.
  const std::string& probe_words() const { return probe_words_; }

  // A consistent view; keep it short (250 ms), it blocks the reuse of pages.
  StatusOr<ReadTxn> BeginRead() const;
  // Blocks until the other writer is done. One writer at a time, on one thread. ResourceExhausted while the disk is
  // full.
  StatusOr<WriteTxn> BeginWrite();

  // Also asks the disk whether there is room again.
  State state() const;

  // The number of the last commit, of whichever process.
  uint64_t last_commit() const;
  // Read transactions open now.
  int open_readers() const;
  // Commits that the oldest reader of any process has slept through: pages freed by them cannot be reused. 0: nobody.
  StatusOr<uint64_t> OldestReaderLag() const;
  // Frees the slots of dead readers; how many there were. At open, and every half minute in a program that runs long.
  StatusOr<int> ClearDeadReaders();
  StatusOr<std::vector<TableStats>> Stats() const;
  StatusOr<uint64_t> FileBytes() const;

 private:
  friend class ReadTxn;
  friend class WriteTxn;
  friend class Raw;
  Environment(std::string folder, MDB_env* env);

  Status RefuseAfterFork() const;
  Status ClaimFolder();
  Status ProbeIfLeftOpen(const Options& options, std::span<const char* const> tables);
  static StatusOr<std::unique_ptr<Environment>> Claim(const std::string& folder, const Options& options);
  Status OpenFile(const Options& options, size_t tables);
  StatusOr<std::vector<const char*>> ReadTableNames();
  Status OpenTables(std::span<const char* const> names);
  Status OpenTablesIn(MDB_txn* txn, std::span<const char* const> names);
  Status CountTablesIn(MDB_txn* txn);
  // Puts a code of LMDB into words, and remembers a disk that failed or is full.
  Status Translated(int code, std::string_view doing) const;
  Status DiskIsFull(std::string_view doing) const;
  Status RefuseWriting() const;
  // Without ballast, a commit that worked is how a full disk is known to have room again.
  void NoteCommitted() const;

  // Set by Open, constant afterwards.
  const std::string folder_;
  MDB_env* const env_;
  const int process_;     // that opened it: LMDB's locks do not survive a fork
  std::string identity_;  // device and inode, for the registry of open environments; empty until claimed
  std::vector<Table> tables_;
  Table tallies_;
  std::deque<std::string> own_names_;  // of tables found in the file
  std::vector<std::string> recounted_;
  std::unique_ptr<OpenMark> mark_;
  bool was_left_open_ = false;
  std::string probe_words_;
  uint64_t most_changed_bytes_ = 0;
  // Any thread.
  mutable std::atomic<int> open_readers_{0};
  mutable std::atomic<State> state_{State::kReady};
  std::unique_ptr<Ballast> ballast_;
};

// Walks a table in key order. Dies before its transaction. Usage:
//   for (Cursor c = txn.Seek(table, from); c.valid(); c.Next()) … c.key(), c.value()
//   DAFTAR_RETURN_IF_ERROR(c.status());
class Cursor {
 public:
  ~Cursor();
  Cursor(Cursor&& other) noexcept;
  Cursor& operator=(Cursor&&) = delete;

  // At an entry; false at the end, outside the prefix, or after an error.
  bool valid() const { return valid_; }
  // Why it is not valid; ok at the end. A damaged value is DataLoss and ends the walk; SkipDamaged goes on behind it.
  const Status& status() const { return status_; }
  // At an entry whose value is damaged: the walk can go on behind it. A DataLoss without this is damage of the file's
  // structure, behind which nothing can be reached.
  bool at_damaged() const { return status_.code() == StatusCode::kDataLoss && !key_.empty(); }
  // REQUIRES: valid() or at_damaged().
  std::string_view key() const DAFTAR_LIFETIME_BOUND { return key_; }
  // REQUIRES: valid().
  std::string_view value() const DAFTAR_LIFETIME_BOUND { return value_; }
  // Nothing happens at the end, and after an error other than a damaged value.
  void Next();
  void Prev();
  // Clears a DataLoss and goes to the entry behind the damaged one.
  void SkipDamaged() { Next(); }

 private:
  friend class ReadTxn;
  friend class WriteTxn;
  Cursor(MDB_txn* txn, Table table, std::string prefix);
  void Step(int op);
  // `key` is where MDB_SET_RANGE begins; the other operations do not look at it.
  void Move(int op, std::string_view key = "");
  void Load(int code, std::string_view key, std::string_view tagged);

  MDB_cursor* cursor_ = nullptr;
  Table table_;
  std::string prefix_;
  bool valid_ = false;
  Status status_;
  std::string_view key_, value_;
};

// The right to read. Move-only; any thread, one at a time.
class ReadTxn {
 public:
  ~ReadTxn();
  ReadTxn(ReadTxn&& other) noexcept;
  ReadTxn& operator=(ReadTxn&&) = delete;

  // nullopt if there is none; DataLoss if its tag is wrong.
  StatusOr<std::optional<std::string_view>> Get(Table table, std::string_view key) const DAFTAR_LIFETIME_BOUND;
  // As Get, but without verifying the tag: damaged bytes come back as if they were whole. ONLY for a value that is
  // never replaced, by a caller that got it from Get (or a Cursor) earlier in this process and kept a note of that. The
  // caller must still bound every read by the size of the value: memory or disk may have changed since. Whoever has no
  // such note calls Get. DataLoss if what is stored is too short to hold a tag at all.
  StatusOr<std::optional<std::string_view>> GetTrusted(Table table, std::string_view key) const DAFTAR_LIFETIME_BOUND;
  bool Has(Table table, std::string_view key) const;
  // At the first key >= from, ending where keys no longer start with prefix.
  Cursor Seek(Table table, std::string_view from, std::string_view prefix = "") const;
  // At the first key that starts with prefix.
  Cursor SeekPrefix(Table table, std::string_view prefix) const { return Seek(table, prefix, prefix); }
  // At the last key that starts with prefix; Prev() walks down.
  Cursor SeekLast(Table table, std::string_view prefix) const;
  StatusOr<uint64_t> Count(Table table) const;
  // The number of the last commit that it shows, of whichever process; of a writer, its own.
  uint64_t commit() const;

 protected:
  friend class Environment;
  friend class Raw;
  ReadTxn(const Environment* env, MDB_txn* txn) : env_(env), txn_(txn) {}
  // The value with its tag, as it is stored.
  StatusOr<std::optional<std::string_view>> Stored(Table table, std::string_view key) const DAFTAR_LIFETIME_BOUND;
  const Environment* env_;
  MDB_txn* txn_;
};

// The right to read and write. Destroying it without Commit gives everything up.
class WriteTxn : public ReadTxn {
 public:
  ~WriteTxn();
  WriteTxn(WriteTxn&&) noexcept = default;

  // Inserts or replaces. Cursors and views of this transaction are invalid afterwards.
  Status Put(Table table, std::string_view key, std::string_view value);
  // For keys in ascending order behind all others of the table: sequential pages, no search.
  Status Append(Table table, std::string_view key, std::string_view value);
  // Fine if it is not there.
  Status Delete(Table table, std::string_view key);
  // Deletes every entry of the table.
  Status Clear(Table table);
  // Makes everything durable, then visible. The transaction is over either way.
  Status Commit();

 private:
  friend class Environment;
  friend class Raw;
  using ReadTxn::ReadTxn;

  // What this transaction did to one table.
  struct Changes {
    Table table;
    bool cleared = false;  // before what the other fields say
    int64_t rows = 0;      // more than before; negative: fewer
    uint64_t sum = 0;      // of tags, modulo 2^64
    uint64_t random_writes = 0;
    uint64_t own_pages = 0;       // of values too large to share one
    uint64_t appended_bytes = 0;  // key, value, and what LMDB adds
  };
  Changes& ChangesOf(Table table);
  Status Ready() const;
  Status Insert(Table table, std::string_view key, std::string_view value, bool append);
  // Refuses to go on near LMDB's limit of pages changed by one transaction.
  Status CheckSize(Table table);
  Status StoreTallies();
  Status Fail(Status status);

  Status first_error_;
  bool changed_ = false;
  std::vector<Changes> changes_;  // one per table touched
  uint64_t writes_ = 0;
};

// Overwrites bytes of a stored value behind its tag's back: for tests and drills of repair only.
Status DamageValueForDrill(Environment& env, Table table, std::string_view key, size_t at);

}  // namespace daftar::lmdb
