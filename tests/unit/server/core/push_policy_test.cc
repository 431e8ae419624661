// What a device that may only suggest may push, and what needs two people, as a dataset answers.
#include "server/core/push_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "server/core/dataset.h"
#include "storage/model/parts.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

using Outcome = v1::PushResult::Outcome;
using Change = std::function<void(v1::Incident&)>;

// Amina and Bahrom at devices of their own, Zarina at one that may only suggest.
class PushPolicyTest : public ::testing::Test {
 protected:
  PushPolicyTest() {
    dataset_ = *Dataset::Create(folder_.File("server"), clock_, random_);
    EXPECT_EQ(Make("clash", "Amina").outcome(), Outcome::APPLIED);
  }

  static Pusher By(const std::string& who) {
    std::string device = who;
    device.resize(32, '.');
    return {.device = device, .may_not_push = "", .suggests = who == "Zarina"};
  }
  v1::Incident Now(const std::string& record) {
    const auto view = *dataset_->view().Snapshot();
    const auto found = *view->Get(Uuid::FromName(record));
    return found ? found->incident() : v1::Incident();
  }
  Revision Head() { return dataset_->Head()->cursor().revision(); }

  v1::PushResult Push(v1::Mutation mutation, const Pusher& by) {
    mutation.set_seq(++seqs_[mutation.client()]);
    v1::PushResult answer;
    EXPECT_TRUE(dataset_
                    ->Submit(
                        std::move(mutation),
                        [&answer](StatusOr<v1::PushResult> result) {
                          ASSERT_TRUE(result.ok()) << result.status();
                          answer = *result;
                        },
                        by)
                    .ok());
    EXPECT_TRUE(dataset_->CommitPending().ok());
    return answer;
  }
  v1::Mutation MutationOf(const std::string& record, const v1::Incident& after, const std::string& name,
                          std::optional<Revision> base = std::nullopt) {
    const v1::Incident before = Now(record);
    const bool create = before.ByteSizeLong() == 0;
    v1::Mutation mutation;
    mutation.set_client(Uuid::FromName("client of " + name).str());
    mutation.set_author(name);
    mutation.set_reason("because");
    mutation.set_base_revision(base.value_or(Head()));
    v1::RecordEdit& edit = *mutation.add_edit();
    edit.set_record(Uuid::FromName(record).str());
    edit.set_kind(v1::RecordKind::INCIDENT);
    edit.set_create(create);
    const auto parts = DiffParts(create ? "" : *CanonicalBody(before), *CanonicalBody(after));
    edit.mutable_part()->Add(parts->begin(), parts->end());
    return mutation;
  }
  // Who changes the record, from a device of that name.
  v1::PushResult Edit(const std::string& record, const std::string& who, const Change& change,
                      std::optional<Revision> base = std::nullopt) {
    v1::Incident after = Now(record);
    change(after);
    return Push(MutationOf(record, after, who, base), By(who));
  }
  v1::PushResult Make(
      const std::string& record, const std::string& who, const Change& change = [](v1::Incident&) {}) {
    return Edit(record, who, [&change](v1::Incident& incident) {
      incident.add_kind(v1::IncidentKind::CLASH);
      incident.set_review(v1::ReviewState::PROPOSED);
      incident.add_name()->set_key(1);
      incident.mutable_name(0)->set_text("a clash");
      change(incident);
    });
  }
  // Proposes other notes; the proposal's key.
  uint64_t Propose(const std::string& record, const std::string& who, const std::string& notes) {
    const auto view = *dataset_->view().Snapshot();
    const Record stored = **view->Get(Uuid::FromName(record));
    v1::Incident edited = stored.incident();
    edited.set_notes(notes);
    const Proposed proposed = *daftar::Propose(stored, edited, "seen twice", {who, 1}, Head());
    const auto answer = Push(MutationOf(record, static_cast<const v1::Incident&>(*proposed.record), who), By(who));
    EXPECT_EQ(answer.outcome(), Outcome::APPLIED) << answer.ShortDebugString();
    return proposed.key;
  }
  v1::PushResult Accept(const std::string& record, const std::string& who, uint64_t key) {
    const auto view = *dataset_->view().Snapshot();
    const Acceptance accepted = *AcceptProposal(**view->Get(Uuid::FromName(record)), key, {who, "seen"}, false);
    return Push(MutationOf(record, static_cast<const v1::Incident&>(*accepted.record), who), By(who));
  }
  static Change Review(v1::ReviewState::Code state) {
    return [state](v1::Incident& incident) { incident.set_review(state); };
  }
  static Change Notes(const std::string& notes) {
    return [notes](v1::Incident& incident) { incident.set_notes(notes); };
  }
  // A record of Amina's, marked RED, that Bahrom accepted, where RED needs two.
  void MakeAccepted() {
    dataset_->RequireTwoPersons(v1::Tlp::RED);
    Make("red", "Amina", [](v1::Incident& incident) { incident.set_tlp(v1::Tlp::RED); });
    EXPECT_EQ(Edit("red", "Bahrom", Review(v1::ReviewState::ACCEPTED)).outcome(), Outcome::APPLIED);
  }

