// key: the keys that bundles are signed and sealed with.
#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "client/sync/bundles.h"
#include "tools/ctl/bundle_words.h"
#include "tools/ctl/commands.h"

namespace daftar::ctl {
namespace {

Reply ShowKey(const Context& context, Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair own, WorkstationKey(station.folder(), context.random));
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<PublicKey> server, KnownServerKey(station));
  const PublicKey& key = own.public_key();
  Reply reply = Reply::Answer("key_show");
  reply.json["key"] = key.ToString();
  reply.json["fingerprint"] = key.Fingerprint();
  reply.json["file"] = WorkstationKeyFile(station.folder());
  reply.json["server"] = server ? KeyJson(*server) : nlohmann::ordered_json(nullptr);
  reply.text = "this workstation\n  fingerprint  " + key.Fingerprint() +
               "   to compare by eye or by voice\n  key          " + key.ToString() + "   for --sealed-for\n";
  reply.text += server ? "its server\n  fingerprint  " + server->Fingerprint() + "\n  key          " +
                             server->ToString() + "   or: --sealed-for server\n"
                       : "its server's key is not known yet\n";
  return reply;
}

}  // namespace

void AddKeyCommands(CLI::App& app, Context& context) {
  CLI::App& key = AddVerb(app, "key", "The keys that bundles are signed and sealed with", "  daftarctl key show");
  CLI::App& show = AddVerb(key, "show", "Show this workstation's public key, and that of its server",
                           "  daftarctl key show\n"
                           "  daftarctl key show --json");
  show.callback([&context] {
    context.action = [&context] {
      return WithWorkstation(context, [&](Workstation& station) { return ShowKey(context, station); });
    };
  });
}

}  // namespace daftar::ctl
