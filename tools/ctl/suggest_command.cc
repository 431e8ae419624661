// suggest: a change of a record put forward, for somebody else to accept.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "client/forms/reviewing.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"
#include "tools/ctl/field_diff.h"

namespace daftar::ctl {
namespace {

using google::protobuf::Message;

struct SuggestWish {
  std::string id;
  FieldWish fields;
  WhyWish why;
};

// The record as the fields say.
struct Edited {
  Found found;
  std::shared_ptr<Message> message;
  Problems problems;
};
StatusOr<Edited> EditOf(const ReadView& read, const SuggestWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(Found found, FindRecord(read, wish.id));
  std::shared_ptr<Message> message(found.record.message().New());
  message->CopyFrom(found.record.message());
  DAFTAR_ASSIGN_OR_RETURN(Problems problems, ApplyFields(wish.fields, ResolverOf(read), message.get()));
  return Edited{std::move(found), std::move(message), std::move(problems)};
}

Reply Suggest(Workstation& station, const SuggestWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Edited edited, EditOf(*read, wish));
  if (!edited.problems.empty()) return Reply::Invalid(ProblemCount(edited.problems, "the suggestion"), edited.problems);
  const Record& record = edited.found.record;
  // What could not be accepted is not put forward.
  const Edit whole{record.id(), record.kind(), edited.message};
  DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit checked, station.Check({&whole, 1}, wish.why.reason));
  if (!checked.problems.empty())
    return Reply::Invalid(ProblemCount(checked.problems, "the record as suggested"), checked.problems);
  DAFTAR_ASSIGN_OR_RETURN(const Voice author, forms::VoiceOf(station));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, read->Head());
  const std::string reason = wish.why.reason.empty() ? "not said yet" : wish.why.reason;
  DAFTAR_ASSIGN_OR_RETURN(const Proposed proposed,
                          Propose(record, *edited.message, reason, author, head.cursor().revision()));
  const std::vector<FieldChange> changes = DiffMessages(record.message(), *edited.message, NamerOf(*read));
  read.reset();

  Reply reply =
      QueueEdit(station, "suggest", {record.id(), record.kind(), proposed.record}, record.message(), wish.why);
  if (reply.failed()) return reply;
  reply.json["proposal"] = proposed.key;
  reply.json["changes"] = ChangesAsJson(changes);
  reply.json["warnings"] = ProblemsJson(checked.warnings);
  for (const FieldProblem& warning : checked.warnings) reply.talk.push_back("warning: " + ProblemLine(warning));
  reply.text = ChangesAsText(changes);
  if (wish.why.dry_run) {
    reply.text += "dry run: nothing was queued\n";
  } else {
    reply.text += "proposal " + std::to_string(proposed.key) + ", queued as #" +
                  std::to_string(reply.json["queued"].get<uint64_t>()) +
                  "; the record stays as it is until an editor accepts it\n";
  }
  return reply;
}

Reply RunSuggest(Context& context, const SuggestWish& wish) {
  if (wish.fields.empty()) {
    return Reply::Error(ExitCode::kUsage,
                        "say what to change: --set notes=\"seen twice\", or --add-account '{\"source\": …}'");
  }
  if (std::optional<Reply> missing = MissingReason(wish.why)) return *std::move(missing);
  return WithWorkstation(context, [&](Workstation& station) { return Suggest(station, wish); });
}

}  // namespace

void AddSuggestCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<SuggestWish>();
  CLI::App& verb = AddVerb(app, "suggest", "Put a change of a record forward, for an editor to accept",
                           "  daftarctl suggest sample:I01 --set notes=\"seen twice\" --reason \"a second witness\"\n"
                           "  daftarctl suggest sample:I01 --set 'accounts[0].date=2023-09-05' --dry-run");
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  AddFieldOptions(verb, wish->fields);
  AddWhyOptions(verb, wish->why);
  verb.callback([&context, wish] { context.action = [&context, wish] { return RunSuggest(context, *wish); }; });
}

}  // namespace daftar::ctl
