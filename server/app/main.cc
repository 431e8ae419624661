// daftard: the server. The one place that knows what it is made of.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "server/app/commands.h"
#include "server/app/log.h"
#include "storage/base/clock.h"
#include "storage/base/exit_code.h"
#include "storage/base/random.h"

namespace daftar {
namespace {

constexpr char kDescription[] = R"(The server of a Daftar dataset: editors push to it, workstations follow it.

Examples:
  daftard init --data /srv/daftar --sample
  daftard serve --data /srv/daftar --listen 127.0.0.1:7700 --insecure-loopback
)";

struct Arguments {
  std::string folder;
  bool sample = false;
  ServeOptions serve;
};

// An option that every verb has.
void AddData(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--data", arguments.folder, "Folder of the dataset")->required()->type_name("DIR");
}

void AddVerbs(CLI::App& app, Arguments& arguments) {
  CLI::App* init = app.add_subcommand("init", "Make a new dataset");
  AddData(*init, arguments);
  init->add_flag("--sample", arguments.sample, "Load the sample: the Tajik-Afghan border, 2020 to 2024");

  CLI::App* serve = app.add_subcommand("serve", "Serve a dataset until SIGTERM or SIGINT");
  AddData(*serve, arguments);
  serve->add_option("--listen", arguments.serve.listen.address, "Address to listen on; port 0 takes any free one")
      ->capture_default_str()
      ->type_name("HOST:PORT");
  serve->add_flag("--insecure-loopback", arguments.serve.listen.insecure_loopback,
                  "Serve without encryption, to programs of this machine only");
  serve->add_option("--port-file", arguments.serve.port_file, "File that gets the port once the server listens")
      ->type_name("FILE");

  CLI::App* check = app.add_subcommand("check", "Read every stored byte and say whether all is well");
  AddData(*check, arguments);
}

Status Run(const CLI::App& app, Arguments& arguments, bool& usage) {
  const SystemClock clock;
  SystemRandom random;
  if (app.got_subcommand("init")) return Init(arguments.folder, arguments.sample, clock, random, std::cout);
  if (app.got_subcommand("check")) return Check(arguments.folder, clock, std::cout);
  arguments.serve.folder = arguments.folder;
  if (Status listen = CheckListenAddress(arguments.serve.listen); !listen.ok()) {
    usage = true;
    return listen;
  }
  return Serve(arguments.serve, clock, std::cout);
}

ExitCode Main(int argc, char** argv) {
  CLI::App app(kDescription, "daftard");
  app.set_version_flag("--version", "daftard " DAFTAR_VERSION);
  app.require_subcommand(1);
  Arguments arguments;
  arguments.serve.listen.address = "127.0.0.1:7700";
  AddVerbs(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  StartLog();
  bool usage = false;
  const Status status = Run(app, arguments, usage);
  if (status.ok()) return ExitCode::kOk;
  std::cerr << "daftard: " << Message(status) << '\n';
  if (usage) return ExitCode::kUsage;
  // Another program has the dataset open, or listens there.
  return status.code() == StatusCode::kFailedPrecondition ? ExitCode::kBusy : ExitCodeOf(status);
}

}  // namespace
}  // namespace daftar

int main(int argc, char** argv) { return static_cast<int>(daftar::Main(argc, argv)); }
