// Forms: what is understood, what is wrong, and sending. See open_form.h.
#include <algorithm>
#include <set>

#include "client/forms/build.h"
#include "client/forms/bulk_form.h"
#include "client/forms/open_form.h"
#include "client/forms/read_text.h"
#include "client/forms/reviewing.h"
#include "client/forms/right_words.h"
#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/duplicates.h"
#include "client/model/words.h"
#include "client/sync/workstation.h"
#include "daftar/v1/values.pb.h"
#include "storage/authoring/spoken_amount.h"
#include "storage/authoring/spoken_date.h"
#include "storage/model/record.h"
#include "storage/model/review.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

constexpr size_t kMostAlike = 3;

// Puts a problem or warning where its field is seen.
void Note(OpenForm& open, const Built& built, const FieldProblem& problem, bool warning) {
  const Node place = built.PlaceOf(problem.path);
  if (place != 0) {
    Field& field = open.form.said(place);
    (warning ? field.warnings : field.problems).push_back(problem.message);
  } else if (warning) {
    open.notes.push_back(problem.message);
  } else {
    open.form.problems().push_back(problem.path.empty()
                                       ? problem.message
                                       : Say("form.at", {{"path", problem.path}, {"problem", problem.message}}));
  }
}

KindLookup KindsOf(const ReadView& view, const OpenForm& open, Kind kind) {
  return [&view, id = open.id, kind](const Uuid& other) -> std::optional<Kind> {
    if (other == id) return kind;
    const StatusOr<std::optional<Kind>> found = view.KindOf(other);
    return found.ok() ? *found : std::nullopt;
  };
}

// Two actors of one name are probably one.
Status WarnOfAlike(const ReadView& view, const Record& actor, const Built& built, OpenForm& open) {
  if (actor.kind() != v1::RecordKind::ACTOR || !open.create || actor.names().empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Suspicion> alike, FindDuplicates(view, actor, {.limit = kMostAlike}));
  for (const Suspicion& one : alike) {
    const std::string why = one.reasons.empty() ? "" : one.reasons.front();
    Note(open, built,
         {"names[0].text", Say("form.alike", {{"name", one.row.title}, {"id", one.row.display_id}, {"why", why}})},
         true);
  }
  return OkStatus();
}

// What others have changed since the form was opened, and this form changes too.
Status NoteChanges(const ReadView& view, OpenForm& open) {
  if (open.create) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> now, view.Get(open.id));
  if (now && now->revision() > open.base_revision) open.notes.push_back(Say("form.changed_since"));
  return OkStatus();
}

// What a rule about records says of a field, as its reader is told.
std::string Told(const ReadView& view, const Form& form, Node node, const std::string& detail) {
  const Field& field = form.field(node);
  const FieldSpec& spec = *field.spec;
  if (field.text.empty()) return spec.required ? NotThere(spec, false) : detail;
  if (spec.type != FieldType::kReference) return NotAllowed(spec, field.text, detail);
  const StatusOr<Uuid> id = view.Resolve(Tidy(field.text));
  const StatusOr<std::optional<Kind>> kind = id.ok() ? view.KindOf(*id) : StatusOr<std::optional<Kind>>(id.status());
  if (!kind.ok() || !*kind) return NotAllowed(spec, field.text, detail);
  const bool fits =
      spec.refers.empty() || std::find(spec.refers.begin(), spec.refers.end(), KindWord(**kind)) != spec.refers.end();
  return fits ? NotItself(field.text) : NotThatKind(spec, field.text);
}

// The record of the form as an edit, with everything wrong with it told; nullopt: it cannot be sent.
StatusOr<std::optional<Edit>> EditOf(const ReadView& view, OpenForm& open) {
  open.ForgetProblems();
  open.notes.clear();
  const Kind kind = *KindFromWord(open.form.kind());
  const IdResolver resolve = [&view](std::string_view text) { return view.Resolve(text); };
  Built built = Build(open.form, *open.base, resolve);
  std::shared_ptr<const google::protobuf::Message> message(std::move(built.record));
  const Record record(open.id, kind, message);
  std::set<Node> told;
  for (const FieldProblem& problem : built.problems) {
    Note(open, built, problem, false);
    told.insert(built.PlaceOf(problem.path));
  }
  // What could not be read is missing, which is told already.
  for (const FieldProblem& problem : Validate(kind, *message, open.id, KindsOf(view, open, kind))) {
    const Node place = built.PlaceOf(problem.path);
    if (told.contains(place)) continue;
    const bool at_field = place != 0;
    Note(open, built, {problem.path, at_field ? Told(view, open.form, place, problem.message) : problem.message},
         false);
  }
  for (const FieldProblem& warning : Warnings(kind, *message)) Note(open, built, warning, true);
  DAFTAR_RETURN_IF_ERROR(WarnOfAlike(view, record, built, open));
  DAFTAR_RETURN_IF_ERROR(NoteChanges(view, open));
  NameReferences(view, open.form);
  if (open.has_problems()) return std::optional<Edit>();

  Edit edit{open.id, kind, message};
  edit.base = Edit::Base{open.create ? nullptr : open.base, open.base_revision, open.epoch};
  return std::optional(std::move(edit));
}

