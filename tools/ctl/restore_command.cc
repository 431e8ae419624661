// restore: a retired record brought back, or an older version of a record, or of a part of it, made the newest.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "client/forms/restoring.h"
#include "client/model/version.h"
#include "storage/model/bounded_parse.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"

namespace daftar::ctl {
namespace {

struct RestoreWish {
  std::string id, part;
  std::optional<Revision> version;
  WhyWish why;
};

// The part that a path leads to, now or then.
StatusOr<PartId> PartNowOrThen(const Record& record, const std::string& then, const std::string& path) {
  const StatusOr<PartId> now = PartAt(record.message(), path);
  if (now.status().code() != StatusCode::kNotFound) return now;
  const std::unique_ptr<google::protobuf::Message> old = NewMessage(record.kind());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(then, *old));
  return PartAt(*old, path);
}

StatusOr<Reviewed> AsItWas(Workstation& station, const RestoreWish& wish, const Record& record) {
  // Without what waits: that has no revision yet.
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const std::string then, BodyAtRevision(*replica, record.id(), *wish.version));
  std::optional<PartId> wanted;
  if (!wish.part.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(wanted, PartNowOrThen(record, then, wish.part));
  }
  return forms::AsItWas(record, then, wanted);
}

Reply RunRestore(Context& context, const RestoreWish& wish) {
  if (!wish.part.empty() && !wish.version) {
    return Reply::Error(ExitCode::kUsage,
                        "say from which version: --version REVISION, as daftarctl history names them");
  }
  if (std::optional<Reply> missing = MissingReason(wish.why)) return *std::move(missing);
  return WithWorkstation(context, [&](Workstation& station) {
    return ChangeRecord(station, "restore", wish.id, wish.why, [&](const ReadView&, const Record& record) {
      return wish.version ? AsItWas(station, wish, record) : forms::Unretired(record);
    });
  });
}

}  // namespace

void AddRestoreCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<RestoreWish>();
  CLI::App& verb = AddVerb(app, "restore", "Bring a retired record back, or an older version of a record",
                           "  daftarctl restore sample:I16 --reason \"it did take place\"\n"
                           "  daftarctl restore sample:I01 --version 4 --dry-run\n"
                           "  daftarctl restore sample:I01 --version 4 --part notes --reason \"they were better\"");
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  verb.add_option("--version", wish->version,
                  "As it was at that revision, as a new edit; comments, proposals and the state of review stay")
      ->type_name("REVISION");
  verb.add_option("--part", wish->part, "Only that: notes, accounts[key=7]; without a key all of a list")
      ->type_name("PATH");
  AddWhyOptions(verb, wish->why);
  verb.callback([&context, wish] { context.action = [&context, wish] { return RunRestore(context, *wish); }; });
}

}  // namespace daftar::ctl
