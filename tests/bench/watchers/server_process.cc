#include "tests/bench/watchers/server_process.h"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string_view>

#include "storage/base/status.h"

namespace daftar::bench {
namespace {

constexpr std::string_view kListening = "listening on ";

}  // namespace

ServerProcess::ServerProcess(const std::vector<std::string>& command) : program_(command) {
  const std::string line = program_.ReadLine();
  DAFTAR_CHECK(line.starts_with(kListening));
  address_ = line.substr(kListening.size());
}

std::string ServerProcess::File(const std::string& name) const {
  return "/proc/" + std::to_string(program_.pid()) + "/" + name;
}

Memory ServerProcess::memory() const {
  Memory memory;
  std::ifstream rollup(File("smaps_rollup"));
  for (std::string line; std::getline(rollup, line);) {
    std::istringstream words(line);
    std::string name;
    double kib = 0;
    words >> name >> kib;
    if (name == "Rss:") memory.rss = kib;
    if (name == "Anonymous:") memory.anonymous = kib;
  }
  DAFTAR_CHECK(memory.rss > 0);
  return memory;
}

double ServerProcess::processor_ms() const {
  std::ifstream file(File("stat"));
  std::string line;
  std::getline(file, line);
  std::istringstream words(line.substr(line.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) words >> skipped;
  double user = 0, kernel = 0;
  words >> user >> kernel;
  DAFTAR_CHECK(words.good());
  return (user + kernel) * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace daftar::bench
