// add, edit, retire, restore: changes that go into the outbox. All of them find everything wrong at once, and change
// nothing unless nothing is wrong.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/authoring/authoring.h"
#include "storage/model/kind.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/input.h"

namespace daftar::ctl {
namespace {

using google::protobuf::Message;
using Problems = std::vector<FieldProblem>;

struct AddWish {
  std::string kind, file, reason;
  bool dry_run = false;
};

struct EditWish {
  std::string verb;  // "edit", "retire", "restore"
  std::string id, reason, replaced_by;
  std::vector<std::string> sets, accounts;
  bool dry_run = false;
};

void Append(Problems& problems, Problems more) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// "3 problems in I01.json; nothing was changed"
std::string ProblemCount(const Problems& problems, const std::string& where) {
  const std::string count = problems.size() == 1 ? "a problem" : std::to_string(problems.size()) + " problems";
  return count + " in " + where + "; nothing was changed";
}

// What was asked for, once it is a message: checks it, and queues it unless it is a dry run.
Reply QueueEdit(Workstation& station, const std::string& verb, const Edit& edit, const Message& before,
                const std::string& reason, bool dry_run) {
  const std::vector<Edit> edits = {edit};
  DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit checked, station.Check(edits, reason));
  if (!checked.problems.empty()) {
    return Reply::Invalid(ProblemCount(checked.problems, "the record"), checked.problems);
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  const std::vector<FieldChange> changes = DiffMessages(before, *edit.message, NamerOf(*read));
  const bool empty = checked.mutation.edit_size() == 0;

  Reply reply = Reply::Answer(verb);
  reply.json["id"] = edit.id.ToString();
  reply.json["kind"] = KindWord(edit.kind);
  reply.json["dry_run"] = dry_run;
  reply.json["queued"] = nullptr;
  reply.json["changes"] = ChangesAsJson(changes);
  reply.json["warnings"] = ProblemsJson(checked.warnings);
  for (const FieldProblem& warning : checked.warnings) reply.talk.push_back("warning: " + ProblemLine(warning));
  if (empty) {
    reply.text = "nothing changes: the record is so already\n";
  } else if (dry_run) {
    reply.text = ChangesAsText(changes) + "dry run: nothing was queued\n";
  } else {
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t number, station.Queue(checked.mutation));
    reply.json["queued"] = number;
    reply.text = "queued as #" + std::to_string(number) + "; it goes out with the next sync\n";
    if (verb == "add") reply.text = "id " + edit.id.ToString() + "\n" + reply.text;
  }
  return reply;
}

// External ids name a record: two records of one name could not be told apart.
Problems TakenNames(const ReadView& read, const Record& record) {
  Problems problems;
  int index = 0;
  for (const v1::External& external : record.externals()) {
    const std::string name = external.system() + ":" + external.id();
    const StatusOr<Uuid> taken = read.Resolve(name);
    if (taken.ok()) {
      problems.push_back({"external[" + std::to_string(index) + "]",
                          name + " is record " + taken->ToString() + " already; change it with: edit " + name});
    }
    ++index;
  }
  return problems;
}

// Whether one path is the other, or leads through it.
bool Touches(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return b.starts_with(a) && (b.size() == a.size() || b[a.size()] == '.' || b[a.size()] == '[');
}

// Everything wrong with a record that was read from text: what the reader found, and what the rules say of the rest.
StatusOr<Problems> ProblemsOf(const Workstation& station, const ReadView& read, const Edit& edit, Problems found) {
  const bool readable = std::none_of(found.begin(), found.end(), [](const auto& one) { return one.path.empty(); });
  if (!readable) return found;
  DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit checked, station.Check({&edit, 1}, ""));
  Problems all = found;
  for (const Problems& more : {checked.problems, TakenNames(read, Record(edit.id, edit.kind, edit.message))}) {
    for (const FieldProblem& problem : more) {
      const bool told = std::any_of(found.begin(), found.end(),
                                    [&problem](const auto& one) { return Touches(one.path, problem.path); });
      if (!told) all.push_back(problem);
    }
  }
  return all;
}

Reply Add(Workstation& station, const AddWish& wish) {
  const std::optional<Kind> kind = KindFromWord(wish.kind);
  if (!kind) return UnknownKind(wish.kind);
  const StatusOr<std::string> text = ReadInput(wish.file);
  if (!text.ok()) return text.status();
  Edit edit{station.NewId(), *kind, nullptr};
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
    Authored authored = RecordFromText(*kind, *text, ResolverOf(*read));
    AssignKeys(authored.record.get());
    edit.message = std::move(authored.record);
    DAFTAR_ASSIGN_OR_RETURN(const Problems problems, ProblemsOf(station, *read, edit, std::move(authored.problems)));
    const std::string where = wish.file == "-" ? "standard input" : wish.file;
    if (!problems.empty()) return Reply::Invalid(ProblemCount(problems, where), problems);
  }
  return QueueEdit(station, "add", edit, *NewMessage(*kind), wish.reason, wish.dry_run);
}

// Puts an account, given as JSON, behind those that there are.
Problems AddAccount(const std::string& text, const IdResolver& resolve, Message* record) {
  const auto* field = record->GetDescriptor()->FindFieldByName("account");
  if (field == nullptr) return {{"accounts", "records of this kind hold no accounts"}};
  const auto* reflection = record->GetReflection();
  const std::string path = "accounts[" + std::to_string(reflection->FieldSize(*record, field)) + "]";
  return SetField(record, path, text, resolve);
}

