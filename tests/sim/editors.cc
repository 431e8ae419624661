#include "tests/sim/editors.h"

#include <algorithm>

#include "client/sync/form_drafts.h"
#include "daftar/v1/private.pb.h"
#include "storage/model/parts.h"
#include "tests/sim/edits.h"

namespace daftar::sim {
namespace {

constexpr int kMostTries = 20;    // of other things to do, where the first does not fit
constexpr size_t kMostForms = 8;  // that one editor leaves open
constexpr uint64_t kBusy = 8;     // incidents on which half of the work is done, so that editors meet
constexpr char kNotes[] = "notes", kTelling[] = "accounts";

// What cannot be done as things stand; any other error is one of the program.
bool IsUnfit(const Status& status) {
  return status.code() == StatusCode::kInvalidArgument || status.code() == StatusCode::kFailedPrecondition;
}

Uuid SomeIncident(Random& random) {
  return EditedIncident(random.Below(random.Below(2) == 0 ? kBusy : kEditedIncidents));
}

// The typed words of a form, put into the record that it was opened on.
std::shared_ptr<v1::Incident> FilledIn(const v1::FormDraft& form, const v1::Incident& base) {
  auto incident = std::make_shared<v1::Incident>(base);
  const v1::TypedField& field = form.typed().field(0);
  if (field.name() == kNotes) {
    incident->set_notes(field.text());
    return incident;
  }
  std::vector<uint64_t> numbers;
  FindValues(field.text(), numbers);
  AddAccount(*incident, numbers.front(), field.text());
  return incident;
}

template <typename Items>
auto& AnyOf(const Items& items, Random& random) {
  return items[random.Below(items.size())];
}

}  // namespace

std::string Editors::NextTag() { return Tag(++tags_); }

StatusOr<Work::Made> Editors::Do(int client, Workstation& station, uint64_t drawn) {
  SeededRandom random(drawn);
  Seat seat{client, station, random, nullptr, {}, 0, {}};
  DAFTAR_ASSIGN_OR_RETURN(seat.view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(seat.head, seat.view->Head());
  Doing doing = ChooseDoing(drawn);
  for (int tries = 0; tries < kMostTries; ++tries, doing = ChooseDoing(random.Next())) {
    seat.before = values_.last();
    const StatusOr<bool> done = Try(doing, seat);
    if (!done.ok() && !IsUnfit(done.status())) return done.status();
    const bool half_done = !seat.made.queued.empty();
    if ((!done.ok() || !*done) && !half_done) continue;
    ++counts_.done[doing];
    ++counts_.edits[client];
    seat.made.made = true;
    break;
  }
  return std::move(seat.made);
}

StatusOr<bool> Editors::Try(Doing doing, Seat& seat) {
  switch (doing) {
    case Doing::kDecide:
      return Decide(seat);
    case Doing::kUndo:
      return Undo(seat);
    case Doing::kOpenForm:
      return OpenForm(seat);
    case Doing::kSendForm:
      return SendForm(seat);
    case Doing::kSendDraft:
      return SendDraft(seat);
    default:
      return EditRecord(doing, seat);
  }
}

void Editors::Took(Seat& seat, v1::Mutation mutation) {
  ledger_.Enter(seat.client, counts_.edits[seat.client] + 1, mutation, seat.before, values_.last());
  seat.before = values_.last();
  seat.made.queued.push_back(std::move(mutation));
}

StatusOr<bool> Editors::Queue(Seat& seat, const Edit& edit, uint64_t form) {
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, seat.station.Check({&edit, 1}, NextTag()));
  if (!checked.problems.empty() || checked.mutation.edit().empty()) return false;
  DAFTAR_RETURN_IF_ERROR(
      (form == 0 ? seat.station.Queue(checked.mutation) : seat.station.QueueForm(form, checked.mutation)).status());
  Took(seat, std::move(checked.mutation));
  return true;
}

StatusOr<bool> Editors::EditRecord(Doing doing, Seat& seat) {
  const Uuid id = SomeIncident(seat.random);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, seat.view->Get(id));
  if (!record) return false;
  Hand hand{seat.random, values_, {seat.name(), seat.station.clock().NowMs()}, seat.head.cursor().revision()};
  DAFTAR_ASSIGN_OR_RETURN(const Reviewed changed, Changed(doing, *record, hand));
  if (changed == nullptr) return false;
  return Queue(seat, {id, v1::RecordKind::INCIDENT, changed});
}

