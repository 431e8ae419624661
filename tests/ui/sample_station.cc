#include "tests/ui/sample_station.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "storage/authoring/authoring.h"
#include "storage/base/files.h"

namespace daftar {
namespace {

constexpr uint64_t kMostBytes = 4 << 20;

std::vector<DatasetFile> SampleFiles() {
  std::vector<DatasetFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(DAFTAR_SAMPLE)) {
    if (entry.path().extension() != ".textproto") continue;
    StatusOr<std::string> text = ReadFile(entry.path(), kMostBytes);
    DAFTAR_CHECK(text.ok());
    files.push_back({entry.path().filename(), *std::move(text)});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

}  // namespace

std::unique_ptr<Workstation> MakeSampleStation(const std::string& folder, const Clock& clock, Random& random) {
  auto station = Workstation::Create(folder, "", "Tester", clock, random);
  DAFTAR_CHECK(station.ok());
  AuthoredDataset dataset =
      ReadDataset(SampleFiles(), [](std::string_view id) { return NotFound("no record " + std::string(id)); });
  DAFTAR_CHECK(dataset.problems.empty());
  std::vector<Edit> edits;
  for (DatasetRecord& record : dataset.records) edits.push_back({record.id, record.kind, std::move(record.record)});
  StatusOr<CheckedEdit> checked = (*station)->Check(edits, "the sample");
  DAFTAR_CHECK(checked.ok() && checked->problems.empty());
  DAFTAR_CHECK((*station)->Queue(std::move(checked->mutation)).ok());
  return *std::move(station);
}

}  // namespace daftar