// The record as the wish wants it.
StatusOr<Problems> ApplyWish(const EditWish& wish, const IdResolver& resolve, Message* record) {
  Problems problems;
  for (const std::string& set : wish.sets) {
    DAFTAR_ASSIGN_OR_RETURN(const auto assignment, SplitAssignment(set));
    Append(problems, SetField(record, assignment.first, assignment.second, resolve));
  }
  for (const std::string& account : wish.accounts) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string text, ReadValue(account));
    Append(problems, AddAccount(text, resolve, record));
  }
  if (wish.verb == "retire") {
    nlohmann::json retired = {{"reason", wish.reason}};
    if (!wish.replaced_by.empty()) retired["replaced_by"] = wish.replaced_by;
    const std::string text = retired.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    Append(problems, SetField(record, "retired", text, resolve));
  }
  if (wish.verb == "restore") Append(problems, SetField(record, "retired", "", resolve));
  return problems;
}

Reply ChangeRecord(Workstation& station, const EditWish& wish) {
  std::optional<Found> found;
  std::unique_ptr<Message> message;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
    DAFTAR_ASSIGN_OR_RETURN(found, FindRecord(*read, wish.id));
    message.reset(found->record.message().New());
    message->CopyFrom(found->record.message());
    DAFTAR_ASSIGN_OR_RETURN(const Problems problems, ApplyWish(wish, ResolverOf(*read), message.get()));
    if (!problems.empty()) return Reply::Invalid(ProblemCount(problems, "the edit"), problems);
    AssignKeys(message.get());
  }
  const Edit edit{found->id, found->record.kind(), std::shared_ptr<const Message>(std::move(message))};
  return QueueEdit(station, wish.verb, edit, found->record.message(), wish.reason, wish.dry_run);
}

Reply RunEdit(Context& context, const EditWish& wish) {
  if (wish.verb == "edit" && wish.sets.empty() && wish.accounts.empty()) {
    return Reply::Error(ExitCode::kUsage,
                        "say what to change: --set notes=\"seen twice\", or --add-account '{\"source\": …}'");
  }
  if (wish.reason.empty() && !wish.dry_run) {
    return Reply::Error(ExitCode::kUsage,
                        "say why with --reason \"…\": others will read it in the history. "
                        "To see what would change, use --dry-run");
  }
  return WithWorkstation(context, [&](Workstation& station) { return ChangeRecord(station, wish); });
}

void AddAdd(CLI::App& app, Context& context) {
  auto wish = std::make_shared<AddWish>();
  CLI::App& verb = AddVerb(app, "add", "Add a record, from JSON or textproto (exit 4: something in it is wrong)",
                           "  daftarctl add --kind incident clash.json --reason \"reported today\"\n"
                           "  daftarctl add --kind place - --dry-run < place.textproto");
  verb.add_option("--kind", wish->kind, "incident, actor, place, source, relation or alert_period")
      ->required()
      ->type_name("KIND");
  verb.add_option("file", wish->file, "The file, or - for standard input")->required()->type_name("FILE");
  verb.add_option("--reason", wish->reason, "Why; others read it in the history")->type_name("TEXT");
  verb.add_flag("--dry-run", wish->dry_run, "Check it, show it, and queue nothing");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Add(station, *wish); });
    };
  });
}

// What edit, retire and restore share.
CLI::App& AddChange(CLI::App& app, Context& context, const std::shared_ptr<EditWish>& wish, const std::string& what,
                    const std::string& examples) {
  CLI::App& verb = AddVerb(app, wish->verb, what, examples);
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  verb.add_option("--reason", wish->reason, "Why; others read it in the history")->type_name("TEXT");
  verb.add_flag("--dry-run", wish->dry_run, "Show what would change, and queue nothing");
  verb.callback([&context, wish] { context.action = [&context, wish] { return RunEdit(context, *wish); }; });
  return verb;
}

void AddEdit(CLI::App& app, Context& context) {
  auto wish = std::make_shared<EditWish>();
  wish->verb = "edit";
  CLI::App& verb = AddChange(
      app, context, wish, "Change a record; one part of it at a time merges with what others do",
      "  daftarctl edit sample:I01 --set 'accounts[0].credibility=PROBABLY_TRUE' --reason \"second telling\"\n"
      "  daftarctl edit sample:I01 --add-account '{\"source\": \"sample:S3\", \"date\": \"2023-09\"}' --reason "
      "\"new\"");
  verb.add_option("--set", wish->sets, "Set a field, such as notes=… or accounts[2].date=2023-09; empty clears it")
      ->type_name("PATH=VALUE")
      ->take_all()
      ->allow_extra_args(false);
  verb.add_option("--add-account", wish->accounts, "Add an account: JSON, @FILE, or - for standard input")
      ->type_name("JSON")
      ->take_all()
      ->allow_extra_args(false);
}

void AddRetire(CLI::App& app, Context& context) {
  auto wish = std::make_shared<EditWish>();
  wish->verb = "retire";
  CLI::App& verb = AddChange(app, context, wish, "Mark a record as no longer valid; nothing is deleted",
                             "  daftarctl retire sample:I16 --reason \"the talks did not take place\"\n"
                             "  daftarctl retire I16 --reason duplicate --replaced-by I15");
  verb.add_option("--replaced-by", wish->replaced_by, "The record that stands in its place")->type_name("ID");
}

void AddRestore(CLI::App& app, Context& context) {
  auto wish = std::make_shared<EditWish>();
  wish->verb = "restore";
  AddChange(app, context, wish, "Bring a retired record back",
            "  daftarctl restore sample:I16 --reason \"it did take place\"\n"
            "  daftarctl restore sample:I16 --dry-run");
}

}  // namespace

void AddEditCommands(CLI::App& app, Context& context) {
  AddAdd(app, context);
  AddEdit(app, context);
  AddRetire(app, context);
  AddRestore(app, context);
}

}  // namespace daftar::ctl
