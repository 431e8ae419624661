// daftarctl: the command line for readers and editors. The one place that knows what it is made of.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/transport/grpc_connector.h"
#include "client/transport/linux_network_watch.h"
#include "server/rpc/server.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tools/ctl/program.h"

namespace {

// $COLUMNS, else the terminal's, else 100.
size_t Width() {
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr && std::atoi(columns) > 0) {
    return static_cast<size_t>(std::atoi(columns));
  }
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

constexpr int kGraceMs = 2000;  // for neighbours to take their leave

// Neighbours over gRPC.
class GrpcAcceptor final : public daftar::Acceptor {
 public:
  GrpcAcceptor(std::unique_ptr<daftar::RpcServer> server, std::string address)
      : server_(std::move(server)), address_(std::move(address)) {}
  ~GrpcAcceptor() override { server_->Shutdown(kGraceMs); }
  std::string address() const override { return address_; }

 private:
  const std::unique_ptr<daftar::RpcServer> server_;
  const std::string address_;
};

daftar::StatusOr<std::unique_ptr<daftar::Acceptor>> MakeGrpcAcceptor(daftar::SessionHost& host,
                                                                     daftar::AcceptorPlace place) {
  daftar::RpcServer::Options options;
  options.listen = {place.listen, place.insecure_loopback};
  options.key = place.key;
  options.devices_file = place.devices_file;
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<daftar::RpcServer> server,
                          daftar::RpcServer::Start(host, std::move(options)));
  std::string address = place.listen.substr(0, place.listen.rfind(':') + 1) + std::to_string(server->port());
  return std::make_unique<GrpcAcceptor>(std::move(server), std::move(address));
}

}  // namespace

int main(int argc, char** argv) {
  daftar::SystemClock clock;
  daftar::SystemRandom random;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return daftar::ctl::RunProgram(arguments, {.clock = clock,
                                             .random = random,
                                             .make_connector = daftar::MakeGrpcConnector,
                                             .make_network_watch = daftar::MakeNetworkWatch,
                                             .progress = isatty(STDERR_FILENO) == 1,
                                             .width = Width(),
                                             .out = std::cout,
                                             .err = std::cerr,
                                             .make_acceptor = MakeGrpcAcceptor});
}