  TemporaryFolder folder_;
  FakeClock clock_{1'700'000'000'000};
  SeededRandom random_{5};
  std::unique_ptr<Dataset> dataset_;
  std::map<std::string, uint64_t> seqs_;
};

auto IsDenied(const std::string& path, const std::string& words) {
  return ::testing::Truly([path, words](const v1::PushResult& result) {
    return result.outcome() == Outcome::DENIED && !result.error().empty() && result.error(0).path() == path &&
           result.error(0).message().find(words) != std::string::npos;
  });
}

TEST_F(PushPolicyTest, WhoSuggestsMakesAProposedRecord) {
  EXPECT_EQ(Make("seen", "Zarina").outcome(), Outcome::APPLIED);
}

TEST_F(PushPolicyTest, WhoSuggestsMakesNoAcceptedRecord) {
  const auto answer =
      Make("seen", "Zarina", [](v1::Incident& incident) { incident.set_review(v1::ReviewState::ACCEPTED); });
  EXPECT_THAT(answer, IsDenied("review", "for an editor to accept"));
}

TEST_F(PushPolicyTest, WhoSuggestsChangesNothingOfAnother) {
  EXPECT_THAT(Edit("clash", "Zarina", Notes("seen twice")), IsDenied("notes", "daftarctl suggest"));
  EXPECT_EQ(Now("clash").notes(), "");
}

TEST_F(PushPolicyTest, ARefusedPushIsDeniedForEver) {
  EXPECT_EQ(Edit("clash", "Zarina", Notes("seen twice")).outcome(), Outcome::DENIED);
  const std::string client = Uuid::FromName("client of Zarina").str();
  EXPECT_EQ((*dataset_->log().Resolve(client, 1))->outcome(), Outcome::DENIED);
}

TEST_F(PushPolicyTest, WhoSuggestsMayProposeAndComment) {
  Propose("clash", "Zarina", "seen twice");
  const auto answer = Edit("clash", "Zarina", [](v1::Incident& incident) {
    v1::Comment& comment = *incident.add_comment();
    comment.set_key(5);
    comment.set_text("which day?");
  });
  EXPECT_EQ(answer.outcome(), Outcome::APPLIED) << answer.ShortDebugString();
}

TEST_F(PushPolicyTest, WhoSuggestsAcceptsNothingByTheWay) {
  const uint64_t key = Propose("clash", "Zarina", "seen twice");
  EXPECT_THAT(Accept("clash", "Zarina", key), IsDenied("notes", "daftarctl suggest"));
  const auto answer = Edit("clash", "Zarina", [](v1::Incident& incident) {
    incident.mutable_proposal(0)->set_state(v1::ReviewState::IN_REVIEW);
  });
  EXPECT_THAT(answer, IsDenied("proposals[0].state", "an editor decides"));
}

TEST_F(PushPolicyTest, AProposalThatNamesAReviewerIsRefused) {
  const auto answer = Edit("clash", "Zarina", [](v1::Incident& incident) {
    v1::Proposal& proposal = *incident.add_proposal();
    proposal.set_key(5);
    proposal.set_reason("r");
    proposal.set_reviewer("Amina");
    proposal.add_part()->set_field(32);
  });
  EXPECT_THAT(answer, IsDenied("proposals[0].reviewer", "neither reviewer nor answer"));
}

TEST_F(PushPolicyTest, WhoSuggestsWithdrawsItsOwnProposal) {
  Propose("clash", "Zarina", "seen twice");
  EXPECT_EQ(Edit("clash", "Zarina", [](v1::Incident& incident) { incident.clear_proposal(); }).outcome(),
            Outcome::APPLIED);
}

