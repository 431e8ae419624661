#include "client/app/bench/idle.h"

#include <cstdio>

#include "client/app/bench/stopwatch.h"
#include "client/model/address.h"

namespace daftar::app {
namespace {

constexpr int64_t kRestNs = 2'000'000'000;
constexpr double kMostFramesInAMinute = 5, kMostPercent = 0.5;

Status TurnFor(ScriptedReader& reader, int64_t ns) {
  const int64_t end = NowNs() + ns;
  while (NowNs() < end) DAFTAR_RETURN_IF_ERROR(reader.Turn(end));
  return OkStatus();
}

}  // namespace

Status MeasureIdle(ScriptedReader& reader, double seconds, Report& report) {
  DAFTAR_RETURN_IF_ERROR(reader.Open(HomeAddress()));
  DAFTAR_RETURN_IF_ERROR(TurnFor(reader, kRestNs));
  const uint64_t drawn = reader.loop().frames();
  const int64_t cpu = ProgramCpuNs(), begun = NowNs();
  DAFTAR_RETURN_IF_ERROR(TurnFor(reader, static_cast<int64_t>(seconds * 1e9)));
  const double percent = 100 * static_cast<double>(ProgramCpuNs() - cpu) / static_cast<double>(NowNs() - begun);
  char words[32];
  std::snprintf(words, sizeof(words), "idle for %g s", seconds);
  report.Add(ValueRow(std::string(words) + ": frames", "", static_cast<double>(reader.loop().frames() - drawn),
                      kMostFramesInAMinute));
  report.Add(ValueRow(std::string(words) + ": processor", "%", percent, kMostPercent));
  return OkStatus();
}

}  // namespace daftar::app
