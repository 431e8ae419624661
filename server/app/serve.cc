#include <signal.h>
#include <unistd.h>

#include <array>
#include <ostream>
#include <string_view>

#include "server/app/commands.h"
#include "server/app/log.h"
#include "server/core/dataset.h"
#include "server/core/housekeeper.h"
#include "server/rpc/server.h"
#include "storage/base/files.h"
#include "storage/view/tidier.h"

namespace daftar {
namespace {

constexpr int64_t kDayMs = 24ll * 3'600'000;
constexpr int kGraceMs = 10000;

// The signals that stop a server, held back in all threads until someone waits for them.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  // Waits for the first one; from then on the next one kills the process.
  std::string_view Wait() {
    int signal = 0;
    sigwait(&signals_, &signal);
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
    return signal == SIGINT ? "SIGINT" : "SIGTERM";
  }

 private:
  sigset_t signals_;
};

// "127.0.0.1:0" with the port that was chosen.
std::string WithPort(const std::string& address, int port) {
  return address.substr(0, address.rfind(':') + 1) + std::to_string(port);
}

// What workstations are told: where, with this machine's name for "anywhere", and the key that the server shows.
std::string ForWorkstations(const std::string& address, const Dataset& dataset) {
  const size_t colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host == "0.0.0.0" || host == "[::]") {
    std::array<char, 256> name{};
    host = gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "HOST";
  }
  return host + address.substr(colon) + "/" + dataset.key().public_key().ToString();
}

Status TellListening(const ServeOptions& options, Dataset& dataset, int port, std::ostream& out) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, dataset.log().Head());
  const std::string address = WithPort(options.listen.address, port);
  LogInfo("listening", {{"address", address},
                        {"data", options.folder},
                        {"revision", std::to_string(head.cursor().revision())},
                        {"records", std::to_string(head.records())}});
  if (!options.port_file.empty()) {
    DAFTAR_RETURN_IF_ERROR(WriteFileAtomically(options.port_file, std::to_string(port) + "\n"));
  }
  out << "listening on " << address << std::endl;
  if (!options.listen.insecure_loopback)
    out << "address for workstations: " << ForWorkstations(address, dataset) << std::endl;
  return OkStatus();
}

}  // namespace

StatusOr<std::optional<v1::Tlp::Code>> ReadMarking(const std::string& word) {
  if (word.empty()) return std::optional<v1::Tlp::Code>();
  std::string constant;
  for (const char c : word) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    constant += upper == '+' || upper == '-' ? '_' : upper;
  }
  v1::Tlp::Code marking = v1::Tlp::UNSET;
  if (v1::Tlp::Code_Parse(constant, &marking) && marking != v1::Tlp::UNSET) return std::optional(marking);
  return InvalidArgument(word + " is no marking; there are clear, green, amber, amber+strict and red");
}

Status Serve(const ServeOptions& options, const Clock& clock, std::ostream& out) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::Tlp::Code> two_persons, ReadMarking(options.two_person));
  StopSignals signals;
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset, Dataset::Open(options.folder, clock, kProgramSafety));
  dataset->RequireTwoPersons(two_persons);
  // Indexes what is behind while the server serves. Both end before the dataset does, the subscription first.
  Tidier tidier(dataset->log().view(), clock, [](const Status& failure) { LogError("index", failure); });
  const Dataset::Subscription on_head(*dataset, [&tidier] { tidier.Poke(); });
  HousekeepingTimes times;
  times.horizon_ms = options.keep_days * kDayMs;
  const Housekeeper housekeeper(
      *dataset, [](const Status& failure) { LogError("housekeeping", failure); }, times);
  RpcServer::Options rpc{.listen = options.listen, .key = &dataset->key(), .devices_file = DevicesFile(options.folder)};
  rpc.report = [](std::string_view doing, const Status& failure) { LogError("failure", failure, {{"doing", doing}}); };
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<RpcServer> server, RpcServer::Start(*dataset, std::move(rpc)));
  DAFTAR_RETURN_IF_ERROR(TellListening(options, *dataset, server->port(), out));
  LogInfo("stopping", {{"signal", signals.Wait()}});
  server->Shutdown(kGraceMs);
  LogInfo("stopped");
  return OkStatus();
}

}  // namespace daftar
