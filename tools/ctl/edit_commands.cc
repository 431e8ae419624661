// add, edit, retire: changes that go into the outbox. All of them find everything wrong at once, and change
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
#include "tools/ctl/edit_work.h"
#include "tools/ctl/input.h"

namespace daftar::ctl {
namespace {

using google::protobuf::Message;

struct AddWish {
  std::string kind, file;
  WhyWish why;
};

struct EditWish {
  std::string verb;  // "edit", "retire"
  std::string id, replaced_by;
  FieldWish fields;
  WhyWish why;
};

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
  return QueueEdit(station, "add", edit, *NewMessage(*kind), wish.why);
}

// The record as the wish wants it.
StatusOr<Problems> ApplyWish(const EditWish& wish, const IdResolver& resolve, Message* record) {
  DAFTAR_ASSIGN_OR_RETURN(Problems problems, ApplyFields(wish.fields, resolve, record));
  if (wish.verb == "retire") {
    nlohmann::json retired = {{"reason", wish.why.reason}};
    if (!wish.replaced_by.empty()) retired["replaced_by"] = wish.replaced_by;
    const std::string text = retired.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    Append(problems, SetField(record, "retired", text, resolve));
  }
  return problems;
}

Reply Change(Workstation& station, const EditWish& wish) {
  std::optional<Found> found;
  std::unique_ptr<Message> message;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
    DAFTAR_ASSIGN_OR_RETURN(found, FindRecord(*read, wish.id));
    message.reset(found->record.message().New());
    message->CopyFrom(found->record.message());
    DAFTAR_ASSIGN_OR_RETURN(const Problems problems, ApplyWish(wish, ResolverOf(*read), message.get()));
    if (!problems.empty()) return Reply::Invalid(ProblemCount(problems, "the edit"), problems);
  }
  const Edit edit{found->id, found->record.kind(), std::shared_ptr<const Message>(std::move(message))};
  return QueueEdit(station, wish.verb, edit, found->record.message(), wish.why);
}

Reply RunEdit(Context& context, const EditWish& wish) {
  if (wish.verb == "edit" && wish.fields.empty()) {
    return Reply::Error(ExitCode::kUsage,
                        "say what to change: --set notes=\"seen twice\", or --add-account '{\"source\": …}'");
  }
  if (std::optional<Reply> missing = MissingReason(wish.why)) return *std::move(missing);
  return WithWorkstation(context, [&](Workstation& station) { return Change(station, wish); });
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
  verb.add_option("--reason", wish->why.reason, "Why; others read it in the history")->type_name("TEXT");
  verb.add_flag("--dry-run", wish->why.dry_run, "Check it, show it, and queue nothing");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Add(station, *wish); });
    };
  });
}

// What edit and retire share.
CLI::App& AddChange(CLI::App& app, Context& context, const std::shared_ptr<EditWish>& wish, const std::string& what,
                    const std::string& examples) {
  CLI::App& verb = AddVerb(app, wish->verb, what, examples);
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  AddWhyOptions(verb, wish->why);
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
  AddFieldOptions(verb, wish->fields);
}

void AddRetire(CLI::App& app, Context& context) {
  auto wish = std::make_shared<EditWish>();
  wish->verb = "retire";
  CLI::App& verb = AddChange(app, context, wish, "Mark a record as no longer valid; nothing is deleted",
                             "  daftarctl retire sample:I16 --reason \"the talks did not take place\"\n"
                             "  daftarctl retire I16 --reason duplicate --replaced-by I15");
  verb.add_option("--replaced-by", wish->replaced_by, "The record that stands in its place")->type_name("ID");
}

}  // namespace

void AddEditCommands(CLI::App& app, Context& context) {
  AddAdd(app, context);
  AddEdit(app, context);
  AddRetire(app, context);
}

}  // namespace daftar::ctl
