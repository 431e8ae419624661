// Proposals and comments: how a record becomes one that has them, and what becomes of them.
#include "storage/model/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daftar/v1/records.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint32_t kNotes = 32;

const v1::Incident& IncidentOf(const Reviewed& record) { return static_cast<const v1::Incident&>(*record); }

class ReviewTest : public ::testing::Test {
 protected:
  ReviewTest() {
    incident_.add_kind(v1::IncidentKind::CLASH);
    incident_.set_notes("as it was");
    v1::Name* name = incident_.add_name();
    name->set_key(1);
    name->set_text("Clash in Darvoz");
  }

  // The record as the server has it, made at revision 3; `set`: parts that were set later.
  Record Stored(const std::map<PartId, Revision>& set = {}) const { return StoredAs(incident_, set); }
  static Record StoredAs(const google::protobuf::Message& message, const std::map<PartId, Revision>& set = {}) {
    v1::StoredRecord stored;
    stored.set_id(Uuid::FromName("clash").str());
    stored.set_kind(v1::RecordKind::INCIDENT);
    stored.set_created(3);
    stored.set_body(*CanonicalBody(message));
    for (const auto& [part, revision] : set) {
      v1::PartRevision& entry = *stored.add_part();
      entry.set_field(part.first);
      entry.set_key(part.second);
      entry.set_revision(revision);
      stored.set_revision(std::max(stored.revision(), revision));
    }
    return *Record::FromStored(stored);
  }
  // A proposal of other notes, made on revision 5.
  Proposed ProposeNotes(const std::string& notes) const {
    v1::Incident edited = incident_;
    edited.set_notes(notes);
    return *Propose(Stored(), edited, "a second source", {"Amina", 1000}, 5);
  }
  // The record with that proposal, and what was set since.
  static Record With(const Proposed& proposed, const std::map<PartId, Revision>& set = {}) {
    return StoredAs(*proposed.record, set);
  }

  v1::Incident incident_;
  const Answer bahrom_{"Bahrom", "I have seen it"};
};

TEST_F(ReviewTest, AProposalChangesNothingOfTheRecordYet) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  EXPECT_EQ(IncidentOf(proposed.record).notes(), "as it was");
  const v1::Proposal* proposal = FindProposal(*proposed.record, proposed.key);
  ASSERT_NE(proposal, nullptr);
  EXPECT_EQ(proposal->author(), "Amina");
  EXPECT_EQ(proposal->base_revision(), 5u);
  EXPECT_EQ(proposal->state(), v1::ReviewState::PROPOSED);
  ASSERT_EQ(proposal->part_size(), 1);
  EXPECT_EQ(proposal->part(0).field(), kNotes);
}

TEST_F(ReviewTest, TwoProposalsOfTheSameHaveKeysOfTheirOwn) {
  const Proposed first = ProposeNotes("other");
  v1::Incident edited = IncidentOf(first.record);
  edited.set_notes("other");
  const Proposed second = *Propose(With(first), edited, "a second source", {"Amina", 1000}, 5);
  EXPECT_NE(first.key, second.key);
  EXPECT_THAT(ProposalsOf(*second.record), SizeIs(2));
}

TEST_F(ReviewTest, NothingIsNoProposal) {
  EXPECT_EQ(Propose(Stored(), incident_, "r", {}, 5).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(ReviewTest, ACommentIsNoProposal) {
  v1::Incident edited = incident_;
  edited.add_comment()->set_key(4);
  EXPECT_THAT(Propose(Stored(), edited, "r", {}, 5).status().ToString(), HasSubstr("what is said about it"));
}

TEST_F(ReviewTest, AProposalOfTooMuchIsRefused) {
  v1::Incident edited = incident_;
  for (uint64_t key = 1; key <= kMaxProposedParts + 1; ++key) edited.add_tag()->set_key(key);
  EXPECT_THAT(Propose(Stored(), edited, "r", {}, 5).status().ToString(), HasSubstr("make several"));
}

TEST_F(ReviewTest, AcceptingMakesTheChangeAndKeepsTheProposal) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  const Acceptance accepted = *AcceptProposal(With(proposed), proposed.key, bahrom_, false);
  ASSERT_NE(accepted.record, nullptr);
  EXPECT_EQ(IncidentOf(accepted.record).notes(), "as it ought to be");
  const v1::Proposal* proposal = FindProposal(*accepted.record, proposed.key);
  EXPECT_EQ(proposal->state(), v1::ReviewState::ACCEPTED);
  EXPECT_EQ(proposal->reviewer(), "Bahrom");
  EXPECT_EQ(proposal->answer(), "I have seen it");
}

TEST_F(ReviewTest, APartThatIsToBeRemovedIsRemoved) {
  v1::Incident edited = incident_;
  edited.clear_notes();
  const Proposed proposed = *Propose(Stored(), edited, "r", {"Amina", 1}, 5);
  EXPECT_EQ(IncidentOf(AcceptProposal(With(proposed), proposed.key, bahrom_, false)->record).notes(), "");
}

TEST_F(ReviewTest, WhatWasChangedSinceIsNotPutOverSilently) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  const Acceptance accepted = *AcceptProposal(With(proposed, {{{kNotes, 0}, 6}}), proposed.key, bahrom_, false);
  EXPECT_EQ(accepted.record, nullptr);
  ASSERT_THAT(accepted.overlaps, SizeIs(1));
  EXPECT_EQ(accepted.overlaps[0].part, PartId(kNotes, 0));
  EXPECT_THAT(accepted.overlaps[0].theirs, HasSubstr("as it was"));
  EXPECT_THAT(accepted.overlaps[0].proposed, HasSubstr("ought to be"));
  EXPECT_EQ(accepted.overlaps[0].revision, 6u);
}

