#include "client/app/bench/stopwatch.h"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

namespace daftar::app {
namespace {

int64_t Now(clockid_t clock) {
  timespec now{};
  DAFTAR_CHECK(clock_gettime(clock, &now) == 0);
  return static_cast<int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

int64_t NowNs() { return Now(CLOCK_MONOTONIC); }
int64_t ThreadCpuNs() { return Now(CLOCK_THREAD_CPUTIME_ID); }
int64_t ProgramCpuNs() { return Now(CLOCK_PROCESS_CPUTIME_ID); }

StatusOr<double> AnonymousMb() {
  constexpr std::string_view kName = "RssAnon:";
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(kName)) return std::strtod(line.c_str() + kName.size(), nullptr) * 1024 / 1e6;
  }
  return Unavailable("/proc/self/status does not tell RssAnon");
}

double MachineLoad() {
  double load = 0;
  return getloadavg(&load, 1) == 1 ? load : 0;
}

}  // namespace daftar::app
