// doctor: what is wrong with a folder, what is safe, and what to do. Opens nothing that could end the program: a child
// process looks first. Changes nothing.
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/view/compaction.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/stores.h"

namespace daftar::ctl {
namespace {

constexpr uint64_t kLittleRoom = 128 << 20;

struct DoctorWish {
  std::string folder;
  bool deep = false;
  int64_t seconds = 120;
};

enum class Level { kOk, kNote, kBad };

// One thing that was looked at.
struct Finding {
  Level level;
  std::string about;
  std::string words;
  std::string advice;
};

const char* WordOf(Level level) { return level == Level::kOk ? "ok" : level == Level::kNote ? "note" : "bad"; }

class Doctor {
 public:
  Doctor(std::string folder, const DoctorWish& wish) : folder_(std::move(folder)), wish_(wish) {}

  Reply Run() {
    stores_ = StoresIn(folder_);
    if (stores_.empty()) {
      return Reply::Error(ExitCode::kNotFound, "there is neither a replica nor a server's store in " + folder_ +
                                                   ". Make a replica with: daftarctl init --server HOST:PORT/KEY");
    }
    LookAtFolder();
    LookAtDisk();
    for (const Store& store : stores_) {
      LookAtRights(store);
      if (const Status looked = LookAtData(store); !looked.ok()) return looked;
    }
    return Answer();
  }

 private:
  void LookAtFolder() {
    std::string names;
    for (const Store& store : stores_) names += (names.empty() ? "" : ", ") + store.name;
    Add(Level::kOk, "folder", folder_ + " holds: " + names);
    const bool half = stores_.size() == 1 && stores_.front().name != "server";
    if (half && stores_.front().name == "user") {
      Add(Level::kNote, "folder", "the replica is not there; what is your own is", "fetch it again: daftarctl sync");
    } else if (half) {
      Worst(ExitCode::kCorrupt);
      Add(Level::kBad, "folder", "the user's own store (outbox, drafts, settings) is not there",
          "restore " + folder_ + "/user from a backup, or move the folder away and begin again with daftarctl init");
    }
  }

  void LookAtDisk() {
    if (const Status local = RefuseNetworkFileSystem(folder_); !local.ok()) {
      Worst(ExitCode::kFailure);
      Add(Level::kBad, "file system", Message(local), "move the folder to a disk of this machine");
    } else {
      Add(Level::kOk, "file system", "a disk of this machine");
    }
    struct statvfs info;
    if (::statvfs(folder_.c_str(), &info) != 0) return;
    const uint64_t free = uint64_t{info.f_bavail} * info.f_frsize;
    disk_free_ = free;
    if (free >= kLittleRoom) return Add(Level::kOk, "disk", HumanBytes(free) + " free");
    Worst(ExitCode::kFailure);
    Add(Level::kBad, "disk",
        "only " + HumanBytes(free) + " free; what was committed is safe, but writing will be refused",
        "free at least " + HumanBytes(kLittleRoom));
  }

  void LookAtRights(const Store& store) {
    const std::string file = store.folder + "/data.mdb";
    struct stat info;
    if (::access(file.c_str(), R_OK | W_OK) != 0 || ::access(store.folder.c_str(), W_OK) != 0) {
      Worst(ExitCode::kNotPermitted);
      Add(Level::kBad, store.name, "this user may not read and write " + store.folder,
          "run as the user who owns it, or change its owner");
    } else if (::stat(file.c_str(), &info) == 0 && (info.st_mode & 077) != 0) {
      Add(Level::kNote, store.name, file + " can be read by other users of this machine", "chmod 600 " + file);
    }
  }

  Status LookAtData(const Store& store) {
    lmdb::ProbeOptions options;
    options.deep = wish_.deep;
    options.deadline_ms = wish_.seconds * 1000;
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ProbeReport report, lmdb::Probe(store.folder, {}, options));
    reports_.push_back(ProbeJson(store, report));
    if (!report.closed_cleanly) {
      Add(Level::kNote, store.name,
          "the program that used it last did not close it (killed, crashed, or power was lost)",
          "nothing, if all else is well: what was committed is there");
    }
    Judge(store, report);
    if (report.verdict == lmdb::Verdict::kInUse) return OkStatus();
    Add(Level::kOk, store.name, "no reader holds old pages: nobody has it open");
    LookAtSpace(store, report);
    for (const lmdb::ProbeReport::TableReport& table : report.tables) {
      if (table.rows > 0) sizes_.push_back({store.name + "/" + table.name, table.rows, table.bytes});
    }
    return OkStatus();
  }

  // What is in no table is about what the free pages are.
  void LookAtSpace(const Store& store, const lmdb::ProbeReport& report) {
    if (lmdb::CompactedWaits(store.folder)) {
      return Add(Level::kOk, store.name, "a compacted copy takes the place of the file when the folder is opened next");
    }
    const StatusOr<uint64_t> file = FileSize(store.folder + "/data.mdb");
    if (!file.ok() || report.verdict != lmdb::Verdict::kSound || store.name == "user") return;
    uint64_t used = 0;
    for (const lmdb::ProbeReport::TableReport& table : report.tables) used += table.bytes;
    const uint64_t free = *file - std::min(*file, used);
    if (!IsWorthCompacting({.file_bytes = *file, .free_bytes = free, .disk_free_bytes = disk_free_})) return;
    Add(Level::kNote, store.name, HumanBytes(free) + " of the " + HumanBytes(*file) + " of its file hold nothing",
        store.name == "server" ? "stop the server, then: daftarctl compact --folder " + store.folder
                               : "daftarctl compact");
  }

