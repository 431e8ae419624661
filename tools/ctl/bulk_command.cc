// bulk: the same change of many records, and its undoing.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/forms/bulk_edit.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/index_work.h"

namespace daftar::ctl {
namespace {

using forms::BulkChange;
using google::protobuf::Message;
using Json = nlohmann::ordered_json;

constexpr size_t kMostShown = 20;

struct BulkWish {
  std::string query;
  FieldWish fields;
  WhyWish why;
};

std::string QueuedWords(const Reply& reply) {
  const Json& queued = reply.json["queued"];
  if (queued.empty()) return "";
  std::string words = "queued as #" + std::to_string(queued.front().get<uint64_t>());
  if (queued.size() > 1) words += " to #" + std::to_string(queued.back().get<uint64_t>());
  return words + "; it goes out with the next sync\n";
}

// The first few, field by field.
void Preview(const std::vector<BulkChange>& changes, const IdNamer& name, Reply& reply) {
  reply.json["preview"] = Json::array();
  for (size_t i = 0; i < std::min(changes.size(), kMostShown); ++i) {
    const BulkChange& change = changes[i];
    const std::vector<FieldChange> fields = DiffMessages(change.record->message(), *change.edit.message, name);
    reply.json["preview"].push_back({{"id", change.edit.id.ToString()},
                                     {"kind", KindWord(change.edit.kind)},
                                     {"title", change.name()},
                                     {"changes", ChangesAsJson(fields)}});
    reply.text += change.name() + "\n" + ChangesAsText(fields);
  }
  if (changes.size() > kMostShown) reply.text += "… and " + Counted(changes.size() - kMostShown, "record") + " more\n";
}

// What the fields make of each record.
forms::Remake RemakeBy(const ReadView& read, const FieldWish& fields) {
  return [&read, &fields](const Record& record) -> StatusOr<forms::Remade> {
    std::shared_ptr<Message> message(record.message().New());
    message->CopyFrom(record.message());
    DAFTAR_ASSIGN_OR_RETURN(Problems problems, ApplyFields(fields, ResolverOf(read), message.get()));
    return forms::Remade{std::move(message), std::move(problems)};
  };
}

Reply EditMany(const Context& context, Workstation& station, const BulkWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const View::TextIndexState index, station.view().TextIndex());
  if (index.behind > 0) DAFTAR_RETURN_IF_ERROR(CatchUpIndex(context, station));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const forms::BulkPlan wanted,
                          forms::PlanBulk(*read, wish.query, std::nullopt, RemakeBy(*read, wish.fields)));
  if (wanted.found == 0) return Reply::Error(ExitCode::kNotFound, "the query finds nothing; nothing was changed");
  if (!wanted.problems.empty()) return Reply::Invalid(ProblemCount(wanted.problems, "the edit"), wanted.problems);
  DAFTAR_ASSIGN_OR_RETURN(const forms::BulkPushes pushes, forms::CheckBulk(station, wanted.changes, wish.why.reason));
  if (!pushes.problems.empty()) return Reply::Invalid(ProblemCount(pushes.problems, "the records"), pushes.problems);

  Reply reply = Reply::Answer("bulk_edit");
  reply.json["query"] = wish.query;
  reply.json["found"] = wanted.found;
  reply.json["changed"] = wanted.changes.size();
  reply.json["unchanged"] = wanted.found - wanted.changes.size();
  reply.json["dry_run"] = wish.why.dry_run;
  reply.json["queued"] = Json::array();
  Preview(wanted.changes, NamerOf(*read), reply);
  reply.json["warnings"] = pushes.warnings.size();
  if (!pushes.warnings.empty()) reply.talk.push_back(Counted(pushes.warnings.size(), "warning") + "; edit shows them");
  reply.text +=
      Counted(wanted.found, "record") + " found, " + std::to_string(wanted.changes.size()) + " of them change\n";
  if (wish.why.dry_run || wanted.changes.empty()) {
    reply.text += wish.why.dry_run ? "dry run: nothing was queued\n" : "";
    return reply;
  }
  DAFTAR_ASSIGN_OR_RETURN(reply.json["queued"],
                          forms::QueueAndRemember(station, wanted.changes, pushes, wish.why.reason));
  reply.text += QueuedWords(reply) + "to take it back: daftarctl bulk undo\n";
  return reply;
}

