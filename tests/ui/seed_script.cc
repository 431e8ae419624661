#include "tests/ui/seed_script.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace daftar {
namespace {

constexpr size_t kIndent = 2;

// "  PATH = TEXT" or "  PATH @ NAME".
bool ReadField(const std::string& line, SeedField& field) {
  const size_t end = line.find(' ', kIndent);
  if (end == std::string::npos || line.size() < end + 4 || line[end + 2] != ' ') return false;
  field.path = line.substr(kIndent, end - kIndent);
  field.text = line.substr(end + 3);
  field.by_name = line[end + 1] == '@';
  return field.by_name || line[end + 1] == '=';
}

void ReadFile(const std::filesystem::path& path, std::vector<SeedRecord>& records) {
  std::ifstream file(path);
  size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::string at = path.filename().string() + ":" + std::to_string(number);
    if (line[0] != ' ') {
      records.push_back({line, {}, at});
      continue;
    }
    SeedField field;
    const bool good = !records.empty() && ReadField(line, field);
    EXPECT_TRUE(good) << at << ": " << line;
    if (good) records.back().fields.push_back(std::move(field));
  }
}

}  // namespace

std::string SeedRecord::TextAt(const std::string& path) const {
  for (const SeedField& field : fields) {
    if (field.path == path) return field.text;
  }
  return "";
}

std::vector<SeedRecord> ReadSeedScript(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<SeedRecord> records;
  for (const std::filesystem::path& file : files) ReadFile(file, records);
  return records;
}

}  // namespace daftar
