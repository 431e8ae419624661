// bundle create, bundle apply: data that is carried by hand.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/sync/bundles.h"
#include "storage/base/bytes.h"
#include "tools/ctl/bundle_words.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/index_work.h"
#include "tools/ctl/interrupt.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

using Kind = v1::BundleKind;

// What is asked of `bundle create`.
struct CreateWish {
  std::string file;
  std::optional<Revision> since;
  bool outbox = false;
  std::vector<std::string> sealed_for;
  uint64_t part_bytes = 0;
};
struct ApplyWish {
  std::string file, trust;
};

// Keys in hex, or "server".
StatusOr<std::vector<PublicKey>> RecipientsOf(const Workstation& station, const std::vector<std::string>& words) {
  std::vector<PublicKey> keys;
  for (const std::string& word : words) {
    std::optional<PublicKey> key = PublicKey::Parse(word);
    if (word == "server") {
      DAFTAR_ASSIGN_OR_RETURN(key, KnownServerKey(station));
      if (!key) return NotFound("this workstation knows no server's key yet; give the key itself: daftard key show");
    }
    if (!key) {
      return InvalidArgument("--sealed-for takes a public key, 64 hex digits, not " + word +
                             ". Its owner sees it with: daftarctl key show");
    }
    keys.push_back(*key);
  }
  return keys;
}

std::string WhatItHolds(Kind::Code kind, const bundle::Made& made) {
  if (kind == Kind::OUTBOX) return Counted(made.count, "edit") + " that wait for the server";
  if (kind == Kind::SNAPSHOT)
    return "all of revision " + std::to_string(made.to) + ", " + Counted(made.count, "record");
  return "what changed after revision " + std::to_string(made.from) + " up to revision " + std::to_string(made.to) +
         ", " + Counted(made.count, "record");
}

std::string HowToApply(Kind::Code kind, const std::string& file, const PublicKey& own) {
  if (kind == Kind::OUTBOX) {
    return "at the server: daftard bundle apply --data DIR " + file +
           " --receipts OUT; your edits wait here until the answers come back\n";
  }
  return "at another workstation: daftarctl bundle apply " + file + " --trust " + own.Fingerprint() + "\n";
}

Reply Create(const Context& context, Workstation& station, const CreateWish& wish) {
  bundle::MakeOptions options;
  DAFTAR_ASSIGN_OR_RETURN(options.bundle.recipients, RecipientsOf(station, wish.sealed_for));
  DAFTAR_ASSIGN_OR_RETURN(const KeyPair own, WorkstationKey(station.folder(), context.random));
  // Who makes a bundle wants to be able to look into it.
  if (!options.bundle.recipients.empty()) options.bundle.recipients.push_back(own.public_key());
  options.bundle.part_bytes = wish.part_bytes;
  options.now_ms = context.clock.NowMs();
  const InterruptWatch interrupt([] {});
  StepLine line(context, "writing", wish.outbox ? "edits" : "records");
  options.steps = line.Steps([&interrupt] { return !interrupt.interrupted(); });

  const Kind::Code kind = wish.outbox ? Kind::OUTBOX : wish.since ? Kind::DELTA : Kind::SNAPSHOT;
  DAFTAR_ASSIGN_OR_RETURN(const bundle::Made made,
                          wish.outbox ? CreateOutboxBundle(station, wish.file, options, context.random)
                                      : CreateStateBundle(station, wish.since, wish.file, options, context.random));
  Reply reply = Reply::Answer("bundle_create");
  reply.json["kind"] = KindWord(kind);
  reply.json["files"] = made.files;
  reply.json["bytes"] = made.bytes;
  reply.json["from_revision"] = made.from;
  reply.json["to_revision"] = made.to;
  reply.json["records"] = wish.outbox ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(made.count);
  reply.json["edits"] = wish.outbox ? nlohmann::ordered_json(made.count) : nlohmann::ordered_json(nullptr);
  reply.json["signer"] = KeyJson(own.public_key());
  reply.json["sealed_for"] = nlohmann::ordered_json::array();
  for (const PublicKey& key : options.bundle.recipients) reply.json["sealed_for"].push_back(KeyJson(key));
  reply.text = "wrote " + FileWords(made.files) + ", " + HumanBytes(made.bytes) + ": " + WhatItHolds(kind, made) +
               "\nsigned by this workstation's key " + own.public_key().Fingerprint() + "\n" +
               HowToApply(kind, wish.file, own.public_key());
  if (wish.sealed_for.empty())
    reply.talk.push_back("it is not sealed: whoever finds the file can read it; --sealed-for KEY prevents that");
  return reply;
}

