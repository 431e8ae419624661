// A timeline of a million records: put in order by a worker, laid out for every frame while it is moved.
#include <benchmark/benchmark.h>

#include <random>

#include "client/model/timeline_layout.h"
#include "daftar/v1/codes.pb.h"

namespace daftar {
namespace {

constexpr int32_t kFirstDay = 7670, kDays = 12'000;  // from 1991 on

search::Spread SpreadOf(size_t records) {
  std::mt19937 random(1);
  search::Spread spread;
  for (size_t i = 0; i < records; ++i) {
    const int32_t first = kFirstDay + static_cast<int32_t>(random() % kDays);
    spread.rid.push_back(static_cast<uint32_t>(i + 1));
    spread.kind.push_back(i % 20 == 0 ? v1::RecordKind::RELATION : v1::RecordKind::INCIDENT);
    spread.code.push_back(0);
    spread.in_doubt.push_back(0);
    spread.first_day.push_back(first);
    spread.last_day.push_back(first + static_cast<int32_t>(random() % 3 == 0 ? random() % 400 : 0));
    spread.killed_least.push_back(-1);
    spread.killed_most.push_back(-1);
  }
  return spread;
}

void PutInOrder(benchmark::State& state) {
  const search::Spread spread = SpreadOf(static_cast<size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(TimelineData::Of(spread));
}
BENCHMARK(PutInOrder)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

// One frame: another window each time, from all to some hours, and the strip.
void LayOutAFrame(benchmark::State& state) {
  const TimelineData data = TimelineData::Of(SpreadOf(static_cast<size_t>(state.range(0))));
  const TimeWindow whole = WholeOf(data);
  TimelineMetrics metrics;
  metrics.width = 1900;
  metrics.rows.fill(12);
  double factor = 1, at = 0.3;
  for (auto _ : state) {
    factor = factor > 100'000 ? 1 : factor * 1.1;
    at = at > 0.9 ? 0.1 : at + 0.013;
    benchmark::DoNotOptimize(LayOut(data, Zoomed(whole, at, factor, whole), metrics));
    benchmark::DoNotOptimize(Density(data, whole, 475));
  }
}
BENCHMARK(LayOutAFrame)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace daftar

BENCHMARK_MAIN();
