// init: makes a workstation.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <string>

#include "tools/ctl/commands.h"

namespace daftar::ctl {
namespace {

std::string UserName() {
  const char* user = std::getenv("USER");
  return user == nullptr || *user == '\0' ? "unknown" : user;
}

bool IsAddress(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == address.size()) return false;
  return address.find_first_not_of("0123456789", colon + 1) == std::string::npos;
}

Reply Init(const Context& context, const std::string& author) {
  if (!context.server.empty() && !IsAddress(context.server)) {
    return Reply::Error(ExitCode::kUsage,
                        "--server takes HOST:PORT, such as daftar.example:7420, not " + context.server);
  }
  const StatusOr<std::unique_ptr<Workstation>> station =
      Workstation::Create(context.folder(), context.server, author, context.clock, context.random);
  if (!station.ok() && station.status().code() == StatusCode::kAlreadyExists) {
    return Reply::Error(ExitCode::kFailure,
                        "there is a replica in " + context.folder() + " already; it is as it was. See it with: status");
  }
  if (!station.ok()) return station.status();
  const std::string flag = context.replica.empty() ? "" : " --replica " + context.replica;
  const std::string server = context.server.empty() ? " --server HOST:PORT" : "";
  Reply reply = Reply::Answer("init");
  reply.json["replica"] = context.folder();
  reply.json["server"] = context.server;
  reply.json["author"] = author;
  reply.text = "made an empty replica in " + context.folder() + ", edits are signed " + author +
               "\nfetch the data with: daftarctl sync" + flag + server + "\n";
  return reply;
}

}  // namespace

void AddSetupCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "init", "Make an empty replica",
                           "  daftarctl init --server daftar.example:7420\n"
                           "  daftarctl init --server 127.0.0.1:7420 --author Amina --replica ~/border");
  auto author = std::make_shared<std::string>(UserName());
  verb.add_option("--author", *author, "Name that edits are signed with; default: $USER")->type_name("NAME");
  verb.callback([&context, author] { context.action = [&context, author] { return Init(context, *author); }; });
}

}  // namespace daftar::ctl
