// Records that need two people: see push_policy.h.
#include <algorithm>
#include <map>
#include <utility>

#include "server/core/policy_change.h"
#include "storage/model/bounded_parse.h"
#include "storage/model/fields.h"
#include "storage/model/kind.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

using ProtoMessage = google::protobuf::Message;
using Review = v1::ReviewState;

std::string MarkingWord(v1::Tlp::Code marking) {
  return marking == v1::Tlp::AMBER_STRICT ? "TLP:AMBER+STRICT" : "TLP:" + v1::Tlp::Code_Name(marking);
}

PartId IdOf(const v1::PartEdit& part) { return {part.field(), part.key()}; }

const v1::PartEdit* Find(const std::vector<v1::PartEdit>& parts, PartId id) {
  const auto at = std::find_if(parts.begin(), parts.end(), [id](const v1::PartEdit& part) { return IdOf(part) == id; });
  return at == parts.end() ? nullptr : &*at;
}

// A part alone, as a record; null if it cannot be read.
std::unique_ptr<ProtoMessage> Alone(Kind kind, const std::string& value) {
  std::unique_ptr<ProtoMessage> part = NewMessage(kind);
  return ParseBounded(value, *part).ok() ? std::move(part) : nullptr;
}

// What the proposal is, without what was decided of it.
std::string SubstanceOf(std::optional<v1::Proposal> proposal) {
  if (!proposal) return "";
  proposal->clear_state();
  proposal->clear_reviewer();
  proposal->clear_answer();
  return proposal->SerializeAsString();
}

bool IsAccepted(const std::optional<v1::Proposal>& proposal) {
  return proposal && proposal->state() == Review::ACCEPTED;
}

// The parts that become others and are what the record says.
std::vector<const v1::PartEdit*> ContentOf(const std::vector<v1::PartEdit>& parts) {
  std::vector<const v1::PartEdit*> content;
  for (const v1::PartEdit& part : parts) {
    if (!IsAboutReview(part.field())) content.push_back(&part);
  }
  return content;
}

// Those of them that no accepted proposal has put forward.
std::vector<const v1::PartEdit*> WithoutProposed(std::vector<const v1::PartEdit*> content,
                                                 const std::vector<v1::Proposal>& accepted) {
  std::map<PartId, std::string> proposed;
  for (const v1::Proposal& proposal : accepted) {
    for (const v1::ProposedPart& part : proposal.part()) proposed[{part.field(), part.item()}] = part.value();
  }
  std::erase_if(content, [&proposed](const v1::PartEdit* part) {
    const auto at = proposed.find(IdOf(*part));
    return at != proposed.end() && at->second == part->value();
  });
  return content;
}

class TwoPersons {
 public:
  TwoPersons(Kind kind, const PolicyChange& change, const RecordBefore& before, const Person& now, Revision base)
      : kind_(kind), change_(change), before_(before), now_(now), base_(base) {}

  v1::Tlp::Code Marking() const;
  std::vector<FieldProblem> Problems();

 private:
  // Somebody who changed something, and when.
  struct Hand {
    Person by;
    Revision revision = 0;
  };
  // The steps since the record was last accepted.
  std::vector<PastStep>::const_iterator Accepted() const;
  std::optional<Hand> NewestHand() const;
  // Who put forward what the proposal is, as seen from a step on.
  std::optional<Hand> ProposerOf(uint64_t key, std::vector<PastStep>::const_iterator from) const;
  // The proposals that became accepted in a step.
  std::vector<v1::Proposal> AcceptedIn(const HistoryStep& step) const;
  std::vector<v1::Proposal> JudgeProposals();
  void JudgeAcceptance(const std::vector<const v1::PartEdit*>& own);
  void Add(std::string path, const std::string& message) {
    problems_.push_back(
        {std::move(path), "a record marked " + MarkingWord(Marking()) + " needs two people here: " + message});
  }

  const Kind kind_;
  const PolicyChange& change_;
  const RecordBefore& before_;
  const Person& now_;
  const Revision base_;
  std::vector<FieldProblem> problems_;
};

std::vector<PastStep>::const_iterator TwoPersons::Accepted() const {
  return std::find_if(before_.steps.begin(), before_.steps.end(), [this](const PastStep& past) {
    const v1::PartEdit* const review = Find(past.step.after, {kReviewField, 0});
    if (review == nullptr) return false;
    const std::unique_ptr<ProtoMessage> part = Alone(kind_, review->value());
    return part != nullptr && ReviewOf(*part) == Review::ACCEPTED;
  });
}

// Also one that it had meanwhile: whoever lowers it first and accepts then gets no further.
v1::Tlp::Code TwoPersons::Marking() const {
  v1::Tlp::Code strictest = std::max(StrictestMarking(*change_.after), StrictestMarking(*change_.before));
  for (auto past = before_.steps.begin(); past != Accepted(); ++past) {
    for (const v1::PartEdit& part : past->step.before) {
      if (part.field() != kTlpField && part.field() != kAccountField) continue;
      if (const std::unique_ptr<ProtoMessage> alone = Alone(kind_, part.value()))
        strictest = std::max(strictest, StrictestMarking(*alone));
    }
  }
  return strictest;
}

