#include "storage/model/review.h"

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#include "daftar/v1/records.pb.h"
#include "storage/base/hash.h"
#include "storage/model/bounded_parse.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

using ProtoMessage = google::protobuf::Message;
using google::protobuf::RepeatedPtrField;

constexpr uint64_t kKeyMask = (uint64_t{1} << 48) - 1;

// The kind `As`, const where `As` has to be.
template <typename Of, typename As>
using Like = std::conditional_t<std::is_const_v<Of>, const As, As>;

// Calls `visit` with the record as the message of its kind. REQUIRES: a record's message.
template <typename Of, typename Visit>
decltype(auto) VisitKind(Of& record, Visit visit) {
  const auto* const type = record.GetDescriptor();
  if (type == v1::Actor::descriptor()) return visit(static_cast<Like<Of, v1::Actor>&>(record));
  if (type == v1::Place::descriptor()) return visit(static_cast<Like<Of, v1::Place>&>(record));
  if (type == v1::Source::descriptor()) return visit(static_cast<Like<Of, v1::Source>&>(record));
  if (type == v1::Relation::descriptor()) return visit(static_cast<Like<Of, v1::Relation>&>(record));
  if (type == v1::AlertPeriod::descriptor()) return visit(static_cast<Like<Of, v1::AlertPeriod>&>(record));
  DAFTAR_CHECK(type == v1::Incident::descriptor());
  return visit(static_cast<Like<Of, v1::Incident>&>(record));
}

RepeatedPtrField<v1::Comment>& MutableComments(ProtoMessage& record) {
  return VisitKind(record, [](auto& kind) -> RepeatedPtrField<v1::Comment>& { return *kind.mutable_comment(); });
}

RepeatedPtrField<v1::Proposal>& MutableProposals(ProtoMessage& record) {
  return VisitKind(record, [](auto& kind) -> RepeatedPtrField<v1::Proposal>& { return *kind.mutable_proposal(); });
}

template <typename Item>
const Item* FindItem(const RepeatedPtrField<Item>& items, uint64_t key) {
  const auto at = std::find_if(items.begin(), items.end(), [key](const Item& item) { return item.key() == key; });
  return at == items.end() ? nullptr : &*at;
}

// A key from what the item says, as AssignKeys gives it (storage/authoring); stepped by one while it is taken.
template <typename Item>
uint64_t KeyFor(const Item& item, const RepeatedPtrField<Item>& others) {
  uint64_t key = Hash64("daftar.item-key.v1", {Item::descriptor()->full_name(), item.SerializeAsString()}) & kKeyMask;
  key = std::max<uint64_t>(key, 1);
  while (FindItem(others, key) != nullptr) key = key == kKeyMask ? 1 : key + 1;
  return key;
}

std::shared_ptr<ProtoMessage> CopyOf(const ProtoMessage& message) {
  std::shared_ptr<ProtoMessage> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

Status NoProposal(uint64_t key) { return NotFound("the record has no proposal with the key " + std::to_string(key)); }

// The one with that key, if it may still be decided.
StatusOr<const v1::Proposal*> Undecided(const Record& record, uint64_t key) {
  const v1::Proposal* proposal = FindProposal(record.message(), key);
  if (proposal == nullptr) return NoProposal(key);
  if (proposal->state() == v1::ReviewState::ACCEPTED) {
    return FailedPrecondition("the proposal " + std::to_string(key) + " was accepted already" +
                              (proposal->reviewer().empty() ? "" : ", by " + proposal->reviewer()) +
                              ". To change what came of it, propose or make another change");
  }
  return proposal;
}

void Decide(v1::Proposal& proposal, v1::ReviewState::Code state, const Answer& answer) {
  proposal.set_state(state);
  proposal.set_reviewer(answer.reviewer);
  proposal.set_answer(answer.words);
}

}  // namespace

const RepeatedPtrField<v1::Comment>& CommentsOf(const ProtoMessage& record) {
  return VisitKind(record, [](auto& kind) -> const RepeatedPtrField<v1::Comment>& { return kind.comment(); });
}

const RepeatedPtrField<v1::Proposal>& ProposalsOf(const ProtoMessage& record) {
  return VisitKind(record, [](auto& kind) -> const RepeatedPtrField<v1::Proposal>& { return kind.proposal(); });
}

v1::ReviewState::Code ReviewOf(const ProtoMessage& record) {
  const auto state = VisitKind(record, [](auto& kind) { return kind.review(); });
  return state == v1::ReviewState::UNSET ? v1::ReviewState::PROPOSED : state;
}

