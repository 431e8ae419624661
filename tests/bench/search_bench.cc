// Searches as the window asks them: other orders, facets for all hits, filters, words misspelt or still being typed.
// They have no peer; what has one is in search_peers.
//
//   search_bench FOLDER [--benchmark_…]    a replica of daftar-gen or of search_peers --keep
#include <benchmark/benchmark.h>

#include <iostream>

#include "storage/view/lmdb_view.h"

namespace daftar {
namespace {

struct Case {
  const char* name;
  const char* query;
  search::Sort sort = search::Sort::kRelevance;
  bool facets = false;
  bool why = false;
};

// Words that all generated datasets have.
constexpr Case kCases[] = {
    {"everything, facets", "", search::Sort::kNewest, true},
    {"a kind, facets", "type:clash ", search::Sort::kNewest, true},
    {"a common word, facets, reasons", "border ", search::Sort::kRelevance, true, true},
    {"everything, most severe", "", search::Sort::kSeverity},
    {"everything, oldest", "", search::Sort::kOldest},
    {"a number", "killed:>=3 "},
    {"a number and a word", "border killed:>=3 "},
    {"disagreement", "has:conflict roots:>=2 "},
    {"a box", "box:37.0,68.0,38.0,70.0 "},
    {"a day", "date:2023-09-04 "},
    {"one letter", "b"},
    {"two letters", "bo"},
    {"a misspelt word", "bordre "},
    {"two misspelt words", "bordre infiltratoin "},
    {"or", "border OR clash OR guards "},
    {"not", "border -clash "},
};

// Warm; every search in a snapshot of its own.
void Ask(benchmark::State& state, const LmdbView& view, const Case& asked) {
  SearchRequest request;
  request.query = asked.query;
  request.sort = asked.sort;
  request.facets = asked.facets;
  request.why = asked.why;
  request.limit = 50;
  uint64_t total = 0;
  for (auto _ : state) {
    const auto snapshot = view.Snapshot();
    const auto found = (*snapshot)->Search(request);
    if (!found.ok()) return state.SkipWithError(Message(found.status()).c_str());
    total = found->total;
  }
  state.counters["hits"] = static_cast<double>(total);
}

// Where everything lies that a query finds, as the map and the timeline ask.
void Spread(benchmark::State& state, const LmdbView& view, const char* query) {
  SearchRequest request;
  request.query = query;
  size_t items = 0;
  for (auto _ : state) {
    const auto snapshot = view.Snapshot();
    const auto found = (*snapshot)->SpreadOf(request);
    if (!found.ok()) return state.SkipWithError(Message(found.status()).c_str());
    items = found->size();
  }
  state.counters["items"] = static_cast<double>(items);
}

// Rows of some records here and there, as a timeline shows them.
void RowsOfSpread(benchmark::State& state, const LmdbView& view) {
  const auto snapshot = view.Snapshot();
  const auto found = (*snapshot)->SpreadOf({});
  std::vector<Rid> rids;
  for (size_t i = 0; i < 200; ++i) rids.push_back(found->rid[found->rid.size() / 200 * i]);
  for (auto _ : state) benchmark::DoNotOptimize((*snapshot)->RowsOf(rids));
}

int Main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::cerr << "usage: search_bench FOLDER [--benchmark_filter=NAME]\n";
    return 2;
  }
  const auto view = LmdbView::Open(argv[1], {.map_bytes = 64ull << 30, .create = false});
  if (!view.ok()) {
    std::cerr << "search_bench: " << Message(view.status()) << '\n';
    return 1;
  }
  for (const Case& asked : kCases) {
    benchmark::RegisterBenchmark(asked.name, Ask, std::cref(**view), std::cref(asked))->Unit(benchmark::kMillisecond);
  }
  for (const char* query : {"", "kind:incident ", "type:clash ", "border "}) {
    benchmark::RegisterBenchmark(("spread of \"" + std::string(query) + '"').c_str(), Spread, std::cref(**view), query)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::RegisterBenchmark("rows of 200 of a spread", RowsOfSpread, std::cref(**view))
      ->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace daftar

int main(int argc, char** argv) { return daftar::Main(argc, argv); }
