#include "tools/gen/stats.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <iomanip>
#include <map>
#include <string>

#include "storage/base/bytes.h"

namespace daftar::gen {
namespace {

constexpr uint64_t kRecordsPerLook = 256;  // between two calls of `progress`

double CpuSecondsOfProcess() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void TellTime(uint64_t records, const Stopwatch& watch, std::ostream& out) {
  const double wall = std::max(watch.WallSeconds(), 0.001), cpu = watch.CpuSeconds();
  const auto count = static_cast<double>(std::max<uint64_t>(records, 1));
  out << std::fixed << std::setprecision(1) << wall << " s, " << std::setprecision(0) << count / wall
      << " records a second, " << std::setprecision(4) << cpu * 1000 / count << " ms of processor time a record\n";
}

}  // namespace

Stopwatch::Stopwatch(const Clock& clock)
    : clock_(clock), wall_ms_(clock.MonotonicMs()), cpu_seconds_(CpuSecondsOfProcess()) {}

double Stopwatch::WallSeconds() const { return static_cast<double>(clock_.MonotonicMs() - wall_ms_) / 1000; }
double Stopwatch::CpuSeconds() const { return CpuSecondsOfProcess() - cpu_seconds_; }

Status TellGenerated(const GeneratorOptions& options, const Clock& clock, const Progress& progress, std::ostream& out) {
  struct Sum {
    uint64_t records = 0, bytes = 0, accounts = 0;
  };
  const Stopwatch watch(clock);
  Generator generator(options);
  std::map<Kind, Sum> sums;
  uint64_t done = 0;
  while (std::optional<Record> record = generator.Next()) {
    Sum& sum = sums[record->kind()];
    ++sum.records;
    sum.bytes += record->message().SerializeAsString().size();
    sum.accounts += static_cast<uint64_t>(record->accounts().size());
    if (++done % kRecordsPerLook == 0 && progress && !progress(done, generator.total())) {
      return Cancelled("stopped while it counted");
    }
  }
  out << "kind             records  mean bytes  accounts\n";
  for (const auto& [kind, sum] : sums) {
    out << std::left << std::setw(14) << KindWord(kind) << std::right << std::setw(10) << sum.records << std::setw(12)
        << sum.bytes / sum.records << std::fixed << std::setprecision(2) << std::setw(10)
        << static_cast<double>(sum.accounts) / static_cast<double>(sum.records) << '\n';
  }
  out << "generated in ";
  TellTime(done, watch, out);
  return OkStatus();
}

void TellLoaded(const BulkLoaded& loaded, const Stopwatch& watch, std::ostream& out) {
  out << "revision " << loaded.head.cursor().revision() << ", digest " << ToHex(loaded.head.digest()) << '\n'
      << "loaded in ";
  TellTime(loaded.head.records(), watch, out);
  out << "file " << HumanBytes(loaded.file_bytes) << '\n';
  for (const lmdb::TableStats& table : loaded.tables) {
    if (table.entries == 0) continue;
    out << "  " << std::left << std::setw(12) << table.name << std::right << std::setw(12) << table.entries << " rows  "
        << HumanBytes(table.bytes) << '\n';
  }
}

}  // namespace daftar::gen
