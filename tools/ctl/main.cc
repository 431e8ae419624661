// daftarctl: the command line for readers and editors. The one place that knows what it is made of.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "client/transport/grpc_connector.h"
#include "client/transport/linux_network_watch.h"
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
                                             .err = std::cerr});
}
