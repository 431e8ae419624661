// init: makes a workstation.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "client/sync/bundles.h"
#include "client/sync/server_address.h"
#include "tools/ctl/commands.h"

namespace daftar::ctl {
namespace {

std::string UserName() {
  const char* user = std::getenv("USER");
  return user == nullptr || *user == '\0' ? "unknown" : user;
}

// What has to happen before a server that shows a key lets this workstation in.
StatusOr<std::string> TellKey(const Context& context, Workstation& station, const PublicKey& server,
                              nlohmann::ordered_json& json) {
  DAFTAR_RETURN_IF_ERROR(station.TrustServer(server));
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair own, WorkstationKey(station.folder(), context.random));
  json["key"] = own.public_key().ToString();
  return "this workstation's key, for the server's keeper, who lets it in with `daftard device allow`:\n  " +
         own.public_key().ToString() + "\n";
}

Reply Init(const Context& context, const std::string& author) {
  std::optional<PublicKey> key;  // that the server will show
  if (!context.server.empty()) {
    const StatusOr<ServerAddress> address = ReadServerAddress(context.server);
    if (!address.ok()) return Reply::Error(ExitCode::kUsage, "--server: " + Message(address.status()));
    key = address->key;
  }
  const StatusOr<std::unique_ptr<Workstation>> station =
      Workstation::Create(context.folder(), context.server, author, context.clock, context.random);
  if (!station.ok() && station.status().code() == StatusCode::kAlreadyExists) {
    return Reply::Error(ExitCode::kFailure,
                        "there is a replica in " + context.folder() + " already; it is as it was. See it with: status");
  }
  if (!station.ok()) return station.status();
  const std::string flag = context.replica.empty() ? "" : " --replica " + context.replica;
  const std::string server = context.server.empty() ? " --server HOST:PORT/KEY" : "";
  Reply reply = Reply::Answer("init");
  reply.json["replica"] = context.folder();
  reply.json["server"] = context.server;
  reply.json["author"] = author;
  reply.text = "made an empty replica in " + context.folder() + ", edits are signed " + author + "\n";
  if (key) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string told, TellKey(context, **station, *key, reply.json));
    reply.text += told;
  }
  reply.text += "fetch the data with: daftarctl sync" + flag + server + "\n";
  return reply;
}

}  // namespace

void AddSetupCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "init", "Make an empty replica",
                           "  daftarctl init --server daftar.example:7700/KEY   # as the server's keeper gave it\n"
                           "  daftarctl init --server 127.0.0.1:7700 --author Amina --replica ~/border");
  auto author = std::make_shared<std::string>(UserName());
  verb.add_option("--author", *author, "Name that edits are signed with; default: $USER")->type_name("NAME");
  verb.callback([&context, author] { context.action = [&context, author] { return Init(context, *author); }; });
}

}  // namespace daftar::ctl
