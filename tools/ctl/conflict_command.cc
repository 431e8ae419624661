// conflict: edits of one part that met; both are kept until a person decides, here.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/model/fields.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/conflict_words.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/input.h"

namespace daftar::ctl {
namespace {

struct ResolveWish {
  std::string id, take, reason;
  std::optional<std::string> value;
  bool dry_run = false;
};

Reply NoSuchConflict(const std::string& id) {
  return Reply::Error(ExitCode::kNotFound, "there is no conflict " + id + ". See: daftarctl conflict list");
}

// All of them, or those whose id begins with `wanted`, with the choices that there are.
Reply ShowConflicts(Workstation& station, const std::string& wanted) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::ConflictEntry> entries, station.Conflicts());
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> replica, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> seen, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<NamedConflict> conflicts, NameConflicts(*seen, std::move(entries)));
  Reply reply = Reply::Answer("conflict");
  auto list = nlohmann::ordered_json::array();
  for (const NamedConflict& conflict : conflicts) {
    if (!conflict.id.starts_with(wanted)) continue;
    DAFTAR_ASSIGN_OR_RETURN(ConflictTold told, TellConflict(*replica, conflict));
    reply.text += told.text + (wanted.empty() ? "" : ChoicesWords(conflict));
    list.push_back(std::move(told.json));
  }
  if (list.empty() && !wanted.empty()) return NoSuchConflict(wanted);
  if (list.empty()) reply.text = "no conflicts\n";
  if (!list.empty() && wanted.empty()) reply.talk.push_back("to decide one: daftarctl conflict show ID says how");
  reply.json["total"] = list.size();
  reply.json["conflicts"] = std::move(list);
  return reply;
}

// The part that a person gives as text or JSON.
struct GivenPart {
  std::string bytes;  // empty: removed
  std::vector<FieldProblem> problems;
};
StatusOr<GivenPart> PartFromText(const v1::Conflict& conflict, const std::string& text, const IdResolver& resolve) {
  using nlohmann::json;
  json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) value = text;
  if (value.is_null() || text.empty()) return GivenPart();
  const auto* field = KindDescriptor(conflict.kind()).FindFieldByNumber(static_cast<int>(conflict.field()));
  if (field == nullptr) {
    return FailedPrecondition("this program does not know the part; take mine, theirs or base, or install a newer one");
  }
  if (conflict.key() != 0) {
    if (!value.is_object()) return GivenPart{"", {{JsonName(*field), "give the item as a JSON object"}}};
    value["key"] = conflict.key();
    value = json::array({value});
  }
  const json record = {{JsonName(*field), value}};
  Authored authored =
      RecordFromJson(conflict.kind(), record.dump(-1, ' ', false, json::error_handler_t::replace), resolve);
  if (!authored.problems.empty()) return GivenPart{"", std::move(authored.problems)};
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(*authored.record));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
  return GivenPart{std::string(FindPart(parts, {conflict.field(), conflict.key()})), {}};
}

// The one that is meant: by its whole id, or by the beginning of it if that is of one only. An error with what to do.
std::optional<Reply> Choose(const std::vector<NamedConflict>& conflicts, const std::string& id,
                            const NamedConflict** chosen) {
  std::vector<const NamedConflict*> meant;
  for (const NamedConflict& conflict : conflicts) {
    if (conflict.id == id) meant = {&conflict};
    if (conflict.id == id) break;
    if (conflict.id.starts_with(id)) meant.push_back(&conflict);
  }
  if (meant.empty()) return NoSuchConflict(id);
  if (meant.size() > 1) {
    std::string names;
    for (const NamedConflict* one : meant) names += "\n  " + one->id;
    return Reply::Error(ExitCode::kUsage, "several conflicts are meant by " + id + "; say which:" + names);
  }
  *chosen = meant[0];
  const uint64_t settling = (*chosen)->entry.settling_seq();
  if (settling == 0) return std::nullopt;
  return Reply::Error(ExitCode::kInvalidData, "the conflict " + (*chosen)->id + " is resolved already, by #" +
                                                  std::to_string(settling) +
                                                  ", which waits for the server. Send it with: daftarctl sync");
}

// What the resolution changes in the record as it is seen here.
StatusOr<std::vector<FieldChange>> ChangesOf(const ReadView& read, const v1::Mutation& mutation) {
  std::vector<FieldChange> changes;
  for (const v1::RecordEdit& edit : mutation.edit()) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, read.Get(*Uuid::FromBytes(edit.record())));
    if (!record) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(record->message()));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
    std::vector<Part> before, after;
    for (const v1::PartEdit& part : edit.part()) {
      const PartId id{part.field(), part.key()};
      before.push_back({id, std::string(FindPart(parts, id))});
      after.push_back({id, part.value()});
    }
    DAFTAR_ASSIGN_OR_RETURN(std::vector<FieldChange> more, DiffOfParts(edit.kind(), before, after, NamerOf(read)));
    changes.insert(changes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return changes;
}

