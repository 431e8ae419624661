#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "storage/authoring/authoring.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/log/bulk_load.h"
#include "storage/view/lmdb_view.h"
#include "tests/bench/relevance/finder.h"

namespace daftar::bench {
namespace {

class DaftarFinder final : public Finder {
 public:
  explicit DaftarFinder(std::unique_ptr<LmdbView> view) : view_(std::move(view)) {}
  const char* name() const override { return "daftar"; }
  StatusOr<std::vector<Uuid>> Find(const Case& asked, size_t limit) override {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> snapshot, view_->Snapshot());
    SearchRequest request;
    request.query = asked.query;
    request.limit = limit;
    request.why = false;
    DAFTAR_ASSIGN_OR_RETURN(const SearchResult result, snapshot->Search(request));
    std::vector<Uuid> ids;
    for (const SearchHit& hit : result.hits) ids.push_back(hit.id);
    return ids;
  }

 private:
  const std::unique_ptr<LmdbView> view_;
};

StatusOr<std::vector<DatasetFile>> ReadSample(const std::string& folder) {
  std::vector<DatasetFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".textproto") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back({entry.path().filename().string(), text.str()});
  }
  if (files.empty()) return NotFound("there is no sample in " + folder);
  std::sort(files.begin(), files.end(), [](const DatasetFile& a, const DatasetFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace

StatusOr<std::vector<Record>> SampleAndGenerated(const std::string& sample_folder, const gen::Generator& generator) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<DatasetFile> files, ReadSample(sample_folder));
  AuthoredDataset sample = ReadDataset(
      files, [](std::string_view id) -> StatusOr<Uuid> { return NotFound(std::string("no record ").append(id)); });
  if (!sample.problems.empty()) return InvalidArgument("the sample has problems: " + sample.problems[0].path);
  std::vector<Record> records;
  for (DatasetRecord& own : sample.records) records.emplace_back(own.id, own.kind, std::move(own.record));
  for (Rid rid = 1; rid <= generator.total(); ++rid) records.push_back(generator.At(rid));
  std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.id() < b.id(); });
  return records;
}

StatusOr<std::unique_ptr<Finder>> MakeDaftarFinder(const std::string& folder, const std::vector<Record>& records) {
  constexpr uint64_t kMapBytes = 16ull << 30;
  const SystemClock clock;
  SeededRandom random(1);
  BulkLoadOptions options;
  options.with_log = false;
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<BulkLoad> load, BulkLoad::Create(folder, clock, random, options));
  for (const Record& record : records) DAFTAR_RETURN_IF_ERROR(load->Add(record));
  DAFTAR_RETURN_IF_ERROR(load->Finish().status());
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<LmdbView> view,
                          LmdbView::Open(folder, {.map_bytes = kMapBytes, .create = false}));
  return std::make_unique<DaftarFinder>(std::move(view));
}

Status AskOne(Finder& finder, const Case& asked, Found& found) {
  constexpr size_t kTen = 10;
  auto ids = finder.Find(asked, kTen);
  if (!ids.ok()) return WithContext(ids.status(), asked.query);
  const auto at = std::find(ids->begin(), ids->end(), asked.answer);
  ++found.asked;
  found.in_ten += at != ids->end();
  found.first += at == ids->begin() && !ids->empty();
  if (at == ids->end()) found.missed.push_back(asked.group + ": " + asked.query);
  if (at != ids->end() && at != ids->begin()) found.behind.push_back(asked.group + ": " + asked.query);
  return OkStatus();
}

}  // namespace daftar::bench