// What the edit changes, put forward for an editor to accept; a new record is itself what is put forward.
StatusOr<std::optional<CheckedEdit>> CheckProposal(const Workstation& station, const Edit& edit, OpenForm& open) {
  DAFTAR_ASSIGN_OR_RETURN(const Voice voice, VoiceOf(station));
  Edit forward = edit;
  if (open.create) {
    const Record made(edit.id, edit.kind, edit.message);
    DAFTAR_ASSIGN_OR_RETURN(forward.message, SetReview(made, v1::ReviewState::PROPOSED, "", voice));
  } else {
    const Record base(edit.id, edit.kind, open.base);
    const StatusOr<Proposed> proposed = Propose(base, *edit.message, Tidy(open.reason), voice, open.base_revision);
    if (!proposed.ok()) {
      open.form.problems().push_back(Message(proposed.status()));
      return std::optional<CheckedEdit>();
    }
    forward.message = proposed->record;
  }
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check({&forward, 1}, Tidy(open.reason)));
  for (const FieldProblem& problem : checked.problems) open.form.problems().push_back(problem.message);
  if (open.has_problems()) return std::optional<CheckedEdit>();
  return std::optional(std::move(checked));
}

StatusOr<std::optional<CheckedEdit>> CheckAll(const Workstation& station, OpenForm& open) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Edit> edit, EditOf(*view, open));
  if (Tidy(open.reason).empty()) open.reason_problems.push_back(Say("window.reason_missing"));
  if (!edit) return std::optional<CheckedEdit>();
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check({&*edit, 1}, Tidy(open.reason)));
  for (const FieldProblem& problem : checked.problems) {
    if (problem.path == "reason") {
      if (open.reason_problems.empty()) open.reason_problems.push_back(problem.message);
    } else {
      open.form.problems().push_back(problem.path.empty()
                                         ? problem.message
                                         : Say("form.at", {{"path", problem.path}, {"problem", problem.message}}));
    }
  }
  if (checked.problems.empty() && checked.mutation.edit().empty()) open.form.problems().push_back(Say("form.nothing"));
  if (open.has_problems()) return std::optional<CheckedEdit>();
  if (open.proposal) return CheckProposal(station, *edit, open);
  return std::optional(std::move(checked));
}

}  // namespace

void Typed(Form& form, Node node) {
  Field& field = form.said(node);
  field.understood.clear();
  if (field.text.empty() || field.spec->field != nullptr) return;
  switch (field.spec->type) {
    case FieldType::kDate: {
      const StatusOr<v1::FuzzyDate> date = ReadDate(Tidy(field.text));
      if (date.ok()) field.understood = SayDate(*date);
      return;
    }
    case FieldType::kAmount:
    case FieldType::kToll: {
      const StatusOr<v1::Amount> amount = ReadAmount(Tidy(field.text), static_cast<v1::Unit::Code>(field.spec->unit));
      if (amount.ok()) field.understood = AmountWords(*amount);
      return;
    }
    default:
      return;
  }
}

StatusOr<bool> Check(const Workstation& station, OpenForm& open) {
  if (open.bulk) return CheckBulkForm(station, open);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<CheckedEdit> checked, CheckAll(station, open));
  return checked.has_value();
}

StatusOr<uint64_t> Send(Workstation& station, OpenForm& open) {
  if (open.bulk) return SendBulk(station, open);
  DAFTAR_ASSIGN_OR_RETURN(std::optional<CheckedEdit> checked, CheckAll(station, open));
  if (!checked) return InvalidArgument(Say("form.problems_there"));
  if (open.number == 0) return station.Queue(std::move(checked->mutation));
  return station.QueueForm(open.number, std::move(checked->mutation));
}

}  // namespace daftar::forms