TEST_F(PushPolicyTest, WhoSuggestsTakesAwayNothingOfOthers) {
  Propose("clash", "Bahrom", "seen twice");
  const auto answer = Edit("clash", "Zarina", [](v1::Incident& incident) { incident.clear_proposal(); });
  EXPECT_THAT(answer, IsDenied("proposals", "is theirs"));
}

TEST_F(PushPolicyTest, WhoSuggestsMendsItsOwnRecordUntilItIsTakenUp) {
  Make("seen", "Zarina");
  EXPECT_EQ(Edit("seen", "Zarina", Notes("at night")).outcome(), Outcome::APPLIED);
  Edit("seen", "Amina", Review(v1::ReviewState::RETURNED));
  EXPECT_EQ(Edit("seen", "Zarina", Review(v1::ReviewState::PROPOSED)).outcome(), Outcome::APPLIED);
  Edit("seen", "Amina", Review(v1::ReviewState::IN_REVIEW));
  EXPECT_THAT(Edit("seen", "Zarina", Notes("in the morning")), IsDenied("notes", "daftarctl suggest"));
}

TEST_F(PushPolicyTest, WhoSuggestsAcceptsNotEvenItsOwnRecord) {
  Make("seen", "Zarina");
  EXPECT_THAT(Edit("seen", "Zarina", Review(v1::ReviewState::ACCEPTED)), IsDenied("review", "an editor"));
}

TEST_F(PushPolicyTest, ARecordIsNobodysOwnOnceTwoDevicesHavePushedInItsName) {
  Make("seen", "Zarina");
  v1::Incident after = Now("seen");
  after.set_notes("by a relay");
  ASSERT_EQ(Push(MutationOf("seen", after, "Zarina"), By("relay")).outcome(), Outcome::APPLIED);
  EXPECT_THAT(Edit("seen", "Zarina", Notes("mine")), IsDenied("notes", "daftarctl suggest"));
}

TEST_F(PushPolicyTest, AValueThatCannotBeReadIsDeniedToo) {
  v1::Mutation mutation = MutationOf("clash", Now("clash"), "Zarina");
  v1::PartEdit& part = *mutation.mutable_edit(0)->add_part();
  part.set_field(40);
  part.set_key(9);
  part.set_value(std::string("\xc2\x02\x04\x08\x09\x12\x09", 7));
  EXPECT_EQ(Push(std::move(mutation), By("Zarina")).outcome(), Outcome::DENIED);
}

TEST_F(PushPolicyTest, WithoutTheRuleOnePersonMayAccept) {
  EXPECT_EQ(Edit("clash", "Amina", Review(v1::ReviewState::ACCEPTED)).outcome(), Outcome::APPLIED);
}

TEST_F(PushPolicyTest, BelowTheMarkingOnePersonMayAccept) {
  dataset_->RequireTwoPersons(v1::Tlp::AMBER);
  EXPECT_EQ(Edit("clash", "Amina", Review(v1::ReviewState::ACCEPTED)).outcome(), Outcome::APPLIED);
}

TEST_F(PushPolicyTest, WhoMadeTheNewestChangeDoesNotAcceptIt) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  EXPECT_THAT(Edit("clash", "Amina", Review(v1::ReviewState::ACCEPTED)), IsDenied("review", "somebody else"));
  EXPECT_EQ(Edit("clash", "Bahrom", Review(v1::ReviewState::ACCEPTED)).outcome(), Outcome::APPLIED);
}

TEST_F(PushPolicyTest, AnotherNameFromTheSameDeviceIsNotAnotherPerson) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  v1::Incident after = Now("clash");
  after.set_review(v1::ReviewState::ACCEPTED);
  v1::Mutation mutation = MutationOf("clash", after, "Amina");
  mutation.set_author("Bahrom");
  EXPECT_THAT(Push(mutation, By("Amina")), IsDenied("review", "somebody else"));
}

TEST_F(PushPolicyTest, AnotherClientOfTheSameDeviceIsNotAnotherPerson) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  v1::Incident after = Now("clash");
  after.set_review(v1::ReviewState::ACCEPTED);
  v1::Mutation mutation = MutationOf("clash", after, "somebody new");
  EXPECT_THAT(Push(mutation, By("Amina")), IsDenied("review", "somebody else"));
}

