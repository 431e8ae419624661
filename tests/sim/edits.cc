#include "tests/sim/edits.h"

#include "storage/view/scope.h"

namespace daftar::sim {
namespace {

using What = EditChoice::What;

constexpr uint64_t kFirstKey = 1000;
constexpr size_t kLongText = 3000;  // two of them do not fit into one of the smallest frames
constexpr char kTagText[] = "tag";

// The record as that view shows it, to be edited; null if it is not there, or not all of it.
template <typename Message>
StatusOr<std::shared_ptr<Message>> Read(const ReadView& view, const Uuid& id) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(id));
  if (!record || record->stub()) return std::shared_ptr<Message>();
  return std::make_shared<Message>(static_cast<const Message&>(record->message()));
}

// Whether what accounts point at is there already.
StatusOr<bool> HasPlaces(const ReadView& view) {
  for (const Uuid& id : {SourceId(), PlaceId(0), PlaceId(1), PlaceId(2)}) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Kind> kind, view.KindOf(id));
    if (!kind) return false;
  }
  return true;
}

void AddAccount(v1::Incident& incident, uint64_t number, uint64_t place) {
  v1::Account& account = *incident.add_account();
  account.set_key(kFirstKey + number);
  account.set_source(SourceId().str());
  account.set_place(PlaceId(place).str());
  account.set_summary("said in " + Tag(number));
}

void TagOrUntag(v1::Incident& incident) {
  if (!incident.tag().empty()) return incident.clear_tag();
  incident.add_tag()->set_key(1);
  incident.mutable_tag(0)->set_text(kTagText);
}

// Whether there was anything to change.
bool Change(const EditChoice& choice, uint64_t number, v1::Incident& incident) {
  const bool of_account = choice.what == What::kRemoveAccount || choice.what == What::kMoveAccount;
  if (of_account && incident.account().empty()) return false;
  const int which = of_account ? static_cast<int>(choice.which % static_cast<uint64_t>(incident.account_size())) : 0;
  switch (choice.what) {
    case What::kAddAccount:
      AddAccount(incident, number, choice.which);
      return true;
    case What::kAddLongAccount:
      AddAccount(incident, number, choice.which);
      incident.mutable_account()->rbegin()->mutable_summary()->append(kLongText, '-');
      return true;
    case What::kRemoveAccount:
      incident.mutable_account()->DeleteSubrange(which, 1);
      return true;
    case What::kMoveAccount:
      incident.mutable_account(which)->set_place(PlaceId(choice.which / 7).str());
      return true;
    case What::kTagOrUntag:
      TagOrUntag(incident);
      return true;
    case What::kRetireOrRestore:
      if (incident.has_retired()) {
        incident.clear_retired();
      } else {
        incident.mutable_retired()->set_reason("for " + Tag(number));
      }
      return true;
    default:
      incident.set_notes("said in " + Tag(number));
      return true;
  }
}

Edit NewIncident(const EditChoice& choice, uint64_t number) {
  auto incident = std::make_shared<v1::Incident>();
  incident->add_kind(v1::IncidentKind::CLASH);
  incident->add_name()->set_text("added by " + Tag(number));
  incident->mutable_name(0)->set_key(1);
  AddAccount(*incident, number, choice.which);
  if (choice.which % 2 == 0) TagOrUntag(*incident);
  return {IncidentId(kFirstKey + number), v1::RecordKind::INCIDENT, incident};
}

StatusOr<std::optional<Edit>> MovePlace(const ReadView& view) {
  DAFTAR_ASSIGN_OR_RETURN(const auto place, Read<v1::Place>(view, PlaceId(1)));
  if (place == nullptr) return std::optional<Edit>();
  place->set_parent(PlaceId(place->parent() == PlaceId(0).str() ? 2 : 0).str());
  return std::optional<Edit>({PlaceId(1), v1::RecordKind::PLACE, place});
}

StatusOr<std::optional<Edit>> ChangeActor(const ReadView& view, uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const auto actor, Read<v1::Actor>(view, ActorId()));
  if (actor == nullptr) return std::optional<Edit>();
  if (number % 2 == 0) actor->set_country(actor->country() == "TJ" ? "AF" : "TJ");
  actor->set_notes("said in " + Tag(number));
  return std::optional<Edit>({ActorId(), v1::RecordKind::ACTOR, actor});
}

}  // namespace