// What stays as it is, since somebody has changed it.
Problems LeftOf(const forms::BulkUndo& undo) {
  Problems problems;
  for (const forms::TakingBack::Left& left : undo.left) {
    if (left.part == PartId{0, 0}) {
      problems.push_back({left.title, "is not here any more"});
    } else {
      problems.push_back({left.title + ": " + PartPath(left.kind, left.part),
                          "is not any more what the bulk edit made it, and stays as it is"});
    }
  }
  return problems;
}

Reply UndoLast(Workstation& station, const WhyWish& why) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<forms::BulkMemory> memory, forms::RecallBulk(station.folder()));
  if (!memory) return Reply::Error(ExitCode::kNotFound, "there is no bulk edit of this workstation to be taken back");
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const forms::BulkUndo undoing, forms::UndoBulk(*read, memory->parts));
  const Problems left = LeftOf(undoing);
  const std::string reason = why.reason.empty() ? "taken back: " + memory->reason : why.reason;
  DAFTAR_ASSIGN_OR_RETURN(const forms::BulkPushes pushes, forms::CheckBulk(station, undoing.changes, reason));
  if (!pushes.problems.empty()) return Reply::Invalid(ProblemCount(pushes.problems, "the records"), pushes.problems);
  Reply reply = Reply::Answer("bulk_undo");
  reply.json["changed"] = undoing.changes.size();
  reply.json["left"] = ProblemsJson(left);
  reply.json["dry_run"] = why.dry_run;
  reply.json["queued"] = Json::array();
  Preview(undoing.changes, NamerOf(*read), reply);
  for (const FieldProblem& one : left) reply.text += ProblemLine(one) + "\n";
  reply.text += Counted(undoing.changes.size(), "record") + " as before\n";
  if (why.dry_run) {
    reply.text += "dry run: nothing was queued\n";
    return reply;
  }
  DAFTAR_ASSIGN_OR_RETURN(reply.json["queued"], forms::QueueBulk(station, pushes));
  DAFTAR_RETURN_IF_ERROR(forms::ForgetBulk(station.folder()));
  reply.text += QueuedWords(reply);
  return reply;
}

Reply RunEdit(Context& context, const BulkWish& wish) {
  if (wish.fields.empty()) return Reply::Error(ExitCode::kUsage, "say what to change: --set review=PROPOSED");
  if (std::optional<Reply> missing = MissingReason(wish.why)) return *std::move(missing);
  return WithWorkstation(context, [&](Workstation& station) { return EditMany(context, station, wish); });
}

}  // namespace

void AddBulkCommands(CLI::App& app, Context& context) {
  CLI::App& bulk = AddVerb(app, "bulk", "The same change of many records, and its undoing",
                           "  daftarctl bulk edit --query 'tag:drones 2023' --set tlp=AMBER --dry-run\n"
                           "  daftarctl bulk undo");
  auto wish = std::make_shared<BulkWish>();
  CLI::App& edit =
      AddVerb(bulk, "edit", "Change all records that a query finds; with --dry-run, see it first",
              "  daftarctl bulk edit --query 'tag:drones 2023' --set tlp=AMBER --dry-run\n"
              "  daftarctl bulk edit --query 'source:S3' --set review=IN_REVIEW --reason \"S3 is in doubt\"");
  edit.add_option("--query", wish->query, "Which records, as daftarctl search finds them")
      ->required()
      ->type_name("QUERY");
  AddSetOption(edit, wish->fields.sets);
  AddWhyOptions(edit, wish->why);
  edit.callback([&context, wish] { context.action = [&context, wish] { return RunEdit(context, *wish); }; });
  auto why = std::make_shared<WhyWish>();
  CLI::App& undo = AddVerb(bulk, "undo", "Take the last bulk edit back, where nobody has changed the same since",
                           "  daftarctl bulk undo --dry-run\n"
                           "  daftarctl bulk undo --reason \"the query was too wide\"");
  AddWhyOptions(undo, *why);
  undo.callback([&context, why] {
    context.action = [&context, why] {
      return WithWorkstation(context, [&](Workstation& station) { return UndoLast(station, *why); });
    };
  });
}

}  // namespace daftar::ctl
