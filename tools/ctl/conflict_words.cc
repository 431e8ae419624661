#include "tools/ctl/conflict_words.h"

#include <map>
#include <optional>
#include <utility>

#include "client/language/dates.h"
#include "storage/model/parts.h"
#include "tools/ctl/context.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

using Cause = v1::Conflict::Cause;

std::string ValueText(const nlohmann::ordered_json& value) {
  if (value.is_null()) return "(nothing)";
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string TheirAuthor(const v1::Conflict& conflict) {
  return conflict.theirs_author().empty() ? "somebody" : conflict.theirs_author();
}

// What the replica shows now, where that is newer than what the conflict tells; nullopt: the conflict tells the newest.
struct Newer {
  nlohmann::ordered_json value;
  Revision revision = 0;
};
StatusOr<std::optional<Newer>> NewerOf(const ReadView& replica, const Uuid& record, const v1::Conflict& conflict) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> now, replica.Get(record));
  const PartId part{conflict.field(), conflict.key()};
  if (!now || now->revision_of(part) <= conflict.theirs_revision()) return std::optional<Newer>();
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(now->message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
  DAFTAR_ASSIGN_OR_RETURN(auto value, PartAsJson(conflict.kind(), FindPart(parts, part), NamerOf(replica)));
  return std::optional<Newer>({std::move(value), now->revision_of(part)});
}

std::string StateText(const v1::ConflictEntry& entry) {
  if (entry.settling_seq() == 0) return "";
  return "  resolved, waits for the server (#" + std::to_string(entry.settling_seq()) + " in daftarctl outbox)\n";
}

}  // namespace

StatusOr<std::vector<NamedConflict>> NameConflicts(const ReadView& read, std::vector<v1::ConflictEntry> entries) {
  const IdNamer name = NamerOf(read);
  std::vector<NamedConflict> named;
  std::map<std::string, int> times;
  for (v1::ConflictEntry& entry : entries) {
    const v1::Conflict& conflict = entry.conflict();
    const std::optional<Uuid> record = Uuid::FromBytes(conflict.record());
    if (!record) return DataLoss("a stored conflict names no record");
    std::string id = name(*record) + "/" + PartPath(conflict.kind(), {conflict.field(), conflict.key()});
    ++times[id];
    named.push_back({std::move(id), std::move(entry)});
  }
  for (NamedConflict& one : named) {
    if (times.at(one.id) > 1) one.id += "@" + std::to_string(one.entry.conflict().id().seq());
  }
  return named;
}

std::string_view CauseWord(const v1::Conflict& conflict) {
  if (conflict.cause() == Cause::RETIRED) return "retired";
  return conflict.cause() == Cause::NEWER ? "newer" : "changed";
}

std::string CauseWords(const v1::Conflict& conflict) {
  const std::string who = TheirAuthor(conflict);
  const std::string when =
      " (" + SayTime(conflict.theirs_at_ms()) + ", revision " + std::to_string(conflict.theirs_revision()) + ")";
  switch (conflict.cause()) {
    case Cause::RETIRED:
      return who + " retired the record meanwhile" + when + ". It stays retired, without your edit, until you decide.";
    case Cause::NEWER:
      return "You retired the record, and " + who + " edited it meanwhile" + when +
             ". It is not retired until you decide.";
    default:
      return who + " changed it meanwhile" + when + ". That value stands until you decide.";
  }
}

StatusOr<ConflictTold> TellConflict(const ReadView& replica, const NamedConflict& named) {
  const v1::Conflict& conflict = named.entry.conflict();
  const IdNamer name = NamerOf(replica);
  const std::optional<Uuid> record = Uuid::FromBytes(conflict.record());
  if (!record) return DataLoss("a stored conflict names no record");
  DAFTAR_ASSIGN_OR_RETURN(const auto base, PartAsJson(conflict.kind(), conflict.base(), name));
  DAFTAR_ASSIGN_OR_RETURN(const auto mine, PartAsJson(conflict.kind(), conflict.mine(), name));
  DAFTAR_ASSIGN_OR_RETURN(const auto theirs, PartAsJson(conflict.kind(), conflict.theirs(), name));
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Newer> newer, NewerOf(replica, *record, conflict));
  const uint64_t settling = named.entry.settling_seq();

  ConflictTold told;
  told.json = {{"id", named.id},
               {"record", record->ToString()},
               {"kind", KindWord(conflict.kind())},
               {"part", PartPath(conflict.kind(), {conflict.field(), conflict.key()})},
               {"base", base},
               {"mine", mine},
               {"theirs", theirs},
               {"authors", {{"mine", conflict.mine_author()}, {"theirs", conflict.theirs_author()}}},
               {"times",
                {{"mine", TimeJson(conflict.mine_at_ms())},
                 {"theirs", TimeJson(conflict.theirs_at_ms())},
                 {"noted", TimeJson(named.entry.at_ms())}}},
               {"theirs_revision", conflict.theirs_revision()},
               {"push", conflict.id().seq()},
               {"cause", CauseWord(conflict)},
               {"words", CauseWords(conflict)},
               {"state", settling == 0 ? "open" : "resolved"},
               {"resolved_by", settling == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(settling)},
               {"now", nullptr}};
  told.text = named.id + "\n" + StateText(named.entry) + "  before: " + ValueText(base) +
              "\n  mine:   " + ValueText(mine) + " (" + conflict.mine_author() + ", " + SayTime(conflict.mine_at_ms()) +
              ")\n  theirs: " + ValueText(theirs) + "\n  " + CauseWords(conflict) + "\n";
  if (newer) {
    told.json["now"] = {{"value", newer->value}, {"revision", newer->revision}};
    told.text += "  now:    " + ValueText(newer->value) + " (revision " + std::to_string(newer->revision) +
                 "; the part was changed again, so --take theirs leaves this, and any other decision meets it in a "
                 "new conflict)\n";
  }
  return told;
}

std::string ChoicesWords(const NamedConflict& named) {
  if (named.entry.settling_seq() != 0) return "";
  const auto choice = [](const char* flag, const std::string& does) {
    return std::string("    ") + flag + does + "\n";
  };
  std::string words = "  decide: daftarctl conflict resolve '" + named.id + "' --reason \"…\" and one of\n";
  switch (named.entry.conflict().cause()) {
    case Cause::RETIRED:
      words += choice("--take mine     ", "brings the record back, with your edit") +
               choice("--take theirs   ", "leaves the record retired, without your edit") +
               choice("--take base     ", "brings the record back, with the part as it was before both");
      break;
    case Cause::NEWER:
      words += choice("--take mine     ", "retires the record all the same") +
               choice("--take theirs   ", "leaves the record as it is, not retired");
      break;
    default:
      words += choice("--take mine     ", "your value") + choice("--take theirs   ", "the value that stands") +
               choice("--take base     ", "the value from before both");
      break;
  }
  return words + choice("--value VALUE   ", "another one: text, or JSON as conflict show --json has it");
}

}  // namespace daftar::ctl