StatusOr<bool> Editors::Decide(Seat& seat) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::ConflictEntry> entries, seat.station.Conflicts());
  std::erase_if(entries, [](const v1::ConflictEntry& entry) { return entry.settling_seq() != 0; });
  if (entries.empty()) return false;
  const v1::Conflict& conflict = AnyOf(entries, seat.random).conflict();
  switch (seat.random.Below(5)) {
    case 0:
      return DecideFor(seat, conflict, conflict.mine());
    case 1:
      return DecideFor(seat, conflict, conflict.base());
    case 2:
      return KeepBoth(seat, conflict);
    case 3: {
      if (conflict.field() != v1::Incident::kNotesFieldNumber) return false;
      v1::Incident third;
      third.set_notes(values_.Words("what both mean"));
      return DecideFor(seat, conflict, third.SerializeAsString());
    }
    default:
      return DecideFor(seat, conflict, std::nullopt);
  }
}

StatusOr<bool> Editors::DecideFor(Seat& seat, const v1::Conflict& conflict, const std::optional<std::string>& value) {
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, seat.station.CheckDecision(conflict, value, NextTag()));
  if (!checked.problems.empty()) return false;
  DAFTAR_RETURN_IF_ERROR(seat.station.Queue(checked.mutation).status());
  Took(seat, std::move(checked.mutation));
  return true;
}

// What the other one says stays; what this one wanted to say stands beside it.
StatusOr<bool> Editors::KeepBoth(Seat& seat, const v1::Conflict& conflict) {
  const Uuid id = *Uuid::FromBytes(conflict.record());
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, seat.view->Get(id));
  if (!record) return false;
  auto incident = std::make_shared<v1::Incident>(record->incident());
  std::vector<uint64_t> mine;
  FindValues(conflict.mine(), mine);
  const std::string words = values_.Words("also said");
  AddAccount(*incident, values_.last(), mine.empty() ? words : words + ", of " + std::to_string(mine.front()));
  DAFTAR_ASSIGN_OR_RETURN(const bool added, Queue(seat, {id, v1::RecordKind::INCIDENT, incident}));
  return added ? DecideFor(seat, conflict, std::nullopt) : StatusOr<bool>(false);
}

// The newest step of this editor, part by part: what was there before is there again.
StatusOr<bool> Editors::Undo(Seat& seat) {
  const Uuid id = SomeIncident(seat.random);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, seat.view->Get(id));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, seat.view->History(id));
  const std::string name = seat.name();
  const auto own = std::find_if(steps.begin(), steps.end(), [&name](const HistoryStep& step) {
    return step.commit.author() == name && step.before_known && !step.created;
  });
  if (!record || own == steps.end()) return false;
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record->message()));
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, own->before));
  auto incident = std::make_shared<v1::Incident>();
  if (!incident->ParseFromString(body)) return DataLoss("what was before does not parse");
  return Queue(seat, {id, v1::RecordKind::INCIDENT, incident});
}

StatusOr<bool> Editors::OpenForm(Seat& seat) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::FormDraft> open, seat.station.forms().All());
  const Uuid id = SomeIncident(seat.random);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, seat.view->Get(id));
  if (!record || open.size() >= kMostForms) return false;
  v1::FormDraft form;
  form.set_record(id.str());
  form.set_kind(v1::RecordKind::INCIDENT);
  form.set_base_revision(seat.head.cursor().revision());
  form.set_epoch(seat.head.cursor().epoch());
  form.set_base(record->message().SerializeAsString());
  v1::TypedField& field = *form.mutable_typed()->add_field();
  field.set_name(seat.random.Below(2) == 0 ? kNotes : kTelling);
  field.set_text(values_.Words("typed while others went on"));
  DAFTAR_RETURN_IF_ERROR(seat.station.forms().Keep(form).status());
  ledger_.EnterForm(seat.client, counts_.edits[seat.client] + 1, id, seat.before, values_.last());
  return true;
}

StatusOr<bool> Editors::SendForm(Seat& seat) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::FormDraft> open, seat.station.forms().All());
  if (open.empty()) return false;
  const v1::FormDraft& form = AnyOf(open, seat.random);
  auto base = std::make_shared<v1::Incident>();
  if (!base->ParseFromString(form.base())) return DataLoss("a form does not parse");
  Edit edit{*Uuid::FromBytes(form.record()), v1::RecordKind::INCIDENT, FilledIn(form, *base)};
  edit.base = Edit::Base{base, form.base_revision(), form.epoch()};
  return Queue(seat, edit, form.number());
}

// As it was: it may fit by now.
StatusOr<bool> Editors::SendDraft(Seat& seat) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> drafts, seat.station.Drafts());
  if (drafts.empty()) return false;
  v1::Mutation mutation = AnyOf(drafts, seat.random).mutation();
  DAFTAR_RETURN_IF_ERROR(seat.station.QueueDraft(mutation.seq(), mutation).status());
  Took(seat, std::move(mutation));
  return true;
}

}  // namespace daftar::sim
