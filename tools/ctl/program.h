// The program without its main: reads the command line, runs the verb, prints the reply.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tools/ctl/context.h"

namespace daftar::ctl {

// What the program is given by the machine it runs on.
struct Surroundings {
  const Clock& clock;
  Random& random;
  ConnectorFactory make_connector;
  NetworkWatchFactory make_network_watch;
  bool progress = false;  // stderr is a terminal
  size_t width = 80;      // columns of stdout
  std::ostream& out;
  std::ostream& err;
  AcceptorFactory make_acceptor = {};
};

// `arguments` without the program's own name. The exit code: see ExitCode.
int RunProgram(std::span<const std::string> arguments, const Surroundings& surroundings);

}  // namespace daftar::ctl
