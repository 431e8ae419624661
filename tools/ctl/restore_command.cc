// restore: a retired record brought back, or an older version of a record, or of a part of it, made the newest.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/model/bounded_parse.h"
#include "storage/model/parts.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"
#include "tools/ctl/record_at.h"

namespace daftar::ctl {
namespace {

struct RestoreWish {
  std::string id, part;
  std::optional<Revision> version;
  WhyWish why;
};

StatusOr<Reviewed> Unretired(const Record& record) {
  const std::shared_ptr<google::protobuf::Message> message(record.message().New());
  message->CopyFrom(record.message());
  message->GetReflection()->ClearField(message.get(), message->GetDescriptor()->FindFieldByNumber(kRetiredField));
  return Reviewed(message);
}

// The record as this replica had it from the server at that revision.
StatusOr<std::vector<Part>> PartsAt(Workstation& station, const Uuid& id, Revision revision) {
  // Without what waits: that has no revision yet.
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, replica->Head());
  const Revision newest = head.cursor().revision();
  if (revision == 0 || revision > newest) {
    return NotFound("this replica shows revisions 1 to " + std::to_string(newest) +
                    "; those of the record: daftarctl history");
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, replica->Get(id));
  if (!record) return NotFound("the server has not had this record yet, so it has no older version");
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, replica->History(id));
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record->message()));
  DAFTAR_ASSIGN_OR_RETURN(body, BodyAt(revision, std::move(body), steps));
  if (body.empty()) return NotFound("at revision " + std::to_string(revision) + " there was no such record");
  return SplitParts(body);
}

// The parts that are put back: all that the record says, or those of the path.
StatusOr<std::vector<v1::PartEdit>> EditsBack(const Record& record, const std::vector<Part>& then,
                                              const std::optional<PartId>& wanted) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::PartEdit> edits, DiffParts(body, JoinParts(then)));
  // What was said about the record, and whether it was accepted, is no part of a version.
  std::erase_if(edits, [&wanted](const v1::PartEdit& edit) {
    if (!wanted) return IsAboutReview(edit.field());
    return edit.field() != wanted->first || (wanted->second != 0 && edit.key() != wanted->second);
  });
  return edits;
}

// The part that a path leads to, now or then.
StatusOr<PartId> PartNowOrThen(const Record& record, const std::vector<Part>& then, const std::string& path) {
  const StatusOr<PartId> now = PartAt(record.message(), path);
  if (now.status().code() != StatusCode::kNotFound) return now;
  const std::unique_ptr<google::protobuf::Message> old = NewMessage(record.kind());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(JoinParts(then), *old));
  return PartAt(*old, path);
}

StatusOr<Reviewed> AsItWas(Workstation& station, const RestoreWish& wish, const Record& record) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> then, PartsAt(station, record.id(), *wish.version));
  std::optional<PartId> wanted;
  if (!wish.part.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(wanted, PartNowOrThen(record, then, wish.part));
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PartEdit> edits, EditsBack(record, then, wanted));
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, edits));
  const std::shared_ptr<google::protobuf::Message> message = NewMessage(record.kind());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(body, *message));
  return Reviewed(message);
}

Reply RunRestore(Context& context, const RestoreWish& wish) {
  if (!wish.part.empty() && !wish.version) {
    return Reply::Error(ExitCode::kUsage,
                        "say from which version: --version REVISION, as daftarctl history names them");
  }
  if (std::optional<Reply> missing = MissingReason(wish.why)) return *std::move(missing);
  return WithWorkstation(context, [&](Workstation& station) {
    return ChangeRecord(station, "restore", wish.id, wish.why, [&](const ReadView&, const Record& record) {
      return wish.version ? AsItWas(station, wish, record) : Unretired(record);
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
