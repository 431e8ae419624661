#include "tools/gen/load.h"

#include <cerrno>
#include <cstdio>
#include <memory>

#include "storage/authoring/authoring.h"
#include "storage/authoring/json_text.h"
#include "storage/base/clock.h"
#include "storage/base/files.h"
#include "storage/base/random.h"
#include "tools/gen/staged_folder.h"

namespace daftar::gen {
namespace {

constexpr int64_t kLoadedAtMs = 1798761600000;  // 2027-01-01, behind the times in all ids
constexpr uint64_t kRecordsPerLook = 64;        // between two calls of `progress`

// Calls `add` with each record in order, and `progress` now and then.
template <typename Add>
Status ForEachRecord(const GeneratorOptions& options, const Progress& progress, Add add) {
  Generator generator(options);
  uint64_t done = 0;
  while (std::optional<Record> record = generator.Next()) {
    DAFTAR_RETURN_IF_ERROR(add(*record));
    if (++done % kRecordsPerLook == 0 && progress && !progress(done, generator.total())) {
      return Cancelled("stopped; nothing was left behind");
    }
  }
  return OkStatus();
}

// Closes a file that is not standard output.
struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdout) std::fclose(file);
  }
};

Status WriteLines(const GeneratorOptions& options, std::FILE* file, const std::string& name, const Progress& progress) {
  uint64_t rid = 0;
  DAFTAR_RETURN_IF_ERROR(ForEachRecord(options, progress, [&](const Record& record) -> Status {
    nlohmann::ordered_json line;
    line["rid"] = ++rid;
    line["id"] = record.id().ToString();
    line["kind"] = KindWord(record.kind());
    line["record"] = ToJson(record.message(), nullptr);
    const std::string text = line.dump() + "\n";
    if (std::fwrite(text.data(), 1, text.size(), file) == text.size()) return OkStatus();
    return ErrnoStatus(errno, "writing " + name);
  }));
  return std::fflush(file) == 0 ? OkStatus() : ErrnoStatus(errno, "writing " + name);
}

// Removes the file unless it was kept.
class PartialFile {
 public:
  explicit PartialFile(std::string path) : path_(std::move(path)) {}
  ~PartialFile() {
    if (!kept_) std::remove(path_.c_str());
  }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  void Keep() { kept_ = true; }

 private:
  const std::string path_;
  bool kept_ = false;
};

}  // namespace

StatusOr<BulkLoaded> LoadStore(const GeneratorOptions& options, const std::string& target, StoreKind kind,
                               const Progress& progress) {
  DAFTAR_ASSIGN_OR_RETURN(StagedFolder staged, StagedFolder::Begin(target));
  BulkLoadOptions load_options;
  load_options.author = "daftar-gen";
  load_options.reason =
      "generated: seed " + std::to_string(options.seed) + ", " + std::to_string(options.incidents) + " incidents";
  load_options.with_log = kind == StoreKind::kServer;
  // Neither the time nor chance: two loads of one dataset are one history.
  const FakeClock clock(kLoadedAtMs);
  SeededRandom random(options.seed);
  const std::string folder = kind == StoreKind::kServer ? staged.path() : staged.path() + "/replica";
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<BulkLoad> load, BulkLoad::Create(folder, clock, random, load_options));
  DAFTAR_RETURN_IF_ERROR(ForEachRecord(options, progress, [&load](const Record& record) { return load->Add(record); }));
  DAFTAR_ASSIGN_OR_RETURN(BulkLoaded loaded, load->Finish());
  DAFTAR_RETURN_IF_ERROR(staged.Publish());
  return loaded;
}

Status WriteJsonLines(const GeneratorOptions& options, const std::string& target, const Progress& progress) {
  if (target == "-") return WriteLines(options, stdout, "standard output", progress);
  const std::string partial = target + ".partial";
  DAFTAR_RETURN_IF_ERROR(RefuseExisting(target));
  DAFTAR_RETURN_IF_ERROR(RefuseExisting(partial));
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(partial.c_str(), "wxe"));
  if (file == nullptr) return ErrnoStatus(errno, "making " + partial);
  PartialFile cleaner(partial);
  DAFTAR_RETURN_IF_ERROR(WriteLines(options, file.get(), partial, progress));
  file.reset();
  DAFTAR_RETURN_IF_ERROR(SyncPath(partial));
  DAFTAR_RETURN_IF_ERROR(RenameDurably(partial, target));
  cleaner.Keep();
  return OkStatus();
}

}  // namespace daftar::gen
