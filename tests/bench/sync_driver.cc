// sync_driver: Daftar's side of tests/bench/sync_peers, one step a run, each printing one line of JSON.
//
//   sync_driver export --records N --seed S [--json-records M] FOLDER
//       writes what the peers are given
//   sync_driver sync --server ADDRESS [--rows N] [--give-up S] [--no-texts] REPLICA
//       one session; makes the replica if there is none
//   sync_driver edit --server ADDRESS --records N --seed S --set NAME --count N [--pushes N] REPLICA
//   sync_driver new --server ADDRESS --records N --seed S --number K REPLICA
//   sync_driver live --server ADDRESS --direct ADDRESS --records N --seed S --count N [--new] REPLICA EDITOR
//
// Seconds begin with the first packet and end when all is durable, and shown by the replica; `searchable_s` counts the
// text index, too. `live` watches with REPLICA through --server while EDITOR pushes to --direct.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "client/sync/engine.h"
#include "client/sync/waking_connector.h"
#include "client/transport/grpc_connector.h"
#include "storage/base/clock.h"
#include "storage/base/files.h"
#include "storage/base/mutex.h"
#include "storage/base/random.h"
#include "storage/view/tidier.h"
#include "tests/bench/sync_peers_cases.h"

namespace daftar::bench {
namespace {

using nlohmann::ordered_json;
using Time = std::chrono::steady_clock;

constexpr int kLiveWaitMs = 20'000;  // longer than that, and a change counts as lost

double SecondsSince(Time::time_point begin) { return std::chrono::duration<double>(Time::now() - begin).count(); }

struct Options {
  uint64_t records = 20'000, json_records = UINT64_MAX, seed = 1, count = 1, pushes = 1, number = 0, rows = 0;
  double give_up = 0;
  bool fresh = false;     // live: new records instead of edits
  bool no_texts = false;  // the text index is left behind
  std::string server, direct, set, folder, editor;
};

// What this process has cost so far.
rusage Costs() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage;
}
double ProcessorSeconds(const rusage& usage) {
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}
double PeakMegabytes(const rusage& usage) { return static_cast<double>(usage.ru_maxrss) / 1024; }

class Driver {
 public:
  explicit Driver(const Options& options) : options_(options) {}

  StatusOr<ordered_json> ExportAll() {
    DAFTAR_RETURN_IF_ERROR(MakeFolder(options_.folder));
    DAFTAR_ASSIGN_OR_RETURN(const Exported exported,
                            Export(SyncCases(options_.records, options_.seed), options_.json_records, options_.folder));
    const SyncCases cases(options_.records, options_.seed);
    return ordered_json{{"records", exported.records},
                        {"incidents", cases.incidents()},
                        {"bytes", exported.bytes},
                        {"json_records", exported.json_records},
                        {"json_bytes", exported.json_bytes}};
  }

  StatusOr<ordered_json> SyncOnce() {
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Workstation> station, OpenOrCreate(options_.folder));
    return SyncAndTidy(*station);
  }