v1::Tlp::Code StrictestMarking(const ProtoMessage& record) {
  return VisitKind(record, [](auto& kind) {
    v1::Tlp::Code strictest = std::max(kind.tlp(), v1::Tlp::CLEAR);
    if constexpr (requires { kind.account(); }) {
      for (const v1::Account& account : kind.account()) strictest = std::max(strictest, account.tlp());
    }
    return strictest;
  });
}

v1::ReviewState::Code StateOf(const v1::Proposal& proposal) {
  return proposal.state() == v1::ReviewState::UNSET ? v1::ReviewState::PROPOSED : proposal.state();
}

bool IsOpen(const v1::Proposal& proposal) {
  return proposal.state() != v1::ReviewState::ACCEPTED && proposal.state() != v1::ReviewState::RETURNED;
}

const v1::Proposal* FindProposal(const ProtoMessage& record, uint64_t key) {
  return FindItem(ProposalsOf(record), key);
}

const v1::Comment* FindComment(const ProtoMessage& record, uint64_t key) { return FindItem(CommentsOf(record), key); }

std::vector<v1::PartEdit> EditsOf(const v1::Proposal& proposal) {
  std::vector<v1::PartEdit> edits;
  for (const v1::ProposedPart& part : proposal.part()) {
    v1::PartEdit& edit = edits.emplace_back();
    edit.set_field(part.field());
    edit.set_key(part.item());
    edit.set_value(part.value());
  }
  return edits;
}

StatusOr<Proposed> Propose(const Record& record, const ProtoMessage& edited, const std::string& reason,
                           const Voice& author, Revision base) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string from, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::string to, CanonicalBody(edited));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::PartEdit> edits, DiffParts(from, to));
  if (edits.empty()) return InvalidArgument("nothing changes, so there is nothing to propose");
  if (edits.size() > kMaxProposedParts) {
    return InvalidArgument("this changes " + std::to_string(edits.size()) +
                           " parts of the record, and a proposal at most " + std::to_string(kMaxProposedParts) +
                           ": make several");
  }
  v1::Proposal proposal;
  proposal.set_reason(reason);
  proposal.set_author(author.name);
  proposal.set_at_ms(author.at_ms);
  proposal.set_state(v1::ReviewState::PROPOSED);
  proposal.set_base_revision(base);
  for (const v1::PartEdit& edit : edits) {
    if (edit.field() == kCommentField || edit.field() == kProposalField)
      return InvalidArgument("a proposal changes what the record says, not what is said about it");
    v1::ProposedPart& part = *proposal.add_part();
    part.set_field(edit.field());
    part.set_item(edit.key());
    part.set_value(edit.value());
  }
  if (proposal.ByteSizeLong() > kMaxProposalBytes)
    return InvalidArgument("the proposal takes " + std::to_string(proposal.ByteSizeLong()) + " bytes; at most " +
                           std::to_string(kMaxProposalBytes) + ": make several");
  const std::shared_ptr<ProtoMessage> message = CopyOf(record.message());
  auto& proposals = MutableProposals(*message);
  proposal.set_key(KeyFor(proposal, proposals));
  *proposals.Add() = proposal;
  return Proposed{message, proposal.key()};
}

StatusOr<std::vector<Overlap>> OverlapsOf(const Record& record, const v1::Proposal& proposal) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(body));
  const Revision base = proposal.base_revision();
  constexpr PartId kRetired{kRetiredField, 0};
  std::vector<Overlap> overlaps;
  bool decides_retirement = false;
  for (const v1::ProposedPart& part : proposal.part()) {
    const PartId id{part.field(), part.item()};
    const std::string theirs(FindPart(parts, id));
    if (id == kRetired) decides_retirement = true;
    if (theirs == part.value()) continue;
    if (record.revision_of(id) > base) overlaps.push_back({id, theirs, part.value(), record.revision_of(id)});
    if (id != kRetired || part.value().empty()) continue;
    // Who retires a record has to have seen all of it.
    for (const Part& other : parts) {
      const Revision revision = record.revision_of(other.id);
      if (other.id != kRetired && !IsAboutReview(other.id.first) && revision > base)
        overlaps.push_back({other.id, other.bytes, "", revision});
    }
  }
  const bool retired_since = record.retirement() != nullptr && record.revision_of(kRetired) > base;
  if (retired_since && !decides_retirement && proposal.part_size() > 0)
    overlaps.push_back({kRetired, std::string(FindPart(parts, kRetired)), std::string(FindPart(parts, kRetired)),
                        record.revision_of(kRetired)});
  return overlaps;
}