std::optional<TwoPersons::Hand> TwoPersons::ProposerOf(uint64_t key, std::vector<PastStep>::const_iterator from) const {
  for (auto past = from; past != before_.steps.end(); ++past) {
    const PartId id{kProposalField, key};
    const v1::PartEdit* const after = Find(past->step.after, id);
    if (after == nullptr) continue;
    const v1::PartEdit* const before = Find(past->step.before, id);
    const std::string was = before == nullptr ? "" : SubstanceOf(ProposalIn(kind_, before->value()));
    if (SubstanceOf(ProposalIn(kind_, after->value())) != was) return Hand{past->by, past->step.commit.revision()};
  }
  return std::nullopt;
}

std::vector<v1::Proposal> TwoPersons::AcceptedIn(const HistoryStep& step) const {
  std::vector<v1::Proposal> accepted;
  for (const v1::PartEdit& part : step.after) {
    if (part.field() != kProposalField) continue;
    std::optional<v1::Proposal> after = ProposalIn(kind_, part.value());
    const v1::PartEdit* const before = Find(step.before, IdOf(part));
    if (IsAccepted(after) && !(before != nullptr && IsAccepted(ProposalIn(kind_, before->value()))))
      accepted.push_back(*std::move(after));
  }
  return accepted;
}

std::optional<TwoPersons::Hand> TwoPersons::NewestHand() const {
  for (auto past = before_.steps.begin(); past != Accepted(); ++past) {
    const std::vector<const v1::PartEdit*> content = ContentOf(past->step.after);
    if (content.empty() && !past->step.created) continue;
    const std::vector<v1::Proposal> accepted = AcceptedIn(past->step);
    const bool proposed = !accepted.empty() && WithoutProposed(content, accepted).empty();
    // What was put forward is the work of who did that.
    if (proposed) {
      if (std::optional<Hand> hand = ProposerOf(accepted.back().key(), past + 1)) {
        hand->revision = past->step.commit.revision();
        return hand;
      }
    }
    return Hand{past->by, past->step.commit.revision()};
  }
  return std::nullopt;
}

std::vector<v1::Proposal> TwoPersons::JudgeProposals() {
  std::vector<v1::Proposal> accepted;
  for (const v1::PartEdit& part : change_.parts) {
    if (part.field() != kProposalField) continue;
    const v1::Proposal* const after = FindProposal(*change_.after, part.key());
    const v1::Proposal* const before = FindProposal(*change_.before, part.key());
    if (after == nullptr || after->state() != Review::ACCEPTED) continue;
    const bool was_accepted = before != nullptr && before->state() == Review::ACCEPTED;
    const bool altered = before == nullptr || SubstanceOf(*before) != SubstanceOf(*after);
    const std::string path = JoinPath(PathOf(*change_.after, IdOf(part)), "state");
    if (altered) {
      Add(path, "a proposal is not made, or altered, and accepted in one push");
      continue;
    }
    if (was_accepted) continue;
    const Hand proposer = ProposerOf(part.key(), before_.steps.begin()).value_or(Hand{{{}, before->author()}, 0});
    if (SamePerson(proposer.by, now_) || SamePerson({{}, before->author()}, {{}, now_.name})) {
      Add(path,
          "somebody else than the author of a proposal accepts it. It stays as it is; ask a colleague to look at "
          "it: daftarctl review show ID");
    }
    accepted.push_back(*after);
  }
  return accepted;
}

void TwoPersons::JudgeAcceptance(const std::vector<const v1::PartEdit*>& own) {
  if (!before_.record) return Add("review", "it is not made and accepted in one push; push it as PROPOSED");
  if (!own.empty()) {
    return Add("review", "it is not changed and accepted in one push. Push the change first; somebody else accepts it");
  }
  const std::optional<Hand> newest = NewestHand();
  if (!newest) return;
  if (SamePerson(newest->by, now_)) {
    Add("review", "somebody else than who made its newest change, at revision " + std::to_string(newest->revision) +
                      ", accepts it");
  } else if (newest->revision > base_) {
    Add("review", "it was changed at revision " + std::to_string(newest->revision) +
                      ", which who accepts it had not seen. Sync, look at it, and accept it then");
  }
}

std::vector<FieldProblem> TwoPersons::Problems() {
  const std::vector<const v1::PartEdit*> own = WithoutProposed(ContentOf(change_.parts), JudgeProposals());
  const bool was_accepted = before_.record && ReviewOf(*change_.before) == Review::ACCEPTED;
  const bool is_accepted = ReviewOf(*change_.after) == Review::ACCEPTED;
  if (is_accepted && !was_accepted) JudgeAcceptance(own);
  if (!was_accepted || own.empty()) return std::move(problems_);
  // To be taken back to review it must not meet another decision on the way.
  const bool may_be_parked = before_.record->revision_of({kReviewField, 0}) > base_;
  if (is_accepted || may_be_parked) {
    Add(PathOf(*change_.after, IdOf(*own.front())),
        "it is accepted, and what it says is changed by a proposal that somebody else accepts: daftarctl suggest ID; "
        "or "
        "it is taken back to review in the same edit: --set review=PROPOSED");
  }
  return std::move(problems_);
}

}  // namespace

std::vector<FieldProblem> TwoPersonProblems(const v1::RecordEdit& edit, const RecordBefore& before, const Person& now,
                                            Revision base, v1::Tlp::Code from) {
  const StatusOr<PolicyChange> change = ChangeOf(edit, before);
  if (!change.ok()) return {{"", daftar::Message(change.status())}};
  TwoPersons rule(edit.kind(), *change, before, now, base);
  if (rule.Marking() < from) return {};
  return rule.Problems();
}

}  // namespace daftar