TEST_F(PushPolicyTest, ACommentIsNoChangeThatOneCouldHideBehind) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  Edit("clash", "Bahrom", [](v1::Incident& incident) {
    incident.add_comment()->set_key(5);
    incident.mutable_comment(0)->set_text("fine");
  });
  EXPECT_THAT(Edit("clash", "Amina", Review(v1::ReviewState::ACCEPTED)), IsDenied("review", "somebody else"));
}

TEST_F(PushPolicyTest, ARecordIsNotMadeAccepted) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  const auto answer =
      Make("new", "Amina", [](v1::Incident& incident) { incident.set_review(v1::ReviewState::ACCEPTED); });
  EXPECT_THAT(answer, IsDenied("review", "made and accepted"));
}

TEST_F(PushPolicyTest, ARecordIsNotChangedAndAcceptedInOnePush) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  const auto answer = Edit("clash", "Bahrom", [](v1::Incident& incident) {
    incident.set_notes("and more");
    incident.set_review(v1::ReviewState::ACCEPTED);
  });
  EXPECT_THAT(answer, IsDenied("review", "changed and accepted"));
}

TEST_F(PushPolicyTest, WhoHasNotSeenTheNewestChangeDoesNotAcceptIt) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  const Revision seen = Head();
  Edit("clash", "Amina", Notes("more"));
  EXPECT_THAT(Edit("clash", "Bahrom", Review(v1::ReviewState::ACCEPTED), seen), IsDenied("review", "had not seen"));
}

TEST_F(PushPolicyTest, LoweringTheMarkingByTheWayDoesNotHelp) {
  dataset_->RequireTwoPersons(v1::Tlp::AMBER);
  Make("red", "Amina", [](v1::Incident& incident) { incident.set_tlp(v1::Tlp::RED); });
  const auto answer = Edit("red", "Amina", [](v1::Incident& incident) {
    incident.clear_tlp();
    incident.set_review(v1::ReviewState::ACCEPTED);
  });
  EXPECT_THAT(answer, IsDenied("review", "TLP:RED"));
}

TEST_F(PushPolicyTest, LoweringTheMarkingFirstDoesNotHelpEither) {
  dataset_->RequireTwoPersons(v1::Tlp::AMBER);
  Make("red", "Amina", [](v1::Incident& incident) { incident.set_tlp(v1::Tlp::RED); });
  ASSERT_EQ(Edit("red", "Amina", [](v1::Incident& incident) { incident.clear_tlp(); }).outcome(), Outcome::APPLIED);
  EXPECT_THAT(Edit("red", "Amina", Review(v1::ReviewState::ACCEPTED)), IsDenied("review", "somebody else"));
}

TEST_F(PushPolicyTest, TheMarkingOfAnAccountCounts) {
  dataset_->RequireTwoPersons(v1::Tlp::RED);
  Make("red", "Amina");
  v1::Mutation mutation = MutationOf("source", v1::Incident(), "Amina");
  v1::RecordEdit& edit = *mutation.mutable_edit(0);
  edit.set_kind(v1::RecordKind::SOURCE);
  v1::Source article;
  article.add_name()->set_key(1);
  article.mutable_name(0)->set_text("an article");
  const auto parts = DiffParts("", *CanonicalBody(article));
  edit.mutable_part()->Add(parts->begin(), parts->end());
  ASSERT_EQ(Push(mutation, By("Amina")).outcome(), Outcome::APPLIED);
  ASSERT_EQ(Edit("red", "Amina",
                 [](v1::Incident& incident) {
                   v1::Account& account = *incident.add_account();
                   account.set_key(3);
                   account.set_source(Uuid::FromName("source").str());
                   account.set_tlp(v1::Tlp::RED);
                 })
                .outcome(),
            Outcome::APPLIED);
  EXPECT_THAT(Edit("red", "Amina", Review(v1::ReviewState::ACCEPTED)), IsDenied("review", "TLP:RED"));
}

TEST_F(PushPolicyTest, WhatIsAcceptedIsNotChangedByOnePersonAlone) {
  MakeAccepted();
  EXPECT_THAT(Edit("red", "Bahrom", Notes("and more")), IsDenied("notes", "daftarctl suggest"));
}

