#include "tools/ctl/edit_work.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <utility>

#include "storage/authoring/path.h"
#include "storage/model/fields.h"
#include "storage/model/kind.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/input.h"

namespace daftar::ctl {
namespace {

using ProtoMessage = google::protobuf::Message;

// Puts an account, given as JSON, behind those that there are.
Problems AddAccount(const std::string& text, const IdResolver& resolve, ProtoMessage* record) {
  const auto* field = record->GetDescriptor()->FindFieldByName("account");
  if (field == nullptr) return {{"accounts", "records of this kind hold no accounts"}};
  const auto* reflection = record->GetReflection();
  const std::string path = "accounts[" + std::to_string(reflection->FieldSize(*record, field)) + "]";
  return SetField(record, path, text, resolve);
}

uint64_t KeyOf(const ProtoMessage& item) {
  const auto* const key = item.GetDescriptor()->FindFieldByName("key");
  return key == nullptr ? 0 : item.GetReflection()->GetUInt64(item, key);
}

// The field that a step of a path names, in the record's own words or in JSON's.
const google::protobuf::FieldDescriptor* FieldOfStep(const ProtoMessage& record, const PathStep& step) {
  const auto* const type = record.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* const field = type->field(i);
    if (JsonName(*field) == step.name || std::string(field->name()) == step.name) return field;
  }
  return nullptr;
}

}  // namespace

void Append(Problems& problems, Problems more) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string ProblemCount(const Problems& problems, const std::string& where) {
  const std::string count = problems.size() == 1 ? "a problem" : std::to_string(problems.size()) + " problems";
  return count + " in " + where + "; nothing was changed";
}

void AddSetOption(CLI::App& verb, std::vector<std::string>& sets) {
  verb.add_option("--set", sets, "Set a field, such as notes=… or accounts[2].date=2023-09; empty clears it")
      ->type_name("PATH=VALUE")
      ->take_all()
      ->allow_extra_args(false);
}

void AddFieldOptions(CLI::App& verb, FieldWish& fields) {
  AddSetOption(verb, fields.sets);
  verb.add_option("--add-account", fields.accounts, "Add an account: JSON, @FILE, or - for standard input")
      ->type_name("JSON")
      ->take_all()
      ->allow_extra_args(false);
}

StatusOr<Problems> ApplyFields(const FieldWish& fields, const IdResolver& resolve, ProtoMessage* record) {
  Problems problems;
  for (const std::string& set : fields.sets) {
    DAFTAR_ASSIGN_OR_RETURN(const auto assignment, SplitAssignment(set));
    Append(problems, SetField(record, assignment.first, assignment.second, resolve));
  }
  for (const std::string& account : fields.accounts) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string text, ReadValue(account));
    Append(problems, AddAccount(text, resolve, record));
  }
  AssignKeys(record);
  return problems;
}

void AddWhyOptions(CLI::App& verb, WhyWish& why) {
  verb.add_option("--reason", why.reason, "Why; others read it in the history")->type_name("TEXT");
  verb.add_flag("--dry-run", why.dry_run, "Show what would change, and queue nothing");
}

std::optional<Reply> MissingReason(const WhyWish& why) {
  if (!why.reason.empty() || why.dry_run) return std::nullopt;
  return Reply::Error(ExitCode::kUsage,
                      "say why with --reason \"…\": others will read it in the history. "
                      "To see what would change, use --dry-run");
}

Reply QueueEdit(Workstation& station, const std::string& verb, const Edit& edit, const ProtoMessage& before,
                const WhyWish& why) {
  const std::vector<Edit> edits = {edit};
  DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit checked, station.Check(edits, why.reason));
  if (!checked.problems.empty()) {
    return Reply::Invalid(ProblemCount(checked.problems, "the record"), checked.problems);
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  const std::vector<FieldChange> changes = DiffMessages(before, *edit.message, NamerOf(*read));
  const bool empty = checked.mutation.edit_size() == 0;

  Reply reply = Reply::Answer(verb);
  reply.json["id"] = edit.id.ToString();
  reply.json["kind"] = KindWord(edit.kind);
  reply.json["dry_run"] = why.dry_run;
  reply.json["queued"] = nullptr;
  reply.json["changes"] = ChangesAsJson(changes);
  reply.json["warnings"] = ProblemsJson(checked.warnings);
  for (const FieldProblem& warning : checked.warnings) reply.talk.push_back("warning: " + ProblemLine(warning));
  if (empty) {
    reply.text = "nothing changes: the record is so already\n";
  } else if (why.dry_run) {
    reply.text = ChangesAsText(changes) + "dry run: nothing was queued\n";
  } else {
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t number, station.Queue(checked.mutation));
    reply.json["queued"] = number;
    reply.text = "queued as #" + std::to_string(number) + "; it goes out with the next sync\n";
    if (verb == "add") reply.text = "id " + edit.id.ToString() + "\n" + reply.text;
  }
  return reply;
}

Reply ChangeRecord(Workstation& station, const std::string& verb, const std::string& id, const WhyWish& why,
                   const MakeChange& make) {
  std::optional<Found> found;
  Reviewed message;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
    DAFTAR_ASSIGN_OR_RETURN(found, FindRecord(*read, id));
    DAFTAR_ASSIGN_OR_RETURN(message, make(*read, found->record));
  }
  return QueueEdit(station, verb, {found->id, found->record.kind(), message}, found->record.message(), why);
}

StatusOr<PartId> PartAt(const ProtoMessage& record, const std::string& path) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<PathStep> steps, ParsePath(path));
  const PathStep& step = steps.front();
  const auto* const field = FieldOfStep(record, step);
  if (field == nullptr) return InvalidArgument("records of this kind have no field " + step.name);
  const auto number = static_cast<uint32_t>(field->number());
  if (!IsCollection(number) || !step.chooses_item()) return PartId{number, 0};
  const int size = record.GetReflection()->FieldSize(record, field);
  for (int i = 0; i < size; ++i) {
    const uint64_t key = KeyOf(record.GetReflection()->GetRepeatedMessage(record, field, i));
    if (step.key ? key == *step.key : i == *step.index) return PartId{number, key};
  }
  return NotFound("the record has no " + path + "; its " + step.name + " are " + std::to_string(size));
}

}  // namespace daftar::ctl
