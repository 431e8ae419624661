#include "storage/lmdb/scan.h"

#include <lmdb.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <set>

#include "storage/base/files.h"
#include "storage/lmdb/file_tail.h"
#include "storage/lmdb/page_tree.h"
#include "storage/lmdb/tally.h"
#include "storage/lmdb/translate.h"
#include "storage/lmdb/walk.h"

namespace daftar::lmdb {
namespace {

constexpr MDB_dbi kFreeList = 0;
constexpr uint64_t kMetaPages = 2;
constexpr size_t kMostTables = 1000;
constexpr uint64_t kLeastMap = 1 << 20;

class Scan {
 public:
  Scan(std::string folder, bool deep, int pipe) : folder_(std::move(folder)), deep_(deep), pipe_(pipe) {}

  void Run(std::vector<std::string> names) {
    if (!Open()) return;
    MDB_dbi main = 0;
    if (!BeginAgain() || !Works(mdb_dbi_open(txn_, nullptr, 0, &main))) return;
    if (names.empty()) names = NamesIn(main);
    for (std::string& name : names) std::erase(name, '\t');
    Table tallies{.name = kTallyTable};
    const int code = mdb_dbi_open(txn_, kTallyTable, 0, &tallies.dbi);
    if (code != MDB_NOTFOUND && !Works(code)) return;
    has_tallies_ = code == MDB_SUCCESS;
    if (!has_tallies_) Say("uncounted");
    for (const std::string& name : names) {
      if (name != kTallyTable) ScanTable(name, tallies);
    }
    if (!BeginAgain()) return;
    if (has_tallies_) used_pages_ += PagesOf(tallies.dbi);
    used_pages_ += PagesOf(main);
    ScanFreeList(names.size());
    if (const Status pages = CheckPages(folder_ + "/data.mdb"); !pages.ok()) Say("inside\t" + Message(pages));
    Say("end");
  }

 private:
  // The process ends after this, so nothing is closed.
  bool Open() {
    const std::string file = folder_ + "/data.mdb";
    if (!Exists(file)) return Stop("missing\tthere is no database in " + folder_);
    const StatusOr<uint64_t> size = FileSize(file);
    // LMDB would take an empty file for a new one, and write into it.
    if (!size.ok()) return Stop("cannot\t" + Message(size.status()));
    if (*size < kMetaPages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE))) {
      return Stop("truncated\t" + file + " was cut short: it has " + std::to_string(*size) + " bytes");
    }
    if (!Works(mdb_env_create(&env_)) || !Works(mdb_env_set_mapsize(env_, std::max(*size, kLeastMap)))) return false;
    if (!Works(mdb_env_set_maxdbs(env_, kMostTables))) return false;
    const int code = mdb_env_open(env_, folder_.c_str(), MDB_NOTLS, 0600);
    const Status opened = Translate(code, "opening " + file);
    if (code != MDB_SUCCESS) {
      return Stop((opened.code() == StatusCode::kDataLoss ? "inside\t" : "cannot\t") + Message(opened));
    }
    if (const Status whole = CheckNotTruncated(env_, file); !whole.ok()) return Stop("truncated\t" + Message(whole));
    return true;
  }