TEST_F(ReviewTest, WhatWasChangedSinceIsPutOverWhenThatIsSaid) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  const Acceptance accepted = *AcceptProposal(With(proposed, {{{kNotes, 0}, 6}}), proposed.key, bahrom_, true);
  EXPECT_EQ(IncidentOf(accepted.record).notes(), "as it ought to be");
  EXPECT_THAT(accepted.overlaps, SizeIs(1));
}

TEST_F(ReviewTest, WhatItsAuthorHadSeenIsNotInTheWay) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  EXPECT_THAT(AcceptProposal(With(proposed, {{{kNotes, 0}, 5}}), proposed.key, bahrom_, false)->overlaps, IsEmpty());
}

TEST_F(ReviewTest, AnotherPartThatWasChangedSinceIsNotInTheWay) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  EXPECT_THAT(AcceptProposal(With(proposed, {{{40, 1}, 9}}), proposed.key, bahrom_, false)->overlaps, IsEmpty());
}

TEST_F(ReviewTest, WhatSomebodyElseChangedToTheVerySameIsNotInTheWay) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  v1::Incident now = IncidentOf(proposed.record);
  now.set_notes("as it ought to be");
  EXPECT_THAT(AcceptProposal(StoredAs(now, {{{kNotes, 0}, 9}}), proposed.key, bahrom_, false)->overlaps, IsEmpty());
}

TEST_F(ReviewTest, ARecordThatWasRetiredSinceIsInTheWay) {
  const Proposed proposed = ProposeNotes("as it ought to be");
  v1::Incident now = IncidentOf(proposed.record);
  now.mutable_retired()->set_reason("a duplicate");
  const Acceptance accepted = *AcceptProposal(StoredAs(now, {{{kRetiredField, 0}, 7}}), proposed.key, bahrom_, false);
  ASSERT_THAT(accepted.overlaps, SizeIs(1));
  EXPECT_EQ(accepted.overlaps[0].part, PartId(kRetiredField, 0));
}

TEST_F(ReviewTest, ToRetireARecordOneHasToHaveSeenAllOfIt) {
  v1::Incident edited = incident_;
  edited.mutable_retired()->set_reason("a duplicate");
  const Proposed proposed = *Propose(Stored(), edited, "r", {"Amina", 1}, 5);
  const Acceptance accepted = *AcceptProposal(With(proposed, {{{kNotes, 0}, 6}}), proposed.key, bahrom_, false);
  ASSERT_THAT(accepted.overlaps, SizeIs(1));
  EXPECT_EQ(accepted.overlaps[0].part, PartId(kNotes, 0));
}