std::string SignerWords(const BundleApplied& done) {
  using Trusted = BundleApplied::Trusted;
  const std::string key = " (" + done.signer.Fingerprint() + ")";
  const std::string maker = done.by_server ? "a server" : "another workstation";
  if (done.trusted == Trusted::kKnownServer) return "signed by this workstation's server" + key + "\n";
  if (done.trusted == Trusted::kOwn) return "signed by this workstation itself" + key + "\n";
  std::string words = "signed by " + maker + key + ", trusted because --trust says so\n";
  if (done.pinned)
    words += "from now on that is the key of this workstation's server; bundles signed by it need no --trust\n";
  return words;
}

std::string StateWords(const BundleApplied& done) {
  if (done.nothing_new)
    return "nothing new: this replica is at revision " + std::to_string(done.to) + " already; nothing was changed\n";
  return "revision " + std::to_string(done.from) + " → " + std::to_string(done.to) + ": received " +
         Counted(done.records, "record") + ", " + Counted(done.parts, "part") + "\nequal to the " +
         (done.by_server ? "server" : "workstation that made the bundle") + " as of " + Rfc3339(done.as_of_ms) + "\n";
}

std::string ReceiptWords(const BundleApplied& done) {
  std::string words;
  const auto add = [&words](uint64_t count, const std::string& what) {
    if (count > 0) words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + what;
  };
  add(done.applied, "applied");
  add(done.merged, "merged with others' changes");
  add(done.unchanged, "already so");
  add(done.conflicts, "in conflict: see daftarctl conflict list");
  add(done.denied, "refused: see daftarctl draft list");
  add(done.known, "answered before");
  words = "your edits: " + (words.empty() ? "no answers" : words) + "\n";
  if (done.waiting > 0) {
    words += Counted(done.waiting, "edit") + (done.waiting == 1 ? " stays" : " stay") +
             " in the outbox until a sync or a bundle shows the outcome\n";
  }
  return words;
}

void FillJson(const BundleApplied& done, nlohmann::ordered_json& json) {
  using Trusted = BundleApplied::Trusted;
  json["kind"] = KindWord(done.kind);
  json["signer"] = KeyJson(done.signer);
  json["made_by"] = done.by_server ? "server" : "workstation";
  json["trusted_as"] = done.trusted == Trusted::kKnownServer ? "server"
                       : done.trusted == Trusted::kOwn       ? "self"
                                                             : "named";
  json["pinned"] = done.pinned;
  json["from"] = done.from;
  json["to"] = done.to;
  json["received"] = {{"records", done.records}, {"parts", done.parts}};
  json["nothing_new"] = done.nothing_new;
  json["digest_equal"] = done.digest_equal;
  json["as_of"] = TimeJson(done.as_of_ms);
  json["pushed"] = {{"applied", done.applied},     {"merged", done.merged}, {"unchanged", done.unchanged},
                    {"conflicts", done.conflicts}, {"denied", done.denied}, {"known", done.known}};
  json["waiting"] = done.waiting;
}

