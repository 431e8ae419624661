// daftard: the server. The one place that knows what it is made of.
#include <unistd.h>

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
  daftard serve --data /srv/daftar --listen 0.0.0.0:7700
  daftard device allow --data /srv/daftar KEY --edit --name "Dushanbe desk"
  daftard serve --data /srv/daftar --listen 127.0.0.1:7700 --insecure-loopback    # this machine only, anybody
)";

struct Arguments {
  std::string folder;
  bool sample = false;
  ServeOptions serve;
  BundleMaking making;
  BundleTaking taking;
  DeviceWish device;
};

// An option that every verb has.
void AddData(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--data", arguments.folder, "Folder of the dataset")->required()->type_name("DIR");
}

void AddTwoPerson(CLI::App& verb, std::string& marking) {
  verb.add_option("--two-person", marking,
                  "Records marked so, or more strictly, are accepted by somebody else than who changed them: clear, "
                  "green, amber, amber+strict or red; default: none are")
      ->check([](const std::string& word) {
        const auto read = ReadMarking(word);
        return read.ok() ? std::string() : Message(read.status());
      })
      ->type_name("MARKING");
}

void AddBundleVerbs(CLI::App& app, Arguments& arguments) {
  CLI::App* bundle = app.add_subcommand("bundle", "Carry data by hand: signed files for where there is no network");
  bundle->require_subcommand(1);
  CLI::App* create = bundle->add_subcommand("create", "Write all data, or what changed since a revision");
  AddData(*create, arguments);
  create->add_option("FILE", arguments.making.file, "The file to write; there must be none of that name")->required();
  create->add_option("--since", arguments.making.since, "Only what changed after that revision")->type_name("REVISION");
  create->add_option("--sealed-for", arguments.making.sealed_for, "Only the owner of that key can read it. Repeatable")
      ->type_name("KEY")
      ->allow_extra_args(false);
  create
      ->add_option("--part-bytes", arguments.making.part_bytes,
                   "In parts FILE.001, FILE.002 of at most that size, such as 10MB")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/true))
      ->type_name("SIZE");
  CLI::App* apply = bundle->add_subcommand("apply", "Take a workstation's outbox, as if it had pushed");
  AddData(*apply, arguments);
  apply->add_option("FILE", arguments.taking.file, "The bundle, or one of its parts")->required();
  AddTwoPerson(*apply, arguments.taking.two_person);
  apply->add_option("--receipts", arguments.taking.receipts, "Write the answers there, to be carried back")
      ->type_name("FILE");

  CLI::App* key = app.add_subcommand("key", "The key that the server signs with");
  key->require_subcommand(1);
  AddData(*key->add_subcommand("show", "Show its public half and its fingerprint"), arguments);
}

void AddDeviceVerbs(CLI::App& app, Arguments& arguments) {
  CLI::App* device = app.add_subcommand("device", "Which workstations and relays may connect");
  device->require_subcommand(1);
  const auto add_key = [&arguments](CLI::App& verb) {
    verb.add_option("KEY", arguments.device.key, "The workstation's key: 64 hex digits, from daftarctl key show")
        ->required();
  };
  CLI::App* allow = device->add_subcommand("allow", "Let a workstation in, or change what it may do");
  AddData(*allow, arguments);
  add_key(*allow);
  CLI::Option* const edit =
      allow->add_flag("--edit", arguments.device.edit, "It may also edit, and bring others' edits; without it, read");
  allow
      ->add_flag("--suggest", arguments.device.suggest,
                 "It may also suggest: new records, changes of others and comments, which wait for an editor")
      ->excludes(edit);
  allow->add_option("--name", arguments.device.name, "Whose it is, for people")->type_name("NAME");
  CLI::App* revoke = device->add_subcommand("revoke", "Let a workstation in no more");
  AddData(*revoke, arguments);
  add_key(*revoke);
  AddData(*device->add_subcommand("list", "Show who is let in"), arguments);
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
  serve->add_option("--keep-days", arguments.serve.keep_days, "Keep retired records for so many days, then end them")
      ->check(CLI::Range(1, 36'500))
      ->capture_default_str()
      ->type_name("DAYS");
  AddTwoPerson(*serve, arguments.serve.two_person);
  serve->add_option("--port-file", arguments.serve.port_file, "File that gets the port once the server listens")
      ->type_name("FILE");

  CLI::App* check = app.add_subcommand("check", "Read every stored byte and say whether all is well");
  AddData(*check, arguments);

  AddBundleVerbs(app, arguments);
  AddDeviceVerbs(app, arguments);
}

// A verb of a group: "bundle create".
bool Got(const CLI::App& app, const std::string& group, const std::string& verb) {
  return app.got_subcommand(group) && app.get_subcommand(group)->got_subcommand(verb);
}

Status Run(const CLI::App& app, Arguments& arguments, bool& usage) {
  const SystemClock clock;
  SystemRandom random;
  if (app.got_subcommand("init")) return Init(arguments.folder, arguments.sample, clock, random, std::cout);
  if (app.got_subcommand("check")) return Check(arguments.folder, clock, std::cout);
  std::ostream* const talk = isatty(STDERR_FILENO) == 1 ? &std::cerr : nullptr;
  if (Got(app, "bundle", "create")) {
    arguments.making.folder = arguments.folder;
    return CreateBundle(arguments.making, clock, random, std::cout, talk);
  }
  if (Got(app, "bundle", "apply")) {
    arguments.taking.folder = arguments.folder;
    return ApplyBundle(arguments.taking, clock, random, std::cout, talk);
  }
  arguments.device.folder = arguments.folder;
  if (Got(app, "device", "allow")) return Allow(arguments.device, std::cout);
  if (Got(app, "device", "revoke")) return Revoke(arguments.device, std::cout);
  if (Got(app, "device", "list")) return ListDevices(arguments.folder, std::cout);
  if (Got(app, "key", "show")) return ShowKey(arguments.folder, std::cout);
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