  StatusOr<ordered_json> PushEdits() {
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Workstation> station, OpenOrCreate(options_.folder));
    const SyncCases cases(options_.records, options_.seed);
    const std::vector<Rid> rids = cases.Draw(options_.set, options_.count);
    const size_t a_push = (rids.size() + options_.pushes - 1) / std::max<uint64_t>(options_.pushes, 1);
    for (size_t at = 0; at < rids.size(); at += a_push) {
      std::vector<Edit> edits;
      for (size_t i = at; i < std::min(rids.size(), at + a_push); ++i) {
        DAFTAR_ASSIGN_OR_RETURN(edits.emplace_back(), EditOf(*station, cases.generator().IdOf(rids[i])));
      }
      DAFTAR_RETURN_IF_ERROR(Queue(*station, edits));
    }
    return SyncAndTidy(*station);
  }

  StatusOr<ordered_json> PushNew() {
    DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Workstation> station, OpenOrCreate(options_.folder));
    const SyncCases cases(options_.records, options_.seed);
    DAFTAR_RETURN_IF_ERROR(
        Queue(*station, {{station->NewId(), v1::RecordKind::INCIDENT, cases.NewIncident(options_.number)}}));
    return SyncAndTidy(*station);
  }

  StatusOr<ordered_json> Live();

 private:
  StatusOr<std::unique_ptr<Workstation>> OpenOrCreate(const std::string& folder) {
    if (Exists(folder + "/user")) return Workstation::Open(folder, clock_, random_);
    return Workstation::Create(folder, options_.server, "bench", clock_, random_);
  }

  static StatusOr<Edit> EditOf(const Workstation& station, const Uuid& id) {
    DAFTAR_ASSIGN_OR_RETURN(const auto view, station.Read());
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view->Get(id));
    if (!record) return NotFound("the replica has no " + id.ToString() + "; are records and seed those of the server?");
    return Edit{id, v1::RecordKind::INCIDENT, SyncCases::Edited(*record)};
  }

  static Status Queue(Workstation& station, const std::vector<Edit>& edits) {
    DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check(edits, "measured"));
    if (!checked.problems.empty()) {
      return InvalidArgument(checked.problems[0].path + ": " + checked.problems[0].message);
    }
    return station.Queue(std::move(checked.mutation)).status();
  }

  // Seconds until so many incidents can be listed.
  static bool Lists(const Workstation& station, size_t rows) {
    const auto view = station.Read();
    if (!view.ok()) return false;
    const auto listed = (*view)->Rows(v1::RecordKind::INCIDENT, rows);
    return listed.ok() && listed->size() >= rows;
  }

  StatusOr<ordered_json> SyncAndTidy(Workstation& station) {
    ordered_json json;
    RunOptions run;
    run.silence_ms = 120'000;
    bool given_up = false;
    const auto begin = Time::now();
    run.on_progress = [&](const SyncReport&) {
      if (options_.rows > 0 && !json.contains("screen_s") && Lists(station, options_.rows)) {
        json["screen_s"] = SecondsSince(begin);
      }
      given_up = options_.give_up > 0 && (SecondsSince(begin) > options_.give_up || json.contains("screen_s"));
      return !given_up;
    };
    const auto connector = MakeGrpcConnector(options_.server);
    DAFTAR_ASSIGN_OR_RETURN(const SyncReport report, RunSync(station, *connector, run));
    json["seconds"] = SecondsSince(begin);
    json["sync_cpu_s"] = ProcessorSeconds(Costs());
    json["given_up"] = given_up;
    if (!given_up && !options_.no_texts) {
      DAFTAR_RETURN_IF_ERROR(TidyAll(station.view(), clock_, nullptr));
      json["searchable_s"] = SecondsSince(begin);
    }
    json["to"] = report.to;
    json["records"] = report.records;
    json["parts"] = report.parts;
    json["engine_bytes"] = report.bytes;
    json["pushed"] = report.applied + report.merged;
    json["digest_equal"] = report.digest_equal;
    json["cpu_s"] = ProcessorSeconds(Costs());
    json["peak_mb"] = PeakMegabytes(Costs());
    return json;
  }

  const Options& options_;
  const SystemClock clock_{};
  SystemRandom random_;
};

// A workstation in a session of its own thread, until it is destroyed.
class Watcher {
 public:
  Watcher(Workstation& station, const std::string& address)
      : connector_(MakeGrpcConnector(address)), waking_(*connector_), thread_([this, &station] { Run(station); }) {}
  ~Watcher() {
    waking_.Close();
    thread_.join();
  }
  // The outbox has grown.
  void Wake() { waking_.Wake(); }
  // Waits until the revision is shown; when that was. Fails if the session ended, or it takes too long.
  StatusOr<Time::time_point> Shows(Revision revision) {
    const auto begin = Time::now();
    MutexLock lock(mutex_);
    while (!caught_up_ || shown_ < revision) {
      if (!ended_.ok()) return ended_;
      if (SecondsSince(begin) * 1000 > kLiveWaitMs) return Unavailable("a change has not arrived within 20 s");
      moved_.WaitMs(mutex_, 100);
    }
    return moved_at_;
  }
  Revision shown() {
    MutexLock lock(mutex_);
    return shown_;
  }

 private:
  void Run(Workstation& station) {
    RunOptions run;
    run.engine.watch = true;
    run.on_progress = [this](const SyncReport& report) {
      MutexLock lock(mutex_);
      if (report.checkpoints > 0 && (!caught_up_ || report.to > shown_)) {
        shown_ = report.to;
        moved_at_ = Time::now();
        caught_up_ = true;
        moved_.NotifyAll();
      }
      return true;
    };
    const Status ended = RunSync(station, waking_, run).status();
    MutexLock lock(mutex_);
    ended_ = ended.ok() ? Cancelled("the session is over") : ended;
    moved_.NotifyAll();
  }