Reply Resolve(Workstation& station, const ResolveWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::ConflictEntry> entries, station.Conflicts());
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<NamedConflict> conflicts, NameConflicts(*read, std::move(entries)));
  const NamedConflict* chosen = nullptr;
  if (std::optional<Reply> wrong = Choose(conflicts, wish.id, &chosen)) return *std::move(wrong);
  const v1::Conflict& conflict = chosen->entry.conflict();

  std::optional<std::string> value;  // none: theirs
  if (wish.take == "mine") value = conflict.mine();
  if (wish.take == "base") value = conflict.base();
  if (wish.value) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string text, ReadValue(*wish.value));
    DAFTAR_ASSIGN_OR_RETURN(GivenPart given, PartFromText(conflict, text, ResolverOf(*read)));
    if (!given.problems.empty())
      return Reply::Invalid("the value may not be taken; nothing was changed", given.problems);
    value = std::move(given.bytes);
  }
  DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit checked, station.CheckDecision(conflict, value, wish.reason));
  if (!checked.problems.empty()) {
    return Reply::Invalid("the record would not be valid so; nothing was changed", checked.problems);
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldChange> changes, ChangesOf(*read, checked.mutation));
  read.reset();

  Reply reply = Reply::Answer("conflict_resolve");
  reply.json["id"] = chosen->id;
  reply.json["take"] = wish.value ? "value" : wish.take;
  reply.json["dry_run"] = wish.dry_run;
  reply.json["queued"] = nullptr;
  reply.json["changes"] = ChangesAsJson(changes);
  reply.json["warnings"] = ProblemsJson(checked.warnings);
  for (const FieldProblem& warning : checked.warnings) reply.talk.push_back("warning: " + ProblemLine(warning));
  reply.text = changes.empty() ? "  the record stays as it is\n" : ChangesAsText(changes);
  if (wish.dry_run) {
    reply.text += "dry run: nothing was queued\n";
    return reply;
  }
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t number, station.Queue(checked.mutation));
  reply.json["queued"] = number;
  reply.text +=
      "queued as #" + std::to_string(number) + "; the conflict is settled when the server has it: daftarctl sync\n";
  return reply;
}

Reply RunResolve(Context& context, const ResolveWish& wish) {
  const bool known = wish.take == "mine" || wish.take == "theirs" || wish.take == "base";
  if (wish.value ? !wish.take.empty() : !known) {
    return Reply::Error(ExitCode::kUsage,
                        "say what the part shall be: --take mine, --take theirs, --take base, or --value VALUE. "
                        "What they are: daftarctl conflict show " +
                            wish.id);
  }
  if (wish.reason.empty() && !wish.dry_run) {
    return Reply::Error(ExitCode::kUsage,
                        "say why with --reason \"…\": others will read it in the history. "
                        "To see what would change, use --dry-run");
  }
  return WithWorkstation(context, [&](Workstation& station) { return Resolve(station, wish); });
}

void AddResolve(CLI::App& conflict, Context& context) {
  auto wish = std::make_shared<ResolveWish>();
  CLI::App& resolve =
      AddVerb(conflict, "resolve", "Decide one: what the part shall be; offline too",
              "  daftarctl conflict resolve sample:I01/notes --take mine --reason \"asked him\"\n"
              "  daftarctl conflict resolve sample:I01/notes --value \"both were there\" --reason \"asked "
              "both\"");
  resolve.add_option("id", wish->id, "As conflict list names it")->required()->type_name("ID");
  resolve.add_option("--take", wish->take, "mine, theirs (the value that stands) or base (the one from before both)")
      ->type_name("SIDE");
  resolve.add_option("--value", wish->value, "Another value: text, JSON as conflict show --json has it, @FILE or -")
      ->type_name("VALUE");
  resolve.add_option("--reason", wish->reason, "Why; others read it in the history")->type_name("TEXT");
  resolve.add_flag("--dry-run", wish->dry_run, "Show what would change, and queue nothing");
  resolve.callback([&context, wish] { context.action = [&context, wish] { return RunResolve(context, *wish); }; });
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
  CLI::App& show = AddVerb(conflict, "show", "One of them: base, mine and theirs, and how to decide",
                           "  daftarctl conflict show sample:I01/notes\n"
                           "  daftarctl conflict show sample:I01 --json");
  show.add_option("id", *id, "As conflict list names it, or the beginning of it")->required()->type_name("ID");
  show.callback(run);
  AddResolve(conflict, context);
}

}  // namespace daftar::ctl