  void Judge(const Store& store, const lmdb::ProbeReport& report) {
    using lmdb::Verdict;
    switch (report.verdict) {
      case Verdict::kSound:
        return Add(Level::kOk, store.name, report.words);
      case Verdict::kNotFinished:
        return Add(Level::kNote, store.name, report.words, "look longer: daftarctl doctor --seconds N");
      case Verdict::kInUse:
        Worst(ExitCode::kBusy);
        return Add(Level::kNote, store.name, report.words, "close that program and ask again");
      case Verdict::kCannotOpen:
        Worst(ExitCode::kFailure);
        return Add(Level::kBad, store.name, report.words);
      case Verdict::kMissing:
        Worst(ExitCode::kNotFound);
        return Add(Level::kBad, store.name, report.words);
      case Verdict::kDamagedRows:
        Worst(ExitCode::kCorrupt);
        return Add(Level::kBad, store.name, report.words, AdviceForRows(store));
      case Verdict::kTruncated:
      case Verdict::kDamagedInside:
      case Verdict::kKilledReader:
        Worst(ExitCode::kCorrupt);
        return Add(Level::kBad, store.name, report.words, AdviceForFile(store));
    }
  }

  static std::string AdviceForRows(const Store& store) {
    if (store.name == "replica") return "daftarctl verify, then daftarctl sync: it fetches again what is damaged";
    if (store.name == "user")
      return "keep a copy of " + store.folder + ", then see what is left: daftarctl outbox list";
    return "keep a copy of " + store.folder + ", then restore the last backup, or ask the clients for what it lacks";
  }

  static std::string AdviceForFile(const Store& store) {
    if (store.name == "replica") {
      return "move " + store.folder +
             " away, then daftarctl sync fetches everything again; your outbox and drafts lie " + "beside it and stay";
    }
    if (store.name == "user") return "keep a copy of " + store.folder + " and restore it from a backup";
    return "keep a copy of " + store.folder + " and restore the last backup; do not start the server on it";
  }

  Reply Answer() {
    Reply reply = Reply::Answer("doctor");
    reply.code = code_;
    reply.json["folder"] = folder_;
    reply.json["healthy"] = code_ == ExitCode::kOk;
    reply.json["findings"] = nlohmann::ordered_json::array();
    for (const Finding& finding : findings_) {
      reply.json["findings"].push_back({{"level", WordOf(finding.level)},
                                        {"about", finding.about},
                                        {"words", finding.words},
                                        {"advice", finding.advice}});
      reply.text += Padded(WordOf(finding.level), 6) + Padded(finding.about, 13) + finding.words + "\n";
      if (!finding.advice.empty()) reply.text += Padded("", 6) + Padded("→", 15) + finding.advice + "\n";
    }
    reply.json["stores"] = reports_;
    std::sort(sizes_.begin(), sizes_.end(), [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    for (const lmdb::TableStats& table : sizes_) {
      reply.text +=
          "      " + Padded(table.name, 20) + Counted(table.entries, "row") + ", " + HumanBytes(table.bytes) + "\n";
    }
    return reply;
  }

  static std::string Padded(std::string text, size_t width) {
    text.resize(std::max(width, text.size() + 1), ' ');
    return text;
  }

  void Add(Level level, std::string about, std::string words, std::string advice = "") {
    findings_.push_back({level, std::move(about), std::move(words), std::move(advice)});
  }
  // Damage weighs most, then what keeps the programs from working, then a folder in use.
  void Worst(ExitCode code) {
    const auto weight = [](ExitCode exit) {
      return exit == ExitCode::kCorrupt ? 3 : exit == ExitCode::kOk ? 0 : exit == ExitCode::kBusy ? 1 : 2;
    };
    if (weight(code) > weight(code_)) code_ = code;
  }

  const std::string folder_;
  const DoctorWish& wish_;
  std::vector<Store> stores_;
  uint64_t disk_free_ = 0;
  std::vector<Finding> findings_;
  nlohmann::ordered_json reports_ = nlohmann::ordered_json::array();
  std::vector<lmdb::TableStats> sizes_;
  ExitCode code_ = ExitCode::kOk;
};

}  // namespace

void AddDoctorCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<DoctorWish>();
  CLI::App& verb = AddVerb(app, "doctor", "What is wrong with the stored data, and what to do (exit 9: it is damaged)",
                           "  daftarctl doctor\n"
                           "  daftarctl doctor --deep --folder /var/lib/daftar");
  verb.add_option("--folder", wish->folder, "Another folder, such as a server's; default: the replica")
      ->type_name("DIR");
  verb.add_flag("--deep", wish->deep, "Check every stored value as well");
  verb.add_option("--seconds", wish->seconds, "Look no longer at each file")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->type_name("N");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return Doctor(wish->folder.empty() ? context.folder() : wish->folder, *wish).Run();
    };
  });
}

}  // namespace daftar::ctl
