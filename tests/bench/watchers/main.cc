// watchers: one edit on its way to everybody who watches, beside a bare broadcast of as many bytes by the same library.
//
//   watchers [--daftard FILE] [--watchers N] [--edits N] [--json]
//
// `daftard serve`, on a new folder with the sample, and the bare server run as processes of their own, with as many
// streams each. They take turns, edit by edit. A time begins with the push and ends when a watcher has the bytes;
// daftard has made the edit durable in between, which the bare server need not. Memory is taken once all streams are
// quiet, before the first edit and behind the last.
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "storage/access/devices.h"
#include "storage/base/random.h"
#include "tests/bench/watchers/bare_broadcast.h"
#include "tests/bench/watchers/crowd.h"
#include "tests/bench/watchers/editor.h"
#include "tests/bench/watchers/server_process.h"
#include "tests/bench/watchers/tls_credentials.h"
#include "tests/temporary_folder.h"

namespace daftar::bench {
namespace {

using nlohmann::ordered_json;

constexpr double kMostMsBehindBare = 60;   // p99 behind the median of the bare broadcast
constexpr double kMostKibPerWatcher = 64;  // of the server's memory, without encryption
constexpr double kMostKibByTls = 130;
constexpr auto kSettling = std::chrono::seconds(2);

struct Options {
  std::string daftard;
  size_t watchers = 1000, edits = 20;
  bool json = false, tls = false;
};

// One server with its crowd, and what has been measured of them.
class Side {
 public:
  Side(const std::vector<std::string>& command, const std::string& method,
       std::shared_ptr<grpc::ChannelCredentials> credentials)
      : server_(command), place_{server_.address(), std::move(credentials)}, crowd_(place_, method) {}

  const Place& place() const { return place_; }
  Crowd& crowd() { return crowd_; }

  Status Join(size_t watchers, const std::string& hello, size_t messages) {
    watchers_ = static_cast<double>(watchers);
    alone_ = server_.memory();
    DAFTAR_RETURN_IF_ERROR(crowd_.Join(watchers, hello, messages));
    std::this_thread::sleep_for(kSettling);
    settled_ = server_.memory();
    return OkStatus();
  }
  Status Hear(const std::function<void()>& cause) {
    const double before = server_.processor_ms();
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<double> times, crowd_.Hear(cause));
    times_.insert(times_.end(), times.begin(), times.end());
    processor_ms_ += server_.processor_ms() - before;
    ++messages_;
    return OkStatus();
  }
  ordered_json Figures() {
    std::this_thread::sleep_for(kSettling);
    const Memory end = server_.memory();
    std::sort(times_.begin(), times_.end());
    const auto each = [this](double from, double to) { return (to - from) / watchers_; };
    return {{"median_ms", times_[times_.size() / 2]},
            {"p99_ms", times_[times_.size() * 99 / 100]},
            {"slowest_ms", times_.back()},
            {"processor_ms", processor_ms_ / messages_},
            {"rss_before_kib", alone_.rss},
            {"rss_kib_each", each(alone_.rss, settled_.rss)},
            {"anonymous_kib_each", each(alone_.anonymous, settled_.anonymous)},
            {"rss_kib_each_after", each(alone_.rss, end.rss)},
            {"anonymous_kib_each_after", each(alone_.anonymous, end.anonymous)}};
  }