  const std::unique_ptr<Connector> connector_;
  WakingConnector waking_;
  Mutex mutex_;
  CondVar moved_;
  bool caught_up_ DAFTAR_GUARDED_BY(mutex_) = false;
  Revision shown_ DAFTAR_GUARDED_BY(mutex_) = 0;
  Time::time_point moved_at_ DAFTAR_GUARDED_BY(mutex_);
  Status ended_ DAFTAR_GUARDED_BY(mutex_);
  std::thread thread_;
};

StatusOr<ordered_json> Driver::Live() {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Workstation> reader, OpenOrCreate(options_.folder));
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<Workstation> editor, OpenOrCreate(options_.editor));
  const SyncCases cases(options_.records, options_.seed);
  const std::vector<Rid> rids = cases.Draw("live", options_.count);
  Watcher pushing(*editor, options_.direct);
  DAFTAR_RETURN_IF_ERROR(pushing.Shows(0).status());
  Watcher reading(*reader, options_.server);
  DAFTAR_RETURN_IF_ERROR(reading.Shows(pushing.shown()).status());
  // The connection's own talk shall be over before the script counts bytes: it is told, and answers.
  std::cout << ordered_json{{"ready", true}}.dump() << std::endl;
  std::string answer;
  std::getline(std::cin, answer);
  std::vector<double> times;
  Revision revision = pushing.shown();
  for (size_t i = 0; i < rids.size(); ++i) {
    Edit edit{editor->NewId(), v1::RecordKind::INCIDENT, nullptr};
    if (options_.fresh) {
      edit.message = cases.NewIncident(options_.number + i);
    } else {
      DAFTAR_ASSIGN_OR_RETURN(edit, EditOf(*editor, cases.generator().IdOf(rids[i])));
    }
    const auto begin = Time::now();
    DAFTAR_RETURN_IF_ERROR(Queue(*editor, {edit}));
    pushing.Wake();
    DAFTAR_ASSIGN_OR_RETURN(const auto shown_at, reading.Shows(++revision));
    times.push_back(std::chrono::duration<double>(shown_at - begin).count() * 1000);
    DAFTAR_RETURN_IF_ERROR(pushing.Shows(revision).status());
  }
  std::sort(times.begin(), times.end());
  ordered_json json{{"count", times.size()},
                    {"median_ms", times[times.size() / 2]},
                    {"p95_ms", times[times.size() * 95 / 100]},
                    {"slowest_ms", times.back()}};
  json["cpu_s"] = ProcessorSeconds(Costs());
  json["peak_mb"] = PeakMegabytes(Costs());
  return json;
}

int Main(int argc, char** argv) {
  CLI::App app("Daftar's side of tests/bench/sync_peers.");
  app.require_subcommand(1);
  Options options;
  const auto add = [&](const char* name, const char* words) {
    CLI::App* verb = app.add_subcommand(name, words);
    verb->add_option("--records", options.records)->check(CLI::Range(uint64_t{100}, uint64_t{100'000'000}));
    verb->add_option("--json-records", options.json_records);
    verb->add_option("--seed", options.seed);
    verb->add_option("--server", options.server);
    verb->add_option("--direct", options.direct);
    verb->add_option("--set", options.set);
    verb->add_option("--count", options.count)->check(CLI::PositiveNumber);
    verb->add_option("--pushes", options.pushes)->check(CLI::PositiveNumber);
    verb->add_option("--number", options.number);
    verb->add_option("--rows", options.rows);
    verb->add_option("--give-up", options.give_up, "seconds; then, or when there are --rows, the session ends");
    verb->add_flag("--new", options.fresh);
    verb->add_flag("--no-texts", options.no_texts);
    verb->add_option("folder", options.folder)->required();
    verb->add_option("editor", options.editor);
    return verb;
  };
  CLI::App* exporting = add("export", "write what the peers are given");
  CLI::App* syncing = add("sync", "one session");
  CLI::App* editing = add("edit", "push edits of random incidents");
  CLI::App* adding = add("new", "push a new incident");
  CLI::App* living = add("live", "watch while another replica pushes");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  Driver driver(options);
  StatusOr<ordered_json> done = InvalidArgument("no verb");
  if (exporting->parsed()) done = driver.ExportAll();
  if (syncing->parsed()) done = driver.SyncOnce();
  if (editing->parsed()) done = driver.PushEdits();
  if (adding->parsed()) done = driver.PushNew();
  if (living->parsed()) done = driver.Live();
  if (!done.ok()) {
    std::cerr << "sync_driver: " << Message(done.status()) << "\n";
    return 1;
  }
  std::cout << done->dump() << std::endl;
  return 0;
}

}  // namespace
}  // namespace daftar::bench

int main(int argc, char** argv) { return daftar::bench::Main(argc, argv); }
