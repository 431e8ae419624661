// bundle inspect: what a bundle is, without changing anything.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/sync/bundles.h"
#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/base/key_file.h"
#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/carried_edits.h"
#include "storage/bundle/carried_state.h"
#include "tools/ctl/bundle_words.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;
using Kind = v1::BundleKind;

// What is known here, for naming the signer and opening seals. Nothing has to be: a bundle can be looked at anywhere.
struct Known {
  std::optional<KeyPair> own;
  std::optional<PublicKey> server;
};

// A workstation that is not there or is open in another program is no obstacle.
Known WhatIsKnown(const Context& context) {
  Known known;
  if (StatusOr<KeyPair> own = LoadKeyFile(WorkstationKeyFile(context.folder())); own.ok()) known.own = *std::move(own);
  if (!Exists(context.folder() + "/user/data.mdb")) return known;
  const auto station = Workstation::Open(context.folder(), context.clock, context.random);
  if (!station.ok()) return known;
  if (const auto server = KnownServerKey(**station); server.ok()) known.server = *server;
  return known;
}

// "server", "self"; empty: neither.
std::string KnownAs(const PublicKey& key, const Known& known) {
  if (known.server && *known.server == key) return "server";
  return known.own && known.own->public_key() == key ? "self" : "";
}

std::string KeyWords(const PublicKey& key, const Known& known) {
  const std::string as = KnownAs(key, known);
  return key.Fingerprint() + (as == "server" ? " (this workstation's server)"
                              : as == "self" ? " (this workstation)"
                                             : "");
}

std::string Line(const std::string& name, const std::string& value) {
  return name + std::string(name.size() < 12 ? 12 - name.size() : 1, ' ') + value + "\n";
}

// Reads all of it, and says what there is; the words, and the keys records, edits, answers, digest.
StatusOr<std::string> Content(bundle::BundleReader& reader, const bundle::Steps& steps, Json& json) {
  json["records"] = json["edits"] = json["answers"] = json["digest"] = json["as_of"] = nullptr;
  switch (reader.header().kind()) {
    case Kind::OUTBOX: {
      DAFTAR_ASSIGN_OR_RETURN(const bundle::OutboxContent content, bundle::LookAtOutbox(reader));
      json["edits"] = content.edits;
      return Line("holds", Counted(content.edits, "edit") + " on the way to the server, numbers " +
                               std::to_string(content.first_seq) + " to " + std::to_string(content.last_seq));
    }
    case Kind::RECEIPTS: {
      DAFTAR_ASSIGN_OR_RETURN(const uint64_t answers, bundle::LookAtReceipts(reader));
      json["answers"] = answers;
      return Line("holds", Counted(answers, "answer") + " of the server to a workstation's edits");
    }
    default: {
      DAFTAR_ASSIGN_OR_RETURN(const bundle::StateContent content, bundle::LookAtState(reader, steps));
      json["records"] = content.records;
      json["digest"] = ToHex(content.checkpoint.digest());
      json["as_of"] = TimeJson(content.checkpoint.server_ms());
      return Line("holds",
                  Counted(content.records, "record") + ", leads to digest " + ToHex(content.checkpoint.digest())) +
             Line("as of", Rfc3339(content.checkpoint.server_ms()));
    }
  }
}

std::string RangeWords(const v1::BundleHeader& header) {
  const std::string from = std::to_string(header.from_revision()), to = std::to_string(header.to_revision());
  switch (header.kind()) {
    case Kind::DELTA:
      return "revision " + from + " to " + to + ": for replicas at revision " + from + " or later";
    case Kind::SNAPSHOT:
      return "revision " + to + ": for any replica of this history, and for one that has nothing";
    case Kind::OUTBOX:
      return "revision " + from + " was shown where the edits wait";
    default:
      return "revision " + to + " was the server's when it answered";
  }
}

Reply Inspect(const Context& context, const std::string& file) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> files, FindBundle(file));
  DAFTAR_ASSIGN_OR_RETURN(const bundle::BundleOutside outside, bundle::LookAtOutside(files));
  const Known known = WhatIsKnown(context);
  Reply reply = Reply::Answer("bundle_inspect");
  Json& json = reply.json;
  json["files"] = files;
  json["bytes"] = outside.bytes;
  json["sealed"] = outside.recipients > 0;
  json["recipients"] = outside.recipients;
  reply.text = Line("bundle", FileWords(files) + ", " + HumanBytes(outside.bytes));

  bundle::BundleReadOptions options;
  options.identity = outside.recipients > 0 && known.own ? &*known.own : nullptr;
  const auto opened = bundle::BundleReader::Open(files, options);
  const bool sealed_for_others = outside.recipients > 0 && opened.status().code() == StatusCode::kPermissionDenied;
  json["readable"] = opened.ok();
  if (sealed_for_others) {
    reply.text +=
        Line("sealed", "for " + Counted(outside.recipients, "key") +
                           "; what it holds and who signed it cannot be seen here: " + Message(opened.status()));
    return reply;
  }
  if (!opened.ok()) return opened.status();
  bundle::BundleReader& reader = **opened;
  const v1::BundleHeader& header = reader.header();
  const bool by_server = header.kind() == Kind::RECEIPTS || (header.kind() != Kind::OUTBOX && header.client().empty());
  json["kind"] = KindWord(header.kind());
  json["made_by"] = by_server ? "server" : "workstation";
  json["signer"] = KeyJson(reader.signer());
  const std::string known_as = KnownAs(reader.signer(), known);
  json["signer"]["known_as"] = known_as.empty() ? Json(nullptr) : Json(known_as);
  json["epoch"] = header.epoch().empty() ? Json(nullptr) : Json(ToHex(header.epoch()));
  json["from_revision"] = header.from_revision();
  json["to_revision"] = header.to_revision();
  json["created"] = TimeJson(header.created_ms());
  json["expires"] = TimeJson(header.expiry_ms());
  json["client"] = header.client().empty() ? Json(nullptr) : Json(ToHex(header.client()));
  StepLine line(context, "reading", "entries");
  DAFTAR_ASSIGN_OR_RETURN(const std::string content, Content(reader, line.Steps([] { return true; }), json));
  json["sealed_for"] = Json::array();
  std::string recipients;
  for (const std::string& bytes : header.recipient()) {
    const std::optional<PublicKey> key = PublicKey::FromBytes(bytes);
    if (!key) continue;  // Open has checked their length
    json["sealed_for"].push_back(KeyJson(*key));
    recipients += (recipients.empty() ? "" : ", ") + KeyWords(*key, known);
  }
  reply.text += Line("kind", KindWord(header.kind()) + ", made by a " + (by_server ? "server" : "workstation") + ", " +
                                 Rfc3339(header.created_ms())) +
                Line("signed by", KeyWords(reader.signer(), known)) + Line("covers", RangeWords(header)) + content +
                Line("sealed", outside.recipients > 0 ? "for " + recipients : "no: whoever has the file can read it");
  if (header.expiry_ms() != 0) reply.text += Line("expires", Rfc3339(header.expiry_ms()));
  return reply;
}

}  // namespace

void AddBundleInspect(CLI::App& group, Context& context) {
  CLI::App& verb = AddVerb(group, "inspect", "Say what a bundle is, without changing anything",
                           "  daftarctl bundle inspect week.daftar\n"
                           "  daftarctl bundle inspect week.daftar --json");
  auto file = std::make_shared<std::string>();
  verb.add_option("FILE", *file, "The bundle, or one of its parts")->required();
  verb.callback([&context, file] { context.action = [&context, file] { return Inspect(context, *file); }; });
}

}  // namespace daftar::ctl