 private:
  const ServerProcess server_;
  const Place place_;
  Crowd crowd_;  // goes before the server does
  Memory alone_, settled_;
  std::vector<double> times_;
  double watchers_ = 0, processor_ms_ = 0, messages_ = 0;
};

// The edits, each followed by a broadcast of the bytes that a watcher was sent for it.
Status TakeTurns(Side& daftar, Editor& editor, Side& bare, size_t edits, size_t& frame_bytes) {
  for (size_t i = 0; i < edits; ++i) {
    DAFTAR_RETURN_IF_ERROR(daftar.Hear([&editor] { editor.Push(); }));
    DAFTAR_RETURN_IF_ERROR(editor.Answered());
    const std::vector<std::string> frames = daftar.crowd().LastHeard();
    for (const std::string& frame : frames) DAFTAR_RETURN_IF_ERROR(CheckOneEdit(frame));
    frame_bytes = frames.front().size();
    DAFTAR_RETURN_IF_ERROR(bare.Hear([&] { bare.crowd().front().Send(frames.front()); }));
  }
  return OkStatus();
}

StatusOr<ordered_json> Measure(const Options& options, const std::string& self) {
  const TemporaryFolder folder;
  const std::string data = folder.File("data");
  const Ended made = RunProgram({options.daftard, "init", "--sample", "--data", data});
  if (made.exit_code != 0)
    return FailedPrecondition("no dataset could be made by " + options.daftard + ": " + made.err);
  std::vector<std::string> serve{options.daftard, "serve", "--data", data, "--listen", "127.0.0.1:0"};
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (options.tls) {
    SystemRandom random;
    const KeyPair own = KeyPair::Generate(random);
    DAFTAR_RETURN_IF_ERROR(AllowDevice(data + "/devices.txt", {own.public_key(), Right::kEdit, "the crowd"}));
    DAFTAR_ASSIGN_OR_RETURN(credentials, TlsCredentials(own));
  } else {
    serve.push_back("--insecure-loopback");
  }
  Side daftar(serve, kSessionMethod, credentials);
  std::vector<std::string> serve_bare{self, "--serve-bare"};
  if (options.tls) serve_bare.push_back("--tls");
  Side bare(serve_bare, kBareMethod, credentials);
  Editor editor(daftar.place());
  DAFTAR_RETURN_IF_ERROR(editor.Begin());
  DAFTAR_ASSIGN_OR_RETURN(const std::string hello, editor.WatchersHello());
  DAFTAR_RETURN_IF_ERROR(daftar.Join(options.watchers, hello, kFramesBeforeEdits));
  DAFTAR_RETURN_IF_ERROR(bare.Join(options.watchers, hello, 1));
  size_t frame_bytes = 0;
  DAFTAR_RETURN_IF_ERROR(TakeTurns(daftar, editor, bare, options.edits, frame_bytes));
  ordered_json json{
      {"tls", options.tls}, {"watchers", options.watchers}, {"edits", options.edits}, {"frame_bytes", frame_bytes}};
  json["daftar"] = daftar.Figures();
  json["bare"] = bare.Figures();
  double load = 0;
  ::getloadavg(&load, 1);
  json["load"] = load;
  json["p99_behind_bare_median_ms"] = json["daftar"]["p99_ms"].get<double>() - json["bare"]["median_ms"].get<double>();
  return json;
}

void PrintTable(const ordered_json& json) {
  std::printf("%zu watchers, a channel each; %zu edits, %zu bytes to each watcher; load of the machine %.1f\n\n",
              json["watchers"].get<size_t>(), json["edits"].get<size_t>(), json["frame_bytes"].get<size_t>(),
              json["load"].get<double>());
  std::printf("%-40s %10s %10s %8s\n", "", "daftard", "bare", "ratio");
  const auto row = [&json](const char* words, const char* name) {
    const double daftar = json["daftar"][name], bare = json["bare"][name];
    std::printf("%-40s %10.1f %10.1f %8.2f\n", words, daftar, bare, daftar / bare);
  };
  row("until a watcher has it, ms: median", "median_ms");
  row("  p99", "p99_ms");
  row("  slowest", "slowest_ms");
  row("server's processor, ms an edit", "processor_ms");
  row("server's memory for one, KiB: resident", "rss_kib_each");
  row("  of no file", "anonymous_kib_each");
  row("  resident, behind the edits", "rss_kib_each_after");
  row("  of no file, behind the edits", "anonymous_kib_each_after");
  row("resident before anybody watched, KiB", "rss_before_kib");
}

// Whether both goals were met.
bool Judge(const ordered_json& json, std::ostream& out) {
  const double behind = json["p99_behind_bare_median_ms"], memory = json["daftar"]["rss_kib_each_after"];
  const double most_kib = json["tls"] ? kMostKibByTls : kMostKibPerWatcher;
  const bool fast = behind <= kMostMsBehindBare, small = memory <= most_kib;
  out << "\np99 is " << behind << " ms behind the median of the bare broadcast; the goal of " << kMostMsBehindBare
      << " ms is " << (fast ? "held" : "missed") << "\na watcher takes " << memory << " KiB; the goal of " << most_kib
      << " KiB is " << (small ? "held" : "missed") << "\n";
  return fast && small;
}

// Each stream has a socket here and one in its server, which inherits the limit.
void AllowManySockets() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::string OwnPath() {
  char path[4096];
  const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  DAFTAR_CHECK(size > 0 && static_cast<size_t>(size) < sizeof path);
  return std::string(path, static_cast<size_t>(size));
}

// The other process.
int ServeBare(bool tls) {
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  if (tls) {
    StatusOr<std::shared_ptr<grpc::ServerCredentials>> made = BareServerCredentials();
    if (!made.ok()) {
      std::cerr << "watchers: " << Message(made.status()) << "\n";
      return 2;
    }
    credentials = *std::move(made);
  }
  ServeBareBroadcast(credentials, std::cout);
}

int Main(int argc, char** argv) {
  CLI::App app("One edit on its way to everybody who watches, beside a bare broadcast.");
  const std::string self = OwnPath();
  Options options;
  options.daftard = self.substr(0, self.rfind("/bench/")) + "/bin/daftard";
  bool serve_bare = false;
  app.add_option("--daftard", options.daftard, "the server's program")->capture_default_str();
  app.add_option("--watchers", options.watchers)->check(CLI::Range(1, 20'000))->capture_default_str();
  app.add_option("--edits", options.edits)->check(CLI::Range(1, 100'000))->capture_default_str();
  app.add_flag("--tls", options.tls, "by TLS, the bare broadcast too");
  app.add_flag("--json", options.json, "one line of JSON instead of the table");
  app.add_flag("--serve-bare", serve_bare)->group("");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  AllowManySockets();
  if (serve_bare) return ServeBare(options.tls);
  const StatusOr<ordered_json> measured = Measure(options, self);
  if (!measured.ok()) {
    std::cerr << "watchers: " << Message(measured.status()) << "\n";
    return 2;
  }
  if (options.json) {
    std::cout << measured->dump() << std::endl;
  } else {
    PrintTable(*measured);
  }
  return Judge(*measured, options.json ? std::cerr : std::cout) ? 0 : 1;
}

}  // namespace
}  // namespace daftar::bench

int main(int argc, char** argv) { return daftar::bench::Main(argc, argv); }