TEST_F(ReviewTest, AProposalIsAcceptedOnce) {
  const Proposed proposed = ProposeNotes("other");
  const Acceptance accepted = *AcceptProposal(With(proposed), proposed.key, bahrom_, false);
  const Record after = StoredAs(*accepted.record);
  EXPECT_EQ(AcceptProposal(after, proposed.key, bahrom_, false).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(DecideProposal(after, proposed.key, v1::ReviewState::RETURNED, bahrom_).status().code(),
            StatusCode::kFailedPrecondition);
}

TEST_F(ReviewTest, AReturnedProposalCarriesTheAnswerAndChangesNothing) {
  const Proposed proposed = ProposeNotes("other");
  const Reviewed returned = *DecideProposal(With(proposed), proposed.key, v1::ReviewState::RETURNED, bahrom_);
  EXPECT_EQ(IncidentOf(returned).notes(), "as it was");
  EXPECT_EQ(FindProposal(*returned, proposed.key)->answer(), "I have seen it");
  EXPECT_FALSE(IsOpen(*FindProposal(*returned, proposed.key)));
}

TEST_F(ReviewTest, AProposalThatIsHeldOrTakenUpStaysOpen) {
  const Proposed proposed = ProposeNotes("other");
  for (const auto state : {v1::ReviewState::ON_HOLD, v1::ReviewState::IN_REVIEW}) {
    const Reviewed decided = *DecideProposal(With(proposed), proposed.key, state, bahrom_);
    EXPECT_TRUE(IsOpen(*FindProposal(*decided, proposed.key)));
    EXPECT_EQ(StateOf(*FindProposal(*decided, proposed.key)), state);
  }
}

TEST_F(ReviewTest, ToAcceptIsNotMerelyToSaySo) {
  const Proposed proposed = ProposeNotes("other");
  EXPECT_EQ(DecideProposal(With(proposed), proposed.key, v1::ReviewState::ACCEPTED, bahrom_).status().code(),
            StatusCode::kInvalidArgument);
}

TEST_F(ReviewTest, AClearedProposalIsGone) {
  const Proposed proposed = ProposeNotes("other");
  EXPECT_THAT(ProposalsOf(**ClearProposal(With(proposed), proposed.key)), IsEmpty());
  EXPECT_EQ(ClearProposal(Stored(), proposed.key).status().code(), StatusCode::kNotFound);
}

TEST_F(ReviewTest, AStateIsSetWithAComment) {
  const Reviewed set = *SetReview(Stored(), v1::ReviewState::RETURNED, "which day?", {"Bahrom", 5});
  EXPECT_EQ(ReviewOf(*set), v1::ReviewState::RETURNED);
  ASSERT_THAT(CommentsOf(*set), SizeIs(1));
  EXPECT_EQ(CommentsOf(*set)[0].field(), kReviewField);
  EXPECT_EQ(CommentsOf(*set)[0].author(), "Bahrom");
}

TEST_F(ReviewTest, AStateIsSetWithoutWords) {
  EXPECT_THAT(CommentsOf(**SetReview(Stored(), v1::ReviewState::ACCEPTED, "", {"Bahrom", 5})), IsEmpty());
}

TEST_F(ReviewTest, ARecordWithoutAStateIsProposed) { EXPECT_EQ(ReviewOf(incident_), v1::ReviewState::PROPOSED); }

TEST_F(ReviewTest, AnAnswerIsAboutWhatTheCommentIsAbout) {
  const Commented asked = *AddComment(Stored(), {40, 1}, "is it spelt so?", {"Bahrom", 5}, 0);
  const Commented answered = *AddComment(StoredAs(*asked.record), {0, 0}, "yes", {"Amina", 6}, asked.key);
  const v1::Comment* answer = FindComment(*answered.record, answered.key);
  EXPECT_EQ(answer->reply_to(), asked.key);
  EXPECT_EQ(answer->field(), 40u);
  EXPECT_EQ(answer->item(), 1u);
}

TEST_F(ReviewTest, ACommentWithoutWordsOrOnNothingIsRefused) {
  EXPECT_EQ(AddComment(Stored(), {0, 0}, "", {}, 0).status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(AddComment(Stored(), {0, 0}, "yes", {}, 77).status().code(), StatusCode::kNotFound);
}

TEST_F(ReviewTest, ACommentIsDoneAndUndone) {
  const Commented asked = *AddComment(Stored(), {0, 0}, "check it", {"Bahrom", 5}, 0);
  const Reviewed done = *SetCommentDone(StoredAs(*asked.record), asked.key, true);
  EXPECT_TRUE(FindComment(*done, asked.key)->done());
  EXPECT_FALSE(FindComment(**SetCommentDone(StoredAs(*done), asked.key, false), asked.key)->done());
}

TEST_F(ReviewTest, ARemovedCommentTakesItsAnswersAlong) {
  const Commented asked = *AddComment(Stored(), {0, 0}, "check it", {"Bahrom", 5}, 0);
  const Commented answered = *AddComment(StoredAs(*asked.record), {0, 0}, "why?", {"Amina", 6}, asked.key);
  const Commented other = *AddComment(StoredAs(*answered.record), {0, 0}, "something else", {"Amina", 7}, 0);
  const Reviewed removed = *RemoveComment(StoredAs(*other.record), asked.key);
  ASSERT_THAT(CommentsOf(*removed), SizeIs(1));
  EXPECT_EQ(CommentsOf(*removed)[0].key(), other.key);
}

TEST_F(ReviewTest, TheStrictestMarkingCountsThatOfAccountsToo) {
  EXPECT_EQ(StrictestMarking(incident_), v1::Tlp::CLEAR);
  incident_.set_tlp(v1::Tlp::AMBER);
  EXPECT_EQ(StrictestMarking(incident_), v1::Tlp::AMBER);
  incident_.add_account()->set_tlp(v1::Tlp::RED);
  EXPECT_EQ(StrictestMarking(incident_), v1::Tlp::RED);
  v1::Place place;
  place.set_tlp(v1::Tlp::GREEN);
  EXPECT_EQ(StrictestMarking(place), v1::Tlp::GREEN);
}

}  // namespace
}  // namespace daftar