Uuid SourceId() { return Uuid::FromName("sim:source"); }
Uuid ActorId() { return Uuid::FromName("sim:actor"); }
Uuid PlaceId(uint64_t number) { return Uuid::FromName("sim:place" + std::to_string(number % kPlaces)); }
Uuid IncidentId(uint64_t number) { return Uuid::FromName("sim:incident" + std::to_string(number)); }

std::string EditChoice::InWords() const {
  const std::string whose = " incident " + std::to_string(incident) + " modulo as many as there are";
  switch (what) {
    case What::kAddAccount:
      return "adds an account to" + whose;
    case What::kAddLongAccount:
      return "adds a long account to" + whose;
    case What::kRemoveAccount:
      return "removes an account of" + whose;
    case What::kSetNotes:
      return "changes the notes of" + whose;
    case What::kMoveAccount:
      return "moves an account of" + whose;
    case What::kTagOrUntag:
      return "tags or untags" + whose;
    case What::kRetireOrRestore:
      return "retires or restores" + whose;
    case What::kAddIncident:
      return "adds an incident";
    case What::kMovePlace:
      return "moves a place";
    case What::kChangeActor:
      return "changes an actor";
  }
  return "does nothing";
}

EditChoice ChooseEdit(uint64_t drawn) {
  constexpr What kWhat[] = {What::kAddAccount,     What::kAddAccount,    What::kAddAccount, What::kAddLongAccount,
                            What::kAddLongAccount, What::kRemoveAccount, What::kSetNotes,   What::kSetNotes};
  return {kWhat[drawn % 8], drawn / 8 % 1000, drawn / 8000 % 1000};
}

EditChoice ChooseReshaping(uint64_t drawn) {
  constexpr What kWhat[] = {What::kMoveAccount,     What::kTagOrUntag,  What::kRetireOrRestore, What::kRetireOrRestore,
                            What::kRetireOrRestore, What::kAddIncident, What::kMovePlace,       What::kChangeActor};
  return {kWhat[drawn % 8], drawn / 8 % 1000, drawn / 8000 % 1000};
}

StatusOr<std::optional<Edit>> MakeEdit(const EditChoice& choice, const ReadView& view, std::span<const Uuid> incidents,
                                       uint64_t number) {
  DAFTAR_ASSIGN_OR_RETURN(const bool places, HasPlaces(view));
  if (!places) return std::optional<Edit>();
  if (choice.what == What::kAddIncident) return std::optional(NewIncident(choice, number));
  if (choice.what == What::kMovePlace) return MovePlace(view);
  if (choice.what == What::kChangeActor) return ChangeActor(view, number);
  const Uuid& id = incidents[choice.incident % incidents.size()];
  DAFTAR_ASSIGN_OR_RETURN(const auto incident, Read<v1::Incident>(view, id));
  if (incident == nullptr || !Change(choice, number, *incident)) return std::optional<Edit>();
  return std::optional<Edit>({id, v1::RecordKind::INCIDENT, incident});
}

v1::Scope ChooseSlice(uint64_t drawn) {
  v1::Scope scope;
  switch (drawn % 7) {
    case 0:
      break;
    case 1:
      scope.add_place(PlaceId(1).str());
      break;
    case 2:
      scope.add_tag(kTagText);
      break;
    case 3:
      scope.add_tag(kTagText);
      scope.add_country("AF");
      break;
    default:
      scope.add_country(drawn % 2 == 0 ? "TJ" : "AF");
  }
  return Canonical(scope);
}

std::string InWords(const v1::Scope& slice) {
  std::string words;
  for (const std::string& country : slice.country()) words += " in " + country;
  if (!slice.place().empty()) words += " in the place that moves";
  if (!slice.tag().empty()) words += " with a tag";
  return words.empty() ? "everything" : "what is" + words;
}

std::string Tag(uint64_t number) { return "edit " + std::to_string(number) + "."; }

std::string TagIn(std::string_view reason) {
  const size_t begin = reason.rfind("edit ");
  if (begin == std::string_view::npos) return "";
  const size_t end = reason.find('.', begin);
  return end == std::string_view::npos ? "" : std::string(reason.substr(begin, end + 1 - begin));
}

}  // namespace daftar::sim
