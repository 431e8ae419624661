// daftar-gen: datasets for benchmarks and drills.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "storage/base/clock.h"
#include "storage/base/exit_code.h"
#include "tools/gen/load.h"
#include "tools/gen/progress_bar.h"
#include "tools/gen/stats.h"

namespace daftar::gen {
namespace {

constexpr char kDescription[] = R"(Makes a realistic dataset of any size; the same seed and size give the same bytes.

Examples:
  daftar-gen --records 1000000 --into big          then: daftard serve --data big --insecure-loopback
  daftar-gen --records 1000000 --into-replica desk then: daftarctl init --replica desk --server HOST:PORT/KEY
  daftar-gen --records 5000 --seed 7 --jsonl - | head -1
  daftar-gen --records 200000 --stats

A load can be stopped with Ctrl-C: then nothing is left of it. What exists is never overwritten.
)";

constexpr char kFooter[] = R"(
Exit codes: 0 done, 1 failed (also: the target exists), 2 wrong usage, 130 stopped.
)";

struct Arguments {
  GeneratorOptions options;
  std::string server, replica, jsonl;
  bool stats = false;
};

void AddOptions(CLI::App& app, Arguments& arguments) {
  app.add_option("--records", arguments.options.incidents,
                 "Incidents; places, actors, sources, relations and alert periods come on top")
      ->required()
      ->check(CLI::Range(uint64_t{1}, kMostIncidents))
      ->type_name("N");
  app.add_option("--seed", arguments.options.seed, "Another seed is another dataset")
      ->capture_default_str()
      ->type_name("S");
  app.add_option("--into", arguments.server, "Make a server's data folder")->type_name("FOLDER");
  app.add_option("--into-replica", arguments.replica, "Make a workstation's replica, equal to what --into makes")
      ->type_name("FOLDER");
  app.add_option("--jsonl", arguments.jsonl, "Write a line of JSON a record; - is standard output")->type_name("FILE");
  app.add_flag("--stats", arguments.stats, "Print counts, sizes and what it took, on standard error beside --jsonl -");
}

class Job {
 public:
  explicit Job(const Arguments& arguments)
      : arguments_(arguments), tell_(arguments.jsonl == "-" ? std::cerr : std::cout) {}

  Status Run() {
    if (!arguments_.server.empty()) DAFTAR_RETURN_IF_ERROR(Load(arguments_.server, StoreKind::kServer));
    if (!arguments_.replica.empty()) DAFTAR_RETURN_IF_ERROR(Load(arguments_.replica, StoreKind::kReplica));
    if (!arguments_.jsonl.empty()) {
      ProgressBar bar("writing", clock_);
      DAFTAR_RETURN_IF_ERROR(WriteJsonLines(arguments_.options, arguments_.jsonl, ShownOn(bar)));
    }
    if (!arguments_.stats) return OkStatus();
    ProgressBar bar("counting", clock_);
    return TellGenerated(arguments_.options, clock_, ShownOn(bar), tell_);
  }

 private:
  Progress ShownOn(ProgressBar& bar) {
    return [this, &bar](uint64_t done, uint64_t total) {
      bar.Show(done, total);
      return !interrupts_.Interrupted();
    };
  }

  Status Load(const std::string& folder, StoreKind kind) {
    const Stopwatch watch(clock_);
    StatusOr<BulkLoaded> loaded = [&] {
      ProgressBar bar("loading", clock_);
      return LoadStore(arguments_.options, folder, kind, ShownOn(bar));
    }();
    if (!loaded.ok()) return loaded.status();
    tell_ << "made " << folder << " with " << loaded->head.records() << " records\n";
    if (arguments_.stats) TellLoaded(*loaded, watch, tell_);
    return OkStatus();
  }

  const Arguments& arguments_;
  std::ostream& tell_;
  const SystemClock clock_;
  InterruptLatch interrupts_;
};

ExitCode Main(int argc, char** argv) {
  CLI::App app(kDescription, "daftar-gen");
  app.footer(kFooter);
  app.set_version_flag("--version", "daftar-gen " DAFTAR_VERSION);
  Arguments arguments;
  AddOptions(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  const bool asked =
      !arguments.server.empty() || !arguments.replica.empty() || !arguments.jsonl.empty() || arguments.stats;
  if (!asked) {
    std::cerr << "daftar-gen: nothing to do: give --into, --into-replica, --jsonl or --stats; see --help\n";
    return ExitCode::kUsage;
  }
  const Status status = Job(arguments).Run();
  if (!status.ok()) std::cerr << "daftar-gen: " << Message(status) << '\n';
  return ExitCodeOf(status);
}

}  // namespace
}  // namespace daftar::gen

int main(int argc, char** argv) { return static_cast<int>(daftar::gen::Main(argc, argv)); }