  // A transaction that met a damaged page reads nothing more, so every table has its own. Nobody writes meanwhile.
  bool BeginAgain() {
    // Ended as a commit, which keeps the handles of tables opened in it.
    if (txn_ != nullptr) mdb_txn_commit(txn_);
    txn_ = nullptr;
    return Works(mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn_));
  }

  std::vector<std::string> NamesIn(MDB_dbi main) {
    std::vector<std::string> names;
    MDB_cursor* cursor = nullptr;
    if (!Works(mdb_cursor_open(txn_, main, &cursor))) return names;
    MDB_val key, value;
    int code = MDB_SUCCESS;
    while (names.size() < kMostTables && (code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
      names.emplace_back(ToView(key));
    }
    mdb_cursor_close(cursor);
    if (code != MDB_NOTFOUND) Works(code);
    return names;
  }

  void ScanTable(const std::string& name, Table tallies) {
    Say("table\t" + name);
    if (!BeginAgain()) return;
    Table table{.name = name.c_str()};
    const int code = mdb_dbi_open(txn_, table.name, 0, &table.dbi);
    // One that an older file has not is made when the file is opened.
    if (code == MDB_NOTFOUND) return;
    if (!Works(code)) return;
    Walk walk(table, deep_);
    walk.Step(txn_, std::numeric_limits<uint64_t>::max());
    const StatusOr<std::optional<Tally>> written =
        has_tallies_ ? Tallies(txn_, tallies).Load(table) : StatusOr<std::optional<Tally>>(std::nullopt);
    TableCheck check = std::move(walk).Finished(written.ok() ? *written : std::nullopt);
    // A file from before there were counts is counted when it is opened.
    if (!has_tallies_) {
      check.count_known = true;
      check.rows_written = check.rows_found;
    }
    const bool structure = check.in_order && check.walk_stopped.empty();
    const uint64_t pages = PagesOf(table.dbi);
    used_pages_ += pages;
    Say(std::string(check.healthy() ? "sound"
                    : structure     ? "rows"
                                    : "inside") +
        "\t" + name + "\t" + std::to_string(check.rows_found) + "\t" + std::to_string(pages * page_bytes_) + "\t" +
        check.InWords());
  }

  uint64_t PagesOf(MDB_dbi dbi) {
    MDB_stat stat;
    if (mdb_stat(txn_, dbi, &stat) != MDB_SUCCESS) return 0;
    page_bytes_ = stat.ms_psize;
    return stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages;
  }

  // A page that is free and in use at once would be overwritten by the next commit.
  void ScanFreeList(size_t tables) {
    MDB_envinfo info;
    MDB_cursor* cursor = nullptr;
    if (!Works(mdb_env_info(env_, &info)) || !Works(mdb_cursor_open(txn_, kFreeList, &cursor))) return;
    std::set<size_t> free;
    bool sane = true;
    MDB_val key, value;
    int code = MDB_SUCCESS;
    while (sane && (code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
      sane = CollectPages(ToView(value), info.me_last_pgno, free);
    }
    mdb_cursor_close(cursor);
    if (sane && code != MDB_NOTFOUND && !Works(code)) return;
    const uint64_t pages = uint64_t{info.me_last_pgno} + 1;
    sane = sane && (tables == 0 || kMetaPages + used_pages_ + PagesOf(kFreeList) + free.size() <= pages);
    if (!sane) Say("inside\tthe list of free pages is damaged: it names pages that are in use, or none of this file");
  }

  static bool CollectPages(std::string_view list, size_t last_page, std::set<size_t>& free) {
    const auto number = [&list](size_t at) {
      size_t value;
      std::memcpy(&value, list.data() + at * sizeof value, sizeof value);
      return value;
    };
    if (list.size() < sizeof(size_t) || number(0) > list.size() / sizeof(size_t) - 1) return false;
    for (size_t i = 1; i <= number(0); ++i) {
      if (number(i) < kMetaPages || number(i) > last_page || !free.insert(number(i)).second) return false;
    }
    return true;
  }

  bool Works(int code) {
    if (code == MDB_SUCCESS) return true;
    const Status status = Translate(code, "reading " + folder_);
    return Stop((status.code() == StatusCode::kDataLoss ? "inside\t" : "cannot\t") + Message(status));
  }
  bool Stop(const std::string& line) {
    Say(line);
    return false;
  }
  void Say(std::string line) const {
    std::replace(line.begin(), line.end(), '\n', ' ');
    line += '\n';
    for (std::string_view rest = line; !rest.empty();) {
      const ssize_t written = ::write(pipe_, rest.data(), rest.size());
      // Nobody listens any more.
      if (written <= 0) ::_exit(1);
      rest.remove_prefix(static_cast<size_t>(written));
    }
  }

  const std::string folder_;
  const bool deep_;
  const int pipe_;
  MDB_env* env_ = nullptr;
  MDB_txn* txn_ = nullptr;
  bool has_tallies_ = false;
  uint64_t used_pages_ = 0;
  uint64_t page_bytes_ = 0;
};

}  // namespace

void ScanFile(const std::string& folder, const std::vector<std::string>& tables, bool deep, int pipe) {
  Scan(folder, deep, pipe).Run(tables);
}

}  // namespace daftar::lmdb
