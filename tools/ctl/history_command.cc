// history: what was changed in a record, by whom, when and why.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "client/language/dates.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

std::string StepHead(const HistoryStep& step) {
  const v1::CommitInfo& commit = step.commit;
  std::string head = commit.revision() == 0 ? "waits in the outbox" : "revision " + std::to_string(commit.revision());
  if (!commit.author().empty()) head += ", " + commit.author();
  if (commit.at_ms() != 0) head += ", " + SayTime(commit.at_ms());
  if (!commit.reason().empty()) head += ": " + commit.reason();
  return head + (step.created ? " (record made)" : "") + "\n";
}

nlohmann::ordered_json StepJson(const HistoryStep& step, const std::vector<FieldChange>& changes) {
  const v1::CommitInfo& commit = step.commit;
  return {{"revision", commit.revision()},  {"author", commit.author()},
          {"at", TimeJson(commit.at_ms())}, {"accepted", TimeJson(commit.accepted_ms())},
          {"reason", commit.reason()},      {"pending", commit.revision() == 0},
          {"created", step.created},        {"changes", ChangesAsJson(changes)}};
}

Reply History(Workstation& station, const std::string& id) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(*read, id));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, read->History(found.id));
  const IdNamer name = NamerOf(*read);
  Reply reply = Reply::Answer("history");
  reply.json["id"] = found.id.ToString();
  reply.json["kind"] = KindWord(found.record.kind());
  reply.json["title"] = DisplayName(found.record);
  reply.json["steps"] = nlohmann::ordered_json::array();
  reply.text = DisplayName(found.record) + " (" + DisplayId(found.record) + ")\n";
  for (const HistoryStep& step : steps) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldChange> changes,
                            DiffOfParts(found.record.kind(), ToParts(step.before), ToParts(step.after), name));
    reply.json["steps"].push_back(StepJson(step, changes));
    reply.text += "\n" + StepHead(step) + (step.created ? "" : ChangesAsText(changes));
  }
  return reply;
}

}  // namespace

void AddHistoryCommands(CLI::App& app, Context& context) {
  auto id = std::make_shared<std::string>();
  CLI::App& verb = AddVerb(app, "history", "What was changed in a record, by whom, when and why",
                           "  daftarctl history sample:I01\n"
                           "  daftarctl history sample:I01 --json");
  verb.add_option("id", *id, "The record")->required()->type_name("ID");
  verb.callback([&context, id] {
    context.action = [&context, id] {
      return WithWorkstation(context, [&](Workstation& station) { return History(station, *id); });
    };
  });
}

}  // namespace daftar::ctl
