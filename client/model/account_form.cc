#include "client/model/account_form.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/search_model.h"
#include "client/model/words.h"
#include "client/sync/workstation.h"
#include "storage/authoring/authoring.h"
#include "storage/authoring/spoken_date.h"

namespace daftar {
namespace {

// `label` is the key of a message.
FormField Text(std::string name, std::string_view label, std::string hint, bool long_text = false) {
  FormField field;
  field.name = std::move(name);
  field.label = Say(label);
  field.hint = std::move(hint);
  field.long_text = long_text;
  return field;
}

FormField Reference(std::string name, std::string_view label, std::string kind, bool required = false) {
  FormField field = Text(std::move(name), label, Say("form.hint_record"));
  field.refers = std::move(kind);
  field.required = required;
  return field;
}

// A field with the constants of a code list; `first` is the absent value.
template <typename Codes>
FormField CodeField(std::string name, std::string_view label) {
  FormField field = Text(std::move(name), label, "");
  const auto* list = Codes::Code_descriptor();
  for (int i = 0; i < list->value_count(); ++i) {
    field.choices.push_back({list->value(i)->name(), SayCode(list->value(i)->name())});
  }
  field.value = field.choices.front().code;
  return field;
}

std::vector<FormField> FieldsOfForm() {
  FormField credibility = CodeField<v1::Credibility>("credibility", "form.credibility");
  for (size_t code = 0; code < credibility.choices.size(); ++code) {
    std::string grade = CredibilityGrade(static_cast<v1::Credibility::Code>(code));
    credibility.choices[code].words = Say("form.grade", {{"grade", grade}, {"words", credibility.choices[code].words}});
  }
  return {Reference("source", "form.source", "source", true),
          Reference("said_by", "form.said_by", "actor"),
          Text("date", "form.date", Say("form.hint_date")),
          Reference("place", "form.place", "place"),
          Text("killed", "form.killed", Say("form.hint_number")),
          Text("wording", "form.wording", Say("form.hint_wording"), true),
          Text("summary", "form.summary", Say("form.hint_summary"), true),
          Text("note", "form.note", Say("form.hint_note"), true),
          std::move(credibility),
          CodeField<v1::Stance>("stance", "form.stance"),
          CodeField<v1::Modality>("modality", "form.modality")};
}

// The fields whose text is a number, and a date.
constexpr std::string_view kNumberField = "killed", kDateField = "date";

// The text as a string of JSON.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    char escape[8];
    if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      quoted += escape;
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted + "\"";
}

// What a field holds before anybody types.
std::string Unset(const FormField& field) { return field.choices.empty() ? "" : field.choices.front().code; }

// The record with the form's account as its last one.
struct Draft {
  Edit edit;
  std::string path;  // "accounts[3]"
  std::vector<FieldProblem> problems;
};

StatusOr<Draft> DraftOf(const ReadView& view, const std::string& record_id, const std::vector<FormField>& fields) {
  DAFTAR_ASSIGN_OR_RETURN(Uuid id, view.Resolve(record_id));
  DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> record, view.Get(id));
  if (!record) return FailedPrecondition(Say("form.gone", {{"id", record_id}}));

  Draft draft;
  draft.path = "accounts[" + std::to_string(record->accounts().size()) + "]";
  std::shared_ptr<google::protobuf::Message> message(record->message().New());
  message->CopyFrom(record->message());
  IdResolver resolve = [&](std::string_view text) { return view.Resolve(text); };
  for (const FormField& field : fields) {
    if (field.value.empty() || (field.value == Unset(field) && !field.required)) continue;
    // A number may stand alone; all else is text, even where it reads like JSON: "2023", "true".
    std::string value = field.name == kNumberField ? field.value : Quoted(field.value);
    auto problems = SetField(message.get(), draft.path + "." + field.name, value, resolve);
    draft.problems.insert(draft.problems.end(), problems.begin(), problems.end());
  }
  AssignKeys(message.get());
  draft.edit = Edit{id, record->kind(), std::move(message)};
  return draft;
}

}  // namespace

AccountForm::AccountForm(std::string record_id) : record_id_(std::move(record_id)), fields_(FieldsOfForm()) {}

