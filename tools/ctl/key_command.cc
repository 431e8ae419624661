// key: the keys that bundles are signed and sealed with.
#include <CLI/CLI.hpp>
#include <memory>
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

Reply TrustKey(Workstation& station, const std::string& word) {
  const std::optional<PublicKey> key = PublicKey::Parse(word);
  if (!key) {
    return Reply::Error(ExitCode::kUsage, word +
                                              " is no public key, which is 64 hex digits. The server's keeper sees it "
                                              "with: daftard key show");
  }
  DAFTAR_RETURN_IF_ERROR(station.TrustServer(*key));
  Reply reply = Reply::Answer("key_trust");
  reply.json["server"] = KeyJson(*key);
  reply.text = "the server's key is " + key->Fingerprint() + "; what it signs is believed, whoever brings it\n";
  return reply;
}

}  // namespace

void AddKeyCommands(CLI::App& app, Context& context) {
  CLI::App& key =
      AddVerb(app, "key", "The keys that bundles and what relays bring are signed with", "  daftarctl key show");
  CLI::App& show = AddVerb(key, "show", "Show this workstation's public key, and that of its server",
                           "  daftarctl key show\n"
                           "  daftarctl key show --json");
  show.callback([&context] {
    context.action = [&context] {
      return WithWorkstation(context, [&](Workstation& station) { return ShowKey(context, station); });
    };
  });
  auto word = std::make_shared<std::string>();
  CLI::App& trust = AddVerb(key, "trust", "Take a public key for that of the server, where none is known yet",
                            "  daftarctl key trust KEY        # as its keeper reads it from: daftard key show");
  trust.add_option("KEY", *word, "64 hex digits")->required();
  trust.callback([&context, word] {
    context.action = [&context, word] {
      return WithWorkstation(context, [&](Workstation& station) { return TrustKey(station, *word); });
    };
  });
}

}  // namespace daftar::ctl
