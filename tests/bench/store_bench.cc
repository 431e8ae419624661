// The store inside: reading records and lists, and applying a batch of changes.
//
//   store_bench [FOLDER] [--benchmark_…]    a folder as daftar-gen --into makes it; it is changed. Without one, 20,000
//                                           incidents are made in a temporary folder.
#include <benchmark/benchmark.h>

#include <iostream>
#include <random>
#include <set>

#include "client/model/list.h"
#include "storage/model/parts.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/view_writer.h"
#include "tests/temporary_folder.h"
#include "tools/gen/load.h"

namespace daftar {
namespace {

constexpr uint64_t kMadeIncidents = 20'000;
constexpr size_t kBatch = 1000, kListed = 50;

// What all benchmarks work on.
struct Store {
  std::unique_ptr<LmdbView> view;
  std::vector<Uuid> incidents;  // in no order
};

// Random reads of records by their ids, decoded, each in a snapshot of its own.
void PointRead(benchmark::State& state, const Store& store) {
  std::mt19937 random(2);
  for (auto _ : state) {
    const auto snapshot = store.view->Snapshot();
    const auto record = (*snapshot)->Get(store.incidents[random() % store.incidents.size()]);
    DAFTAR_CHECK(record.ok() && *record);
    benchmark::DoNotOptimize(record);
  }
}

// What a list shows of the newest, from the rows of the index, decoded.
void NewestRows(benchmark::State& state, const Store& store) {
  for (auto _ : state) {
    const auto snapshot = store.view->Snapshot();
    const auto rows = (*snapshot)->Rows(v1::RecordKind::INCIDENT, kListed);
    DAFTAR_CHECK(rows.ok() && rows->size() == kListed);
    for (const ListedRecord& record : *rows) DAFTAR_CHECK(record.row);
  }
}

// The same in words, as the screen has it.
void NewestList(benchmark::State& state, const Store& store) {
  for (auto _ : state) {
    const auto snapshot = store.view->Snapshot();
    const auto list = BuildList(**snapshot, "incident", {.limit = kListed});
    DAFTAR_CHECK(list.ok() && list->rows.size() == kListed);
  }
}

// The newest as whole records.
void NewestRecords(benchmark::State& state, const Store& store) {
  for (auto _ : state) {
    const auto snapshot = store.view->Snapshot();
    const auto ids = (*snapshot)->List(v1::RecordKind::INCIDENT, kListed);
    for (const Uuid& id : *ids) DAFTAR_CHECK((*snapshot)->Get(id).ok());
  }
}

// Patches of the notes of random records.
std::vector<RecordChange> MakePatches(const Store& store, Revision revision, std::mt19937& random) {
  const auto snapshot = store.view->Snapshot();
  const auto txn = *store.view->env().BeginRead();
  std::set<Uuid> chosen;
  while (chosen.size() < kBatch) chosen.insert(store.incidents[random() % store.incidents.size()]);
  std::vector<RecordChange> changes;
  for (const Uuid& id : chosen) {
    v1::Incident after, none;
    after.set_notes("looked at again in revision " + std::to_string(revision) + ", number " +
                    std::to_string(changes.size()));
    const auto parts = DiffParts(none.SerializeAsString(), after.SerializeAsString());
    RecordChange& change = changes.emplace_back();
    change.rid = **LoadRid(store.view->env(), txn, id);
    change.revision = revision;
    change.id = id;
    change.kind = v1::RecordKind::INCIDENT;
    for (const v1::PartEdit& part : *parts)
      change.parts.push_back({{part.field(), part.key()}, revision, part.value()});
  }
  return changes;
}

// A transaction that changes many records, with history, digest and text index, to its end on the disk.
void ApplyBatch(benchmark::State& state, const Store& store) {
  std::mt19937 random(3);
  for (auto _ : state) {
    state.PauseTiming();
    v1::Checkpoint head = *(*store.view->Snapshot())->Head();
    head.mutable_cursor()->set_revision(head.cursor().revision() + 1);
    const std::vector<RecordChange> changes = MakePatches(store, head.cursor().revision(), random);
    state.ResumeTiming();
    auto txn = store.view->env().BeginWrite();
    auto writer = ViewWriter::Begin(store.view->env(), store.view->records(), *txn);
    for (const RecordChange& change : changes) DAFTAR_CHECK(writer->Apply(change).ok());
    DAFTAR_CHECK(writer->Finish(head.cursor(), head.server_ms()).ok());
    DAFTAR_CHECK(txn->Commit().ok());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kBatch));
}

StatusOr<Store> OpenStore(const std::string& folder) {
  Store store;
  DAFTAR_ASSIGN_OR_RETURN(store.view, LmdbView::Open(folder, {.map_bytes = 64ull << 30, .create = false}));
  DAFTAR_ASSIGN_OR_RETURN(const auto snapshot, store.view->Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(store.incidents, snapshot->List(v1::RecordKind::INCIDENT, SIZE_MAX));
  if (store.incidents.size() < 2 * kBatch) return InvalidArgument("there are too few incidents in " + folder);
  return store;
}

int Main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const TemporaryFolder made;
  std::string folder = argc > 1 ? argv[1] : made.File("store");
  if (argc == 1) {
    gen::GeneratorOptions options;
    options.incidents = kMadeIncidents;
    const auto loaded = gen::LoadStore(options, folder, gen::StoreKind::kServer, nullptr);
    if (!loaded.ok()) {
      std::cerr << "store_bench: " << Message(loaded.status()) << '\n';
      return 1;
    }
  }
  const auto store = OpenStore(folder);
  if (!store.ok()) {
    std::cerr << "store_bench: " << Message(store.status()) << '\n';
    return 1;
  }
  benchmark::RegisterBenchmark("point_read_decoded", PointRead, std::cref(*store))->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("newest_50_rows", NewestRows, std::cref(*store))->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("newest_50_list", NewestList, std::cref(*store))->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("newest_50_records", NewestRecords, std::cref(*store))->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("apply_1000_changes", ApplyBatch, std::cref(*store))
      ->Unit(benchmark::kMillisecond)
      ->Iterations(20);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace daftar

int main(int argc, char** argv) { return daftar::Main(argc, argv); }