FormField* AccountForm::field(std::string_view name) {
  auto at = std::find_if(fields_.begin(), fields_.end(), [&](const FormField& field) { return field.name == name; });
  return at == fields_.end() ? nullptr : &*at;
}

bool AccountForm::touched() const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [](const FormField& field) { return field.value != Unset(field); });
}

StatusOr<std::vector<PageLink>> AccountForm::Suggestions(const ReadView& view, std::string_view field,
                                                         size_t limit) const {
  for (const FormField& candidate : fields_) {
    if (candidate.name == field && !candidate.refers.empty()) {
      return Suggest(view, candidate.refers, candidate.value, limit);
    }
  }
  return std::vector<PageLink>();
}

bool AccountForm::has_problems() const {
  return !problems_.empty() ||
         std::any_of(fields_.begin(), fields_.end(), [](const FormField& field) { return !field.problems.empty(); });
}

void AccountForm::Typed(FormField& field) {
  field.understood.clear();
  if (field.name != kDateField || field.value.empty()) return;
  const StatusOr<v1::FuzzyDate> date = ReadDate(field.value);
  if (date.ok()) field.understood = Say("form.understood", {{"date", SayDate(*date)}});
}

void AccountForm::SayAnew() {
  ClearProblems();
  const std::vector<FormField> said = FieldsOfForm();
  for (size_t i = 0; i < fields_.size(); ++i) {
    fields_[i].label = said[i].label;
    fields_[i].hint = said[i].hint;
    fields_[i].choices = said[i].choices;
    Typed(fields_[i]);
  }
}

void AccountForm::ClearProblems() {
  problems_.clear();
  for (FormField& field : fields_) {
    field.problems.clear();
    field.warnings.clear();
  }
}

void AccountForm::Note(std::string_view account, const FieldProblem& problem, bool warning) {
  std::string_view path = problem.path;
  bool mine = path.starts_with(account) && path.size() > account.size() && path[account.size()] == '.';
  std::string_view name = mine ? path.substr(account.size() + 1) : "";
  name = name.substr(0, name.find_first_of(".["));
  if (FormField* at = field(name)) {
    (warning ? at->warnings : at->problems).push_back(problem.message);
  } else if (!warning) {
    problems_.push_back(path.empty() ? problem.message
                                     : Say("form.at", {{"path", problem.path}, {"problem", problem.message}}));
  }
}

StatusOr<bool> AccountForm::Check(const Workstation& workstation) {
  ClearProblems();
  for (FormField& field : fields_) {
    if (field.required && field.value.empty()) field.problems.push_back(Say("form.needed"));
  }
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> view, workstation.Read());
  DAFTAR_ASSIGN_OR_RETURN(Draft draft, DraftOf(*view, record_id_, fields_));
  for (const FieldProblem& problem : draft.problems) Note(draft.path, problem, false);
  bool fits = problems_.empty() && std::all_of(fields_.begin(), fields_.end(),
                                               [](const FormField& field) { return field.problems.empty(); });
  if (!fits) return false;

  std::vector<Edit> edits = {std::move(draft.edit)};
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, workstation.Check(edits, "check"));
  for (const FieldProblem& problem : checked.problems) Note(draft.path, problem, false);
  for (const FieldProblem& warning : checked.warnings) {
    Note(draft.path, warning, true);
  }
  if (checked.problems.empty() && checked.mutation.edit().empty()) {
    problems_.push_back(Say("form.already"));
    return false;
  }
  return checked.problems.empty();
}

StatusOr<uint64_t> AccountForm::Submit(Workstation& workstation, const std::string& reason) {
  DAFTAR_ASSIGN_OR_RETURN(bool fits, Check(workstation));
  if (!fits) return InvalidArgument(Say("form.has_problems"));
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> view, workstation.Read());
  DAFTAR_ASSIGN_OR_RETURN(Draft draft, DraftOf(*view, record_id_, fields_));
  std::vector<Edit> edits = {std::move(draft.edit)};
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, workstation.Check(edits, reason));
  if (!checked.problems.empty()) {
    return InvalidArgument(Say("form.has_problem", {{"problem", checked.problems[0].message}}));
  }
  return workstation.Queue(std::move(checked.mutation));
}

}  // namespace daftar
