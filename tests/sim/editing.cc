#include "tests/sim/editing.h"

#include <array>
#include <utility>

#include "storage/model/parts.h"
#include "tests/sim/edits.h"

namespace daftar::sim {
namespace {

constexpr int32_t kFirstDay = 19'000;  // days since 1970-01-01
constexpr int kMostOfAKind = 6;        // names, tags and keys of one record, that it stays of a size to work with

struct Share {
  Doing doing;
  uint64_t times;  // of all
  const char* words;
};
constexpr std::array kShares = {
    Share{Doing::kSetNotes, 14, "rewrites the notes"},
    Share{Doing::kAddAccount, 12, "adds an account"},
    Share{Doing::kChangeAccount, 18, "changes a field of an account"},
    Share{Doing::kRemoveAccount, 9, "removes an account"},
    Share{Doing::kAddName, 3, "adds a name"},
    Share{Doing::kChangeName, 4, "changes a name"},
    Share{Doing::kAddTag, 3, "adds a tag"},
    Share{Doing::kRemoveTag, 2, "removes a tag"},
    Share{Doing::kAddKey, 2, "adds a key of another system"},
    Share{Doing::kChangeKey, 2, "changes a key of another system"},
    Share{Doing::kChoose, 4, "chooses what is shown"},
    Share{Doing::kRetireOrRestore, 3, "retires or restores"},
    Share{Doing::kComment, 4, "comments"},
    Share{Doing::kReply, 3, "answers a comment"},
    Share{Doing::kFinishComment, 2, "says that a comment is done"},
    Share{Doing::kRemoveComment, 4, "removes a comment"},
    Share{Doing::kPropose, 5, "puts a change forward"},
    Share{Doing::kAccept, 3, "accepts a proposal"},
    Share{Doing::kAnswerProposal, 2, "returns or holds a proposal"},
    Share{Doing::kClearProposal, 4, "clears a proposal"},
    Share{Doing::kReview, 2, "sets the state of review"},
    Share{Doing::kDecide, 10, "decides a conflict"},
    Share{Doing::kUndo, 4, "undoes"},
    Share{Doing::kOpenForm, 6, "opens a form and types"},
    Share{Doing::kSendForm, 6, "sends a form"},
    Share{Doing::kSendDraft, 1, "sends a draft again"},
};
constexpr uint64_t AllShares() {
  uint64_t all = 0;
  for (const Share& share : kShares) all += share.times;
  return all;
}

template <typename Items>
int Any(const Items& items, Hand& hand) {
  return static_cast<int>(hand.random.Below(static_cast<uint64_t>(items.size())));
}

v1::FuzzyDate SomeDate(Hand& hand) {
  v1::FuzzyDate date;
  const auto day = static_cast<int32_t>(kFirstDay + hand.random.Below(500));
  date.set_first_day(day);
  date.set_last_day(day);
  date.set_precision(v1::DatePrecision::DAY);
  date.set_wording(hand.values.Words("on the day"));
  return date;
}

void SetToll(v1::Toll& toll, Hand& hand) { toll.set_best(hand.values.Figure()); }

void SetRole(v1::Role& role, Hand& hand) {
  role.set_actor(ActorId().str());
  role.set_kind(v1::RoleKind::SIDE_A);
  role.set_wording(hand.values.Words("the unit"));
}

std::string Narrative(Hand& hand) {
  std::string text = hand.values.Words("It was told that");
  const uint64_t sentences = hand.random.Below(4);
  for (uint64_t i = 0; i < sentences; ++i) text += ".\nThose who came later saw the bridge and the road behind it";
  return text;
}

// A telling as it is typed: most of it in one go.
void AddTelling(v1::Incident& incident, Hand& hand) {
  const std::string summary = hand.values.Words("said");
  AddAccount(incident, hand.values.last(), summary);
  v1::Account& account = *incident.mutable_account()->rbegin();
  if (hand.random.Below(2) == 0) *account.mutable_date() = SomeDate(hand);
  if (hand.random.Below(2) == 0) SetToll(*account.add_killed(), hand);
  if (hand.random.Below(3) == 0) SetRole(*account.add_role(), hand);
}

void ChangeTelling(v1::Account& account, Hand& hand) {
  switch (hand.random.Below(6)) {
    case 0:
      return account.set_summary(hand.values.Words("said anew"));
    case 1:
      *account.mutable_date() = SomeDate(hand);
      return;
    case 2:
      return SetToll(account.killed().empty() ? *account.add_killed() : *account.mutable_killed(0), hand);
    case 3:
      return SetToll(account.wounded().empty() ? *account.add_wounded() : *account.mutable_wounded(0), hand);
    case 4:
      return SetRole(account.role().empty() ? *account.add_role() : *account.mutable_role(0), hand);
    default:
      return account.set_note(hand.values.Words("a note"));
  }
}

// A choice goes with the account that it names, as an editor's form sees to it.
void RemoveTelling(v1::Incident& incident, int which) {
  const uint64_t key = incident.account(which).key();
  incident.mutable_account()->DeleteSubrange(which, 1);
  for (int i = incident.choice_size() - 1; i >= 0; --i) {
    if (incident.choice(i).account() == key) incident.mutable_choice()->DeleteSubrange(i, 1);
  }
}

void Choose(v1::Incident& incident, Hand& hand) {
  constexpr std::array kAttributes = {v1::Attribute::DATE, v1::Attribute::KILLED, v1::Attribute::PLACE};
  const uint64_t attribute = static_cast<uint64_t>(kAttributes[hand.random.Below(kAttributes.size())]);
  v1::Choice* choice = nullptr;
  for (v1::Choice& each : *incident.mutable_choice()) {
    if (each.key() == attribute) choice = &each;
  }
  if (choice == nullptr) choice = incident.add_choice();
  choice->set_key(attribute);
  choice->set_account(incident.account(Any(incident.account(), hand)).key());
  choice->set_reason(hand.values.Words("as the nearer one has it"));
}

// The item gets the number of its value as its key, so that no two are added under one.
template <typename Item>
Item& AddKeyed(google::protobuf::RepeatedPtrField<Item>& items, Hand& hand) {
  Item& item = *items.Add();
  item.set_key(hand.values.last() + 1);
  return item;
}

bool ChangeItems(Doing doing, v1::Incident& incident, Hand& hand) {
  switch (doing) {
    case Doing::kAddName:
      if (incident.name_size() >= kMostOfAKind) return false;
      AddKeyed(*incident.mutable_name(), hand).set_text(hand.values.Words("a clash"));
      return true;
    case Doing::kChangeName:
      incident.mutable_name(Any(incident.name(), hand))->set_text(hand.values.Words("the clash"));
      return true;
    case Doing::kAddTag:
      if (incident.tag_size() >= kMostOfAKind) return false;
      AddKeyed(*incident.mutable_tag(), hand).set_text(hand.values.Words("tag"));
      return true;
    case Doing::kRemoveTag:
      if (incident.tag().empty()) return false;
      incident.mutable_tag()->DeleteSubrange(Any(incident.tag(), hand), 1);
      return true;
    case Doing::kAddKey: {
      if (incident.external_size() >= kMostOfAKind) return false;
      v1::External& key = AddKeyed(*incident.mutable_external(), hand);
      key.set_system("elsewhere");
      key.set_id(hand.values.Words("key"));
      return true;
    }
    case Doing::kChangeKey:
      if (incident.external().empty()) return false;
      incident.mutable_external(Any(incident.external(), hand))->set_version(hand.values.Words("release"));
      return true;
    default:
      return false;
  }
}

// Whether there was anything to change.
bool ChangeIncident(Doing doing, v1::Incident& incident, Hand& hand) {
  const bool of_account = doing == Doing::kChangeAccount || doing == Doing::kRemoveAccount || doing == Doing::kChoose;
  if (of_account && incident.account().empty()) return false;
  switch (doing) {
    case Doing::kSetNotes:
      incident.set_notes(Narrative(hand));
      return true;
    case Doing::kAddAccount:
      AddTelling(incident, hand);
      return true;
    case Doing::kChangeAccount:
      ChangeTelling(*incident.mutable_account(Any(incident.account(), hand)), hand);
      return true;
    case Doing::kRemoveAccount:
      RemoveTelling(incident, Any(incident.account(), hand));
      return true;
    case Doing::kChoose:
      Choose(incident, hand);
      return true;
    case Doing::kRetireOrRestore:
      if (incident.has_retired()) {
        incident.clear_retired();
      } else {
        incident.mutable_retired()->set_reason(hand.values.Words("told twice"));
      }
      return true;
    default:
      return ChangeItems(doing, incident, hand);
  }
}

std::shared_ptr<v1::Incident> CopyOf(const Record& record) { return std::make_shared<v1::Incident>(record.incident()); }

StatusOr<Reviewed> AsReviewed(StatusOr<Commented> commented) {
  DAFTAR_RETURN_IF_ERROR(commented.status());
  return commented->record;
}

StatusOr<Reviewed> ChangeComments(Doing doing, const Record& record, Hand& hand) {
  const auto& comments = CommentsOf(record.message());
  if (doing == Doing::kComment) {
    const PartId part = hand.random.Below(2) == 0 ? PartId{0, 0} : PartId{32, 0};
    return AsReviewed(AddComment(record, part, hand.values.Words("is this so?"), hand.voice, 0));
  }
  if (comments.empty()) return Reviewed();
  const uint64_t key = comments[Any(comments, hand)].key();
  if (doing == Doing::kReply)
    return AsReviewed(AddComment(record, {0, 0}, hand.values.Words("it is"), hand.voice, key));
  if (doing == Doing::kRemoveComment) return RemoveComment(record, key);
  return SetCommentDone(record, key, !FindComment(record.message(), key)->done());
}

StatusOr<Reviewed> PutForward(const Record& record, Hand& hand) {
  constexpr std::array kWhat = {Doing::kSetNotes, Doing::kAddAccount, Doing::kChangeAccount, Doing::kRemoveAccount,
                                Doing::kChangeName};
  const std::shared_ptr<v1::Incident> edited = CopyOf(record);
  if (!ChangeIncident(kWhat[hand.random.Below(kWhat.size())], *edited, hand)) return Reviewed();
  DAFTAR_ASSIGN_OR_RETURN(const Proposed proposed,
                          Propose(record, *edited, hand.values.Words("since it is better so"), hand.voice, hand.sees));
  return proposed.record;
}

StatusOr<Reviewed> DecideProposals(Doing doing, const Record& record, Hand& hand) {
  const auto& proposals = ProposalsOf(record.message());
  if (proposals.empty()) return Reviewed();
  const v1::Proposal& proposal = proposals[Any(proposals, hand)];
  if (doing == Doing::kClearProposal) return ClearProposal(record, proposal.key());
  if (StateOf(proposal) == v1::ReviewState::ACCEPTED) return Reviewed();
  const Answer answer{hand.voice.name, hand.values.Words("looked at")};
  if (doing == Doing::kAnswerProposal) {
    const auto state = hand.random.Below(2) == 0 ? v1::ReviewState::RETURNED : v1::ReviewState::ON_HOLD;
    return DecideProposal(record, proposal.key(), state, answer);
  }
  DAFTAR_ASSIGN_OR_RETURN(const Acceptance accepted,
                          AcceptProposal(record, proposal.key(), answer, /*over_newer=*/hand.random.Below(2) == 0));
  return accepted.record;
}

}  // namespace

Doing ChooseDoing(uint64_t drawn) {
  uint64_t rest = drawn % AllShares();
  for (const Share& share : kShares) {
    if (rest < share.times) return share.doing;
    rest -= share.times;
  }
  return Doing::kSetNotes;
}

const char* InWords(Doing doing) {
  for (const Share& share : kShares) {
    if (share.doing == doing) return share.words;
  }
  return "does nothing";
}

void AddAccount(v1::Incident& incident, uint64_t key, const std::string& summary) {
  v1::Account& account = *incident.add_account();
  account.set_key(key);
  account.set_source(SourceId().str());
  account.set_place(PlaceId(key).str());
  account.set_summary(summary);
}

StatusOr<Reviewed> Changed(Doing doing, const Record& record, Hand& hand) {
  switch (doing) {
    case Doing::kComment:
    case Doing::kReply:
    case Doing::kFinishComment:
    case Doing::kRemoveComment:
      return ChangeComments(doing, record, hand);
    case Doing::kPropose:
      return PutForward(record, hand);
    case Doing::kAccept:
    case Doing::kAnswerProposal:
    case Doing::kClearProposal:
      return DecideProposals(doing, record, hand);
    case Doing::kReview:
      return SetReview(record, hand.random.Below(2) == 0 ? v1::ReviewState::IN_REVIEW : v1::ReviewState::ON_HOLD,
                       hand.values.Words("taken up"), hand.voice);
    default: {
      const std::shared_ptr<v1::Incident> incident = CopyOf(record);
      return ChangeIncident(doing, *incident, hand) ? Reviewed(incident) : Reviewed();
    }
  }
}

Uuid EditedIncident(uint64_t number) { return Uuid::FromName("sim:edited" + std::to_string(number)); }

}  // namespace daftar::sim
