// conflict: edits of one part that met; both are kept until a person decides.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "client/model/sync_state.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

// A conflict as it is shown.
struct Told {
  std::string id;  // "sample:I01/notes"
  std::string text;
  nlohmann::ordered_json json;
};

std::string ValueText(const nlohmann::ordered_json& value) {
  if (value.is_null()) return "(nothing)";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

StatusOr<Told> Tell(const ReadView& read, const v1::ConflictEntry& entry) {
  const v1::Conflict& conflict = entry.conflict();
  const IdNamer name = NamerOf(read);
  const std::optional<Uuid> record = Uuid::FromBytes(conflict.record());
  if (!record) return DataLoss("a stored conflict names no record");
  const std::string part = PartPath(conflict.kind(), {conflict.field(), conflict.key()});
  DAFTAR_ASSIGN_OR_RETURN(const auto base, PartAsJson(conflict.kind(), conflict.base(), name));
  DAFTAR_ASSIGN_OR_RETURN(const auto mine, PartAsJson(conflict.kind(), conflict.mine(), name));
  DAFTAR_ASSIGN_OR_RETURN(const auto theirs, PartAsJson(conflict.kind(), conflict.theirs(), name));

  Told told;
  told.id = name(*record) + "/" + part;
  told.json = {{"id", told.id},
               {"record", record->ToString()},
               {"kind", KindWord(conflict.kind())},
               {"part", part},
               {"base", base},
               {"mine", mine},
               {"theirs", theirs},
               {"authors", {{"mine", conflict.mine_author()}, {"theirs", conflict.theirs_author()}}},
               {"times",
                {{"mine", TimeJson(conflict.mine_at_ms())},
                 {"theirs", TimeJson(conflict.theirs_at_ms())},
                 {"noted", TimeJson(entry.at_ms())}}},
               {"theirs_revision", conflict.theirs_revision()}};
  told.text = told.id + "\n  before: " + ValueText(base) + "\n  mine:   " + ValueText(mine) + " (" +
              conflict.mine_author() + ", " + TimeWords(conflict.mine_at_ms()) + ")\n  theirs: " + ValueText(theirs) +
              " (" + conflict.theirs_author() + ", " + TimeWords(conflict.theirs_at_ms()) + ", revision " +
              std::to_string(conflict.theirs_revision()) + "; stands)\n";
  return told;
}

// All of them, or those whose id begins with `wanted`.
Reply ShowConflicts(Workstation& station, const std::string& wanted) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::ConflictEntry> entries, station.Conflicts());
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  Reply reply = Reply::Answer("conflict");
  auto list = nlohmann::ordered_json::array();
  for (const v1::ConflictEntry& entry : entries) {
    DAFTAR_ASSIGN_OR_RETURN(Told told, Tell(*read, entry));
    if (!told.id.starts_with(wanted)) continue;
    reply.text += told.text;
    list.push_back(std::move(told.json));
  }
  if (list.empty() && !wanted.empty()) {
    return Reply::Error(ExitCode::kNotFound, "there is no conflict " + wanted + ". See: daftarctl conflict list");
  }
  if (list.empty()) reply.text = "no conflicts\n";
  reply.json["total"] = list.size();
  reply.json["conflicts"] = std::move(list);
  return reply;
}

}  // namespace

void AddConflictCommands(CLI::App& app, Context& context) {
  CLI::App& conflict = AddVerb(app, "conflict", "Edits that met those of others in one part",
                               "  daftarctl conflict list\n"
                               "  daftarctl conflict show sample:I01/notes");
  CLI::App& list = AddVerb(conflict, "list", "All that wait for a decision",
                           "  daftarctl conflict list\n"
                           "  daftarctl conflict list --json");
  auto id = std::make_shared<std::string>();
  const auto run = [&context, id] {
    context.action = [&context, id] {
      return WithWorkstation(context, [&](Workstation& station) { return ShowConflicts(station, *id); });
    };
  };
  list.callback(run);
  CLI::App& show = AddVerb(conflict, "show", "One of them: base, mine and theirs",
                           "  daftarctl conflict show sample:I01/notes\n"
                           "  daftarctl conflict show sample:I01 --json");
  show.add_option("id", *id, "As conflict list names it, or the beginning of it")->required()->type_name("ID");
  show.callback(run);
}

}  // namespace daftar::ctl
