// What it costs to have changes searchable: batches of 1,000 changed records applied as a sync applies them, with and
// without the text index, on copies of the same replica.
//
//   batch_bench [--batches N] FOLDER...     folders as daftar-gen --into-replica makes them; they are not changed.
//                                           Beside each, room for two copies of it is needed.
//
// A batch is a frame of patches of the notes of random incidents. Timed are Stage and ApplyStaged, which end on the
// disk. Both copies get the same batches, one after the other in turn; nothing is tidied until all batches are in, and
// that is timed on its own; then as many again, with tidying behind each, as a program does that is open all day.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/clock.h"
#include "storage/model/parts.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tidier.h"
#include "storage/view/view_writer.h"

namespace daftar::bench {
namespace {

constexpr size_t kBatch = 1000;
constexpr uint64_t kMapBytes = 64ull << 30;
constexpr int kWarmUp = 1;  // batches before those that are measured

double Now(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Milliseconds of wall and of processor.
struct Cost {
  double wall = 0, processor = 0;
};

class Watch {
 public:
  Cost Read() const { return {Now(CLOCK_MONOTONIC) - wall_, Now(CLOCK_PROCESS_CPUTIME_ID) - processor_}; }

 private:
  const double wall_ = Now(CLOCK_MONOTONIC), processor_ = Now(CLOCK_PROCESS_CPUTIME_ID);
};

Cost Median(std::vector<Cost> costs) {
  const auto middle = costs.begin() + static_cast<ptrdiff_t>(costs.size() / 2);
  Cost median;
  std::nth_element(costs.begin(), middle, costs.end(), [](const Cost& a, const Cost& b) { return a.wall < b.wall; });
  median.wall = middle->wall;
  std::nth_element(costs.begin(), middle, costs.end(),
                   [](const Cost& a, const Cost& b) { return a.processor < b.processor; });
  median.processor = middle->processor;
  return median;
}

// A copy of a replica, removed at the end.
class Copy {
 public:
  Copy(const std::string& replica, std::string folder, bool text_index) : folder_(std::move(folder)) {
    std::filesystem::create_directory(folder_);
    std::filesystem::copy_file(replica + "/data.mdb", folder_ + "/data.mdb");
    auto opened = LmdbView::Open(folder_, {.map_bytes = kMapBytes, .create = false, .text_index = text_index});
    DAFTAR_CHECK(opened.ok());
    view_ = *std::move(opened);
  }
  ~Copy() {
    view_.reset();
    std::filesystem::remove_all(folder_);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  LmdbView& view() { return *view_; }

  // The checkpoint that a server would send behind the changes.
  v1::Checkpoint CheckpointAfter(const ChangeSet& set) {
    const auto snapshot = view_->Snapshot();
    v1::Checkpoint head = *(*snapshot)->Head();
    auto txn = view_->env().BeginWrite();
    auto writer = ViewWriter::Begin(view_->env(), view_->records(), *txn, /*text_index=*/false);
    for (const RecordChange& change : set.changes) DAFTAR_CHECK(writer->Apply(change).ok());
    head.mutable_cursor()->set_revision(set.commits[0].revision());
    head.set_digest(ProofOf(*writer->CurrentDigest()));
    return head;  // and nothing is committed
  }

  Cost Apply(const v1::DeltaFrame& frame, const v1::Checkpoint& checkpoint) {
    const Watch watch;
    DAFTAR_CHECK(view_->Stage(frame).ok());
    const auto applied = view_->ApplyStaged(checkpoint);
    const Cost cost = watch.Read();
    DAFTAR_CHECK(applied.ok() && applied->records == kBatch);
    return cost;
  }

 private:
  const std::string folder_;
  std::unique_ptr<LmdbView> view_;
};

// Patches of the notes of random incidents, in one commit.
class BatchMaker {
 public:
  explicit BatchMaker(Copy& of)
      : of_(of), incidents_(*(*of.view().Snapshot())->List(v1::RecordKind::INCIDENT, SIZE_MAX)) {
    DAFTAR_CHECK(incidents_.size() > kBatch);
  }

  // Applies the next batch to two copies that have had the same ones; what it took in each.
  std::pair<Cost, Cost> ApplyNext(Copy& first, Copy& second) {
    const ChangeSet set = Next();
    const v1::Checkpoint checkpoint = of_.CheckpointAfter(set);
    v1::DeltaFrame frame = *EncodeFrame(set);
    frame.mutable_position()->set_revision(checkpoint.cursor().revision());
    frame.mutable_position()->set_rid(set.changes.back().rid);
    const Cost one = first.Apply(frame, checkpoint);
    return {one, second.Apply(frame, checkpoint)};
  }

 private:
  ChangeSet Next() {
    const auto snapshot = of_.view().Snapshot();
    const Revision revision = (*(*snapshot)->Head()).cursor().revision() + 1;
    const auto txn = *of_.view().env().BeginRead();
    std::map<Rid, Uuid> ids;
    while (ids.size() < kBatch) {
      const Uuid& id = incidents_[random_() % incidents_.size()];
      ids.emplace(**LoadRid(of_.view().env(), txn, id), id);
    }
    ChangeSet set;
    v1::CommitInfo& commit = set.commits.emplace_back();
    commit.set_revision(revision);
    commit.set_author("bench");
    for (const auto& [rid, id] : ids) set.changes.push_back(PatchOf(rid, id, revision));
    return set;
  }

  static RecordChange PatchOf(Rid rid, const Uuid& id, Revision revision) {
    v1::Incident none, after;
    after.set_notes("looked at again in revision " + std::to_string(revision) + ", number " + std::to_string(rid));
    RecordChange change;
    change.rid = rid;
    change.revision = revision;
    change.id = id;
    change.kind = v1::RecordKind::INCIDENT;
    const auto parts = DiffParts(none.SerializeAsString(), after.SerializeAsString());
    for (const v1::PartEdit& part : *parts) {
      change.parts.push_back({{part.field(), part.key()}, revision, part.value()});
    }
    return change;
  }

  Copy& of_;
  const std::vector<Uuid> incidents_;  // in no order that matters
  std::mt19937 random_{3};
};

Cost Tidy(LmdbView& view) {
  const Watch watch;
  DAFTAR_CHECK(TidyAll(view, SystemClock(), nullptr).ok());
  return watch.Read();
}

void Measure(const std::string& folder, int batches) {
  Copy with(folder + "/replica", folder + "/bench-with", true),
      without(folder + "/replica", folder + "/bench-without", false);
  const uint64_t records = (*(*with.view().Snapshot())->Head()).records();
  BatchMaker maker(without);
  std::vector<Cost> costs_with, costs_without;
  for (int i = 0; i < kWarmUp + batches; ++i) {
    const bool with_first = i % 2 == 0;
    const auto [first, second] = with_first ? maker.ApplyNext(with, without) : maker.ApplyNext(without, with);
    if (i < kWarmUp) continue;
    costs_with.push_back(with_first ? first : second);
    costs_without.push_back(with_first ? second : first);
  }
  const double all = kWarmUp + batches;
  const Cost at_once = Tidy(with.view());
  Cost each;
  for (int i = 0; i < batches; ++i) {
    maker.ApplyNext(without, with);
    const Cost cost = Tidy(with.view());
    each.wall += cost.wall / batches;
    each.processor += cost.processor / batches;
  }
  const Cost a = Median(costs_with), b = Median(costs_without);
  std::printf("%10llu %9.1f %9.1f %7.2f %9.1f %9.1f %7.2f %9.1f %9.1f\n", static_cast<unsigned long long>(records),
              a.wall, b.wall, a.wall / b.wall, a.processor, b.processor, a.processor / b.processor,
              at_once.processor / all, each.processor);
  std::fflush(stdout);
}

int Main(int argc, char** argv) {
  int batches = 15;
  std::vector<std::string> folders;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--batches" && i + 1 < argc) {
      const std::string_view number = argv[++i];
      std::from_chars(number.data(), number.data() + number.size(), batches);
    } else {
      folders.emplace_back(argument);
    }
  }
  if (folders.empty() || batches < 1) {
    std::cerr << "usage: batch_bench [--batches N] FOLDER...   folders of daftar-gen --into-replica\n";
    return 2;
  }
  std::printf("a batch of %zu changed records, ms, median of %d; tidying in ms of processor for each batch\n", kBatch,
              batches);
  std::printf("%10s %9s %9s %7s %9s %9s %7s %9s %9s\n", "records", "with", "without", "ratio", "with, cpu", "without",
              "ratio", "tidy once", "tidy each");
  for (const std::string& folder : folders) Measure(folder, batches);
  return 0;
}

}  // namespace
}  // namespace daftar::bench

int main(int argc, char** argv) { return daftar::bench::Main(argc, argv); }