StatusOr<Acceptance> AcceptProposal(const Record& record, uint64_t key, const Answer& answer, bool over_newer) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Proposal* proposal, Undecided(record, key));
  Acceptance acceptance;
  DAFTAR_ASSIGN_OR_RETURN(acceptance.overlaps, OverlapsOf(record, *proposal));
  if (!acceptance.overlaps.empty() && !over_newer) return acceptance;
  DAFTAR_ASSIGN_OR_RETURN(std::string body, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, EditsOf(*proposal)));
  const std::shared_ptr<ProtoMessage> message(record.message().New());
  DAFTAR_RETURN_IF_ERROR(ParseBounded(body, *message));
  for (v1::Proposal& each : MutableProposals(*message)) {
    if (each.key() == key) Decide(each, v1::ReviewState::ACCEPTED, answer);
  }
  acceptance.record = message;
  return acceptance;
}

StatusOr<Reviewed> DecideProposal(const Record& record, uint64_t key, v1::ReviewState::Code state,
                                  const Answer& answer) {
  const bool may = state == v1::ReviewState::RETURNED || state == v1::ReviewState::ON_HOLD ||
                   state == v1::ReviewState::IN_REVIEW || state == v1::ReviewState::PROPOSED;
  if (!may) return InvalidArgument("a proposal is returned, held or taken up; to accept it is to make its change");
  DAFTAR_RETURN_IF_ERROR(Undecided(record, key).status());
  const std::shared_ptr<ProtoMessage> message = CopyOf(record.message());
  for (v1::Proposal& each : MutableProposals(*message)) {
    if (each.key() == key) Decide(each, state, answer);
  }
  return Reviewed(message);
}

StatusOr<Reviewed> ClearProposal(const Record& record, uint64_t key) {
  if (FindProposal(record.message(), key) == nullptr) return NoProposal(key);
  const std::shared_ptr<ProtoMessage> message = CopyOf(record.message());
  auto& proposals = MutableProposals(*message);
  proposals.erase(
      std::remove_if(proposals.begin(), proposals.end(), [key](const v1::Proposal& each) { return each.key() == key; }),
      proposals.end());
  return Reviewed(message);
}

StatusOr<Reviewed> SetReview(const Record& record, v1::ReviewState::Code state, const std::string& words,
                             const Voice& reviewer) {
  std::shared_ptr<ProtoMessage> message = CopyOf(record.message());
  if (!words.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(const Commented commented, AddComment(record, {kReviewField, 0}, words, reviewer, 0));
    message = CopyOf(*commented.record);
  }
  VisitKind(*message, [state](auto& kind) { kind.set_review(state); });
  return Reviewed(message);
}

StatusOr<Commented> AddComment(const Record& record, PartId part, const std::string& text, const Voice& author,
                               uint64_t reply_to) {
  if (text.empty()) return InvalidArgument("a comment says something");
  v1::Comment comment;
  comment.set_text(text);
  comment.set_author(author.name);
  comment.set_at_ms(author.at_ms);
  comment.set_field(part.first);
  comment.set_item(part.second);
  if (reply_to != 0) {
    const v1::Comment* const answered = FindComment(record.message(), reply_to);
    if (answered == nullptr) return NotFound("the record has no comment with the key " + std::to_string(reply_to));
    comment.set_reply_to(reply_to);
    // An answer is about what the comment is about, unless it says otherwise.
    if (part == PartId{0, 0}) {
      comment.set_field(answered->field());
      comment.set_item(answered->item());
    }
  }
  const std::shared_ptr<ProtoMessage> message = CopyOf(record.message());
  auto& comments = MutableComments(*message);
  comment.set_key(KeyFor(comment, comments));
  *comments.Add() = comment;
  return Commented{message, comment.key()};
}

StatusOr<Reviewed> SetCommentDone(const Record& record, uint64_t key, bool done) {
  if (FindComment(record.message(), key) == nullptr)
    return NotFound("the record has no comment with the key " + std::to_string(key));
  const std::shared_ptr<ProtoMessage> message = CopyOf(record.message());
  for (v1::Comment& each : MutableComments(*message)) {
    if (each.key() == key) each.set_done(done);
  }
  return Reviewed(message);
}

StatusOr<Reviewed> RemoveComment(const Record& record, uint64_t key) {
  if (FindComment(record.message(), key) == nullptr)
    return NotFound("the record has no comment with the key " + std::to_string(key));
  const std::shared_ptr<ProtoMessage> message = CopyOf(record.message());
  auto& comments = MutableComments(*message);
  std::set<uint64_t> gone = {key};
  // Answers may stand before what they answer: until no more of them go.
  for (size_t before = 0; before != gone.size();) {
    before = gone.size();
    for (const v1::Comment& each : comments) {
      if (gone.contains(each.reply_to())) gone.insert(each.key());
    }
  }
  comments.erase(std::remove_if(comments.begin(), comments.end(),
                                [&gone](const v1::Comment& each) { return gone.contains(each.key()); }),
                 comments.end());
  return Reviewed(message);
}

}  // namespace daftar