Reply Apply(const Context& context, Workstation& station, const ApplyWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> files, FindBundle(wish.file));
  const InterruptWatch interrupt([] {});
  const auto go_on = [&interrupt] { return !interrupt.interrupted(); };
  const StatusOr<BundleApplied> applied = [&] {
    StepLine line(context, "applying", "entries");
    return ApplyBundle(station, files, {.trust = wish.trust, .steps = line.Steps(go_on)}, context.random);
  }();
  if (!applied.ok()) return applied.status();
  const BundleApplied& done = *applied;
  const bool receipts = done.kind == Kind::RECEIPTS;

  std::string compacted;
  if (!receipts && !done.nothing_new) {
    const Status indexed = CatchUpIndex(context, station, go_on);
    if (!indexed.ok() && indexed.code() != StatusCode::kCancelled) return indexed;
    compacted = CompactIfWorth(context, station, go_on);
  }
  Reply reply = Reply::Answer("bundle_apply");
  FillJson(done, reply.json);
  reply.text = (receipts ? ReceiptWords(done) : StateWords(done)) + SignerWords(done);
  if (receipts && done.conflicts > 0) reply.code = ExitCode::kConflict;
  if (receipts && done.conflicts == 0 && done.denied > 0) reply.code = ExitCode::kNotPermitted;
  if (!compacted.empty()) reply.talk.push_back(compacted);
  return reply;
}

void AddCreate(CLI::App& group, Context& context) {
  CLI::App& verb =
      AddVerb(group, "create", "Write a bundle: all data, what changed since, or what waits for the server",
              "  daftarctl bundle create all.daftar                         # for one that has nothing\n"
              "  daftarctl bundle create --since 120 week.daftar            # for one at revision 120 or later\n"
              "  daftarctl bundle create --outbox edits.daftar --sealed-for server\n"
              "  daftarctl bundle create all.daftar --part-bytes 10MB --sealed-for KEY");
  auto wish = std::make_shared<CreateWish>();
  verb.add_option("FILE", wish->file, "The file to write; there must be none of that name")->required();
  CLI::Option* since =
      verb.add_option("--since", wish->since, "Only what changed after that revision")->type_name("REVISION");
  verb.add_flag("--outbox", wish->outbox, "What waits for the server, instead of data")->excludes(since);
  verb.add_option("--sealed-for", wish->sealed_for,
                  "Only the owner of that key can read it; `server`: the server that is known. Repeatable")
      ->type_name("KEY")
      ->allow_extra_args(false);
  verb.add_option("--part-bytes", wish->part_bytes, "In parts FILE.001, FILE.002 of at most that size, such as 10MB")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/true))
      ->type_name("SIZE");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Create(context, station, *wish); });
    };
  });
}

void AddApply(CLI::App& group, Context& context) {
  CLI::App& verb = AddVerb(group, "apply",
                           "Take a bundle: data, or the server's answers (exit 5: conflict, 7: refused or not trusted)",
                           "  daftarctl bundle apply week.daftar\n"
                           "  daftarctl bundle apply all.daftar --trust 9f3c-12ab-77e0-41d5-0a1b");
  auto wish = std::make_shared<ApplyWish>();
  verb.add_option("FILE", wish->file, "The bundle, or one of its parts")->required();
  verb.add_option("--trust", wish->trust,
                  "Take it although it is signed by that key and not by the known server; a fingerprint or a key")
      ->type_name("KEY");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Apply(context, station, *wish); });
    };
  });
}

}  // namespace

void AddBundleCommands(CLI::App& app, Context& context) {
  CLI::App& group = AddVerb(app, "bundle", "Carry data by hand: signed files for where there is no network",
                            "  daftarctl bundle create --since 120 week.daftar\n"
                            "  daftarctl bundle inspect week.daftar\n"
                            "  daftarctl bundle apply week.daftar");
  AddCreate(group, context);
  AddBundleInspect(group, context);
  AddApply(group, context);
}

}  // namespace daftar::ctl
