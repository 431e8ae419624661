// link_proxy: the misbehaving link as a program.
//
// Prints {"port": N} when it listens. A line on standard input is an order: `counters` prints them, `cut` resets all
// connections, `faults FLAGS…` sets other faults, `quit` ends; SIGUSR1 prints the counters, too. SIGTERM and SIGINT end
// it with the counters as last line. Exit codes: 0 ended, 2 wrong usage, 3 cannot listen.
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/link/link_proxy.h"

namespace daftar {
namespace {

struct Options {
  std::string target;
  int port = 0;
  bool field = false;
  LinkFaults faults;
};

void AddDirection(CLI::App& app, const std::string& name, DirectionFaults& faults) {
  app.add_option("--delay-" + name, faults.delay_ms, "ms");
  app.add_option("--rate-" + name, faults.rate_bits_per_s, "bit/s; 0: no limit")->check(CLI::NonNegativeNumber);
  app.add_option("--cut-after-" + name, faults.cut_after, "bytes of each connection");
  app.add_option("--stall-after-" + name, faults.stall_after, "bytes of each connection");
  app.add_option("--stall-ms-" + name, faults.stall_ms, "for how long; without: for ever");
  app.add_option("--write-bytes-" + name, faults.write_bytes, "most bytes of one write");
  app.add_option("--pause-" + name, faults.pause_ms, "ms between two writes");
  app.add_flag_callback(
      "--half-close-" + name, [&faults] { faults.cut = CutKind::kHalfClose; }, "a cut is an orderly end, not a reset");
}

// Up is from who connects to the target.
void AddFaults(CLI::App& app, Options& options) {
  // First, so that other flags may change what it sets.
  app.add_flag_callback(
         "--field", [&options] { options.faults = LinkFaults::Field(); },
         "300 ms and 256 kbit/s each way, a round trip more for each connection")
      ->trigger_on_parse();
  AddDirection(app, "up", options.faults.up);
  AddDirection(app, "down", options.faults.down);
  app.add_option("--round-trips", options.faults.round_trips, "before the first byte of a connection");
  app.add_flag("--refuse", options.faults.refuse, "nobody listens");
}

nlohmann::json Json(const DirectionCounters& counters) {
  return {{"taken", counters.taken}, {"delivered", counters.delivered}, {"writes", counters.writes}};
}

void Print(const LinkProxy& link) {
  const LinkCounters counters = link.counters();
  const nlohmann::json json = {{"connections", counters.connections},
                               {"open", counters.open},
                               {"cuts", counters.cuts},
                               {"up", Json(counters.up)},
                               {"down", Json(counters.down)}};
  std::cout << json.dump() << std::endl;
}

// False: the end is wanted.
bool Obey(const std::string& order, LinkProxy& link) {
  if (order == "quit") return false;
  if (order == "counters") {
    Print(link);
  } else if (order == "cut") {
    link.Cut();
  } else if (order.starts_with("faults")) {
    CLI::App app;
    Options options;
    AddFaults(app, options);
    try {
      app.parse(order.substr(6));
      link.SetFaults(options.faults);
      std::cout << "{}" << std::endl;
    } catch (const CLI::ParseError& error) {
      std::cout << nlohmann::json{{"error", error.what()}}.dump() << std::endl;
    }
  } else {
    std::cout << nlohmann::json{{"error", "not an order: " + order}}.dump() << std::endl;
  }
  return true;
}

// Until it is told to end.
void Serve(LinkProxy& link, int signals) {
  std::string typed;
  bool listening_to_orders = true;
  while (true) {
    pollfd both[2] = {{signals, POLLIN, 0}, {listening_to_orders ? STDIN_FILENO : -1, POLLIN, 0}};
    if (::poll(both, 2, -1) < 0 && errno != EINTR) return;
    if (both[0].revents != 0) {
      signalfd_siginfo signal{};
      if (::read(signals, &signal, sizeof signal) != sizeof signal || signal.ssi_signo != SIGUSR1) return;
      Print(link);
    }
    if (both[1].revents == 0) continue;
    char buffer[512];
    const ssize_t n = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (n <= 0) listening_to_orders = false;
    if (n > 0) typed.append(buffer, static_cast<size_t>(n));
    for (size_t end; (end = typed.find('\n')) != std::string::npos; typed.erase(0, end + 1)) {
      if (!Obey(typed.substr(0, end), link)) return;
    }
  }
}

int Main(int argc, char** argv) {
  CLI::App app("A TCP link on loopback that delays, narrows, stalls, drips and cuts what it carries.");
  Options options;
  app.add_option("target", options.target, "HOST:PORT to carry connections to")->required();
  app.add_option("--port", options.port, "to listen on; 0: a free one")->check(CLI::Range(0, 65535));
  AddFaults(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  // Before the proxy's thread starts, which then has them blocked, too.
  sigset_t set;
  sigemptyset(&set);
  for (int signal : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&set, signal);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  const int signals = ::signalfd(-1, &set, SFD_CLOEXEC);
  auto link = LinkProxy::Start(options.target, options.faults, options.port);
  if (!link.ok()) {
    std::cerr << "link_proxy: " << Message(link.status()) << "\n";
    return 3;
  }
  std::cout << nlohmann::json{{"port", (*link)->port()}}.dump() << std::endl;
  Serve(**link, signals);
  Print(**link);
  ::close(signals);
  return 0;
}

}  // namespace
}  // namespace daftar

int main(int argc, char** argv) { return daftar::Main(argc, argv); }