TEST_F(PushPolicyTest, WhatIsAcceptedGoesBackToReviewWithAChange) {
  MakeAccepted();
  const auto back = Edit("red", "Bahrom", [](v1::Incident& incident) {
    incident.set_notes("and more");
    incident.set_review(v1::ReviewState::PROPOSED);
  });
  EXPECT_EQ(back.outcome(), Outcome::APPLIED) << back.ShortDebugString();
  EXPECT_THAT(Edit("red", "Bahrom", Review(v1::ReviewState::ACCEPTED)), IsDenied("review", "somebody else"));
  EXPECT_EQ(Edit("red", "Amina", Review(v1::ReviewState::ACCEPTED)).outcome(), Outcome::APPLIED);
}

TEST_F(PushPolicyTest, AProposalIsAcceptedBySomebodyElse) {
  MakeAccepted();
  const uint64_t key = Propose("red", "Amina", "seen twice");
  EXPECT_THAT(Accept("red", "Amina", key), IsDenied("proposals[0].state", "somebody else than the author"));
  EXPECT_EQ(Accept("red", "Bahrom", key).outcome(), Outcome::APPLIED);
  EXPECT_EQ(Now("red").notes(), "seen twice");
  EXPECT_EQ(Now("red").review(), v1::ReviewState::ACCEPTED);
}

TEST_F(PushPolicyTest, ToTakeAProposalUpDoesNotMakeItOnesOwn) {
  MakeAccepted();
  const uint64_t key = Propose("red", "Amina", "seen twice");
  Edit("red", "Bahrom",
       [](v1::Incident& incident) { incident.mutable_proposal(0)->set_state(v1::ReviewState::IN_REVIEW); });
  EXPECT_THAT(Accept("red", "Amina", key), IsDenied("proposals[0].state", "somebody else than the author"));
}

TEST_F(PushPolicyTest, AProposalIsNotAlteredAndAcceptedInOnePush) {
  MakeAccepted();
  Propose("red", "Amina", "seen twice");
  const auto answer = Edit("red", "Bahrom", [](v1::Incident& incident) {
    incident.mutable_proposal(0)->set_reason("another one");
    incident.mutable_proposal(0)->set_state(v1::ReviewState::ACCEPTED);
  });
  EXPECT_THAT(answer, IsDenied("proposals[0].state", "altered"));
}

TEST_F(PushPolicyTest, WhoPutForwardWhatWasAcceptedDoesNotAcceptTheRecord) {
  dataset_->RequireTwoPersons(v1::Tlp::CLEAR);
  ASSERT_EQ(Accept("clash", "Bahrom", Propose("clash", "Amina", "seen twice")).outcome(), Outcome::APPLIED);
  EXPECT_THAT(Edit("clash", "Amina", Review(v1::ReviewState::ACCEPTED)), IsDenied("review", "somebody else"));
  EXPECT_EQ(Edit("clash", "Bahrom", Review(v1::ReviewState::ACCEPTED)).outcome(), Outcome::APPLIED);
}

TEST_F(PushPolicyTest, WhatElseIsChangedWithAProposalIsOnesOwn) {
  MakeAccepted();
  Propose("red", "Amina", "seen twice");
  const auto answer = Edit("red", "Bahrom", [](v1::Incident& incident) {
    incident.set_notes("seen twice");
    incident.add_kind(v1::IncidentKind::INFILTRATION);
    incident.mutable_proposal(0)->set_state(v1::ReviewState::ACCEPTED);
  });
  EXPECT_THAT(answer, IsDenied("kind", "daftarctl suggest"));
}

TEST(SamePersonTest, IsWhoSharesADeviceOrAName) {
  EXPECT_TRUE(SamePerson({{"a"}, "Amina"}, {{"a"}, "Bahrom"}));
  EXPECT_TRUE(SamePerson({{"a"}, "Amina"}, {{"b"}, " amina "}));
  EXPECT_TRUE(SamePerson({{}, ""}, {{"b"}, ""}));
  EXPECT_FALSE(SamePerson({{"a"}, ""}, {{"b"}, ""}));
  EXPECT_FALSE(SamePerson({{"a"}, "Amina"}, {{"b"}, "Bahrom"}));
  EXPECT_FALSE(SamePerson({{}, "Amina"}, {{}, "Bahrom"}));
}

}  // namespace
}  // namespace daftar
