// Conflicts on their way to a decision: what the workstation keeps of them, and drafts that are sent again.
#include <gmock/gmock.h>

#include <optional>

#include "client/sync/user_store.h"
#include "storage/model/parts.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Two stations edited the notes of one incident; the one's are parked.
class SettleTest : public SyncFixture {
 protected:
  SettleTest() : other(NewStation("b")) {
    Sync(*station);
    Sync(*other);
  }
  // Parks the station's edit against what the other one does first.
  v1::ConflictEntry Park(const Edit& theirs, const Edit& mine) {
    Queue(*other, theirs);
    Queue(*station, mine);
    Sync(*other);
    Sync(*station);
    auto entries = *station->Conflicts();
    EXPECT_THAT(entries, SizeIs(1));
    return entries.at(0);
  }
  v1::ConflictEntry ParkNotes() { return Park(WithNotes(*other, "theirs"), WithNotes(*station, "mine")); }
  Edit Retired(Workstation& of) {
    auto message = std::make_shared<v1::Incident>(Incident(of).incident());
    message->mutable_retired()->set_reason("a duplicate");
    return {kIncident, v1::RecordKind::INCIDENT, message};
  }
  // Queues the decision; the number of the push.
  StatusOr<uint64_t> Decide(const v1::Conflict& conflict, const std::optional<std::string>& value) {
    auto checked = station->CheckDecision(conflict, value, "asked both");
    EXPECT_TRUE(checked.ok() && checked->problems.empty());
    return station->Queue(checked->mutation);
  }
  std::vector<v1::Conflict> OpenOnServer() { return *dataset->log().Conflicts(10); }
  std::string Notes(Workstation& of) { return Incident(of).incident().notes(); }

  std::unique_ptr<Workstation> other;
};

TEST_F(SettleTest, TakingMineShowsItAtOnceAndEverywhereAfterASync) {
  const v1::ConflictEntry entry = ParkNotes();
  ASSERT_TRUE(Decide(entry.conflict(), entry.conflict().mine()).ok());
  EXPECT_EQ(Notes(*station), "mine");
  EXPECT_EQ(Sync(*station).applied, 1u);
  Sync(*other);
  EXPECT_EQ(Notes(*other), "mine");
  EXPECT_THAT(*station->Conflicts(), IsEmpty());
  EXPECT_THAT(OpenOnServer(), IsEmpty());
}

TEST_F(SettleTest, TakingTheirsEditsNothingAndStillSettles) {
  const v1::ConflictEntry entry = ParkNotes();
  ASSERT_TRUE(Decide(entry.conflict(), std::nullopt).ok());
  EXPECT_EQ(Sync(*station).unchanged, 1u);
  EXPECT_EQ(Notes(*station), "theirs");
  EXPECT_THAT(*station->Conflicts(), IsEmpty());
  EXPECT_THAT(OpenOnServer(), IsEmpty());
}

TEST_F(SettleTest, AConflictThatIsDecidedWaitsForTheServerMarkedWithItsPush) {
  const v1::ConflictEntry entry = ParkNotes();
  const uint64_t number = *Decide(entry.conflict(), entry.conflict().base());
  ASSERT_THAT(*station->Conflicts(), SizeIs(1));
  EXPECT_EQ(station->Conflicts()->at(0).settling_seq(), number);
}

TEST_F(SettleTest, TheMarkIsThereAfterTheProgramDies) {
  const v1::ConflictEntry entry = ParkNotes();
  const uint64_t number = *Decide(entry.conflict(), std::nullopt);
  station.reset();
  station = *Workstation::Open(folder.File("a"), clock, random);
  EXPECT_EQ(station->Conflicts()->at(0).settling_seq(), number);
  Sync(*station);
  EXPECT_THAT(*station->Conflicts(), IsEmpty());
}

TEST_F(SettleTest, ASecondDecisionIsRefusedWhileTheFirstWaits) {
  const v1::ConflictEntry entry = ParkNotes();
  ASSERT_TRUE(Decide(entry.conflict(), std::nullopt).ok());
  EXPECT_EQ(Decide(entry.conflict(), entry.conflict().mine()).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(*station->Outbox(), SizeIs(1));
}

TEST_F(SettleTest, WhatWasChangedAgainMeanwhileIsANewConflictWithTheNewestValue) {
  const v1::ConflictEntry entry = ParkNotes();
  Queue(*other, WithNotes(*other, "newest"));
  Sync(*other);
  const uint64_t number = *Decide(entry.conflict(), entry.conflict().mine());
  EXPECT_EQ(Sync(*station).conflicts, 1u);
  const auto entries = *station->Conflicts();
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].conflict().id().seq(), number);
  EXPECT_EQ(entries[0].settling_seq(), 0u);
  EXPECT_EQ(Notes(*station), "newest");
  EXPECT_THAT(OpenOnServer(), SizeIs(1));
}

TEST_F(SettleTest, ADecisionWhoseAnswerIsLostIsAnsweredAgainAndCountsOnce) {
  const v1::ConflictEntry entry = ParkNotes();
  ASSERT_TRUE(Decide(entry.conflict(), entry.conflict().mine()).ok());
  const v1::Mutation mutation = station->Outbox()->at(0).mutation();
  std::vector<v1::Mutation> group{mutation};
  ASSERT_TRUE(dataset->log().Commit(group).ok());  // it arrived, and the link broke
  const Revision head = dataset->log().Head()->cursor().revision();
  Sync(*station);
  EXPECT_EQ(dataset->log().Head()->cursor().revision(), head);
  EXPECT_THAT(*station->Conflicts(), IsEmpty());
  EXPECT_EQ(Notes(*station), "mine");
}

TEST_F(SettleTest, ARefusedDecisionIsADraftAndTheConflictIsOpenAgain) {
  const v1::ConflictEntry entry = ParkNotes();
  v1::Mutation mutation = station->CheckDecision(entry.conflict(), std::nullopt, "because")->mutation;
  mutation.set_reason(std::string(kMaxReasonBytes + 1, 'x'));
  ASSERT_TRUE(station->Queue(mutation).ok());
  EXPECT_EQ(Sync(*station).denied, 1u);
  ASSERT_THAT(*station->Drafts(), SizeIs(1));
  EXPECT_EQ(station->Drafts()->at(0).error_size(), 1);
  EXPECT_EQ(station->Conflicts()->at(0).settling_seq(), 0u);
  EXPECT_THAT(OpenOnServer(), SizeIs(1));
}

TEST_F(SettleTest, ARefusedDecisionThatIsSentAgainSettles) {
  const v1::ConflictEntry entry = ParkNotes();
  v1::Mutation mutation = station->CheckDecision(entry.conflict(), std::nullopt, "because")->mutation;
  mutation.set_reason(std::string(kMaxReasonBytes + 1, 'x'));
  const uint64_t draft = *station->Queue(mutation);
  Sync(*station);
  mutation.set_reason("because");
  EXPECT_EQ(*station->QueueDraft(draft, mutation), draft + 1);
  EXPECT_THAT(*station->Drafts(), IsEmpty());
  Sync(*station);
  EXPECT_THAT(*station->Conflicts(), IsEmpty());
}

TEST_F(SettleTest, TakingMineOfAnEditOfARetiredRecordBringsTheRecordBack) {
  const v1::ConflictEntry entry = Park(Retired(*other), WithNotes(*station, "mine"));
  EXPECT_EQ(entry.conflict().cause(), v1::Conflict::Cause::RETIRED);
  ASSERT_TRUE(Decide(entry.conflict(), entry.conflict().mine()).ok());
  EXPECT_EQ(Sync(*station).applied, 1u);
  EXPECT_EQ(Incident(*station).retirement(), nullptr);
  EXPECT_EQ(Notes(*station), "mine");
}

TEST_F(SettleTest, TakingTheirsLeavesARetiredRecordRetired) {
  const v1::ConflictEntry entry = Park(Retired(*other), WithNotes(*station, "mine"));
  ASSERT_TRUE(Decide(entry.conflict(), std::nullopt).ok());
  Sync(*station);
  EXPECT_NE(Incident(*station).retirement(), nullptr);
  EXPECT_EQ(Notes(*station), "");
}

TEST_F(SettleTest, ARetirementAgainstANewerEditIsCarriedOutAllTheSame) {
  const v1::ConflictEntry entry = Park(WithNotes(*other, "theirs"), Retired(*station));
  EXPECT_EQ(entry.conflict().cause(), v1::Conflict::Cause::NEWER);
  ASSERT_TRUE(Decide(entry.conflict(), entry.conflict().mine()).ok());
  EXPECT_EQ(Sync(*station).applied, 1u);
  EXPECT_NE(Incident(*station).retirement(), nullptr);
}

TEST_F(SettleTest, ADecisionThatWouldMakeTheRecordInvalidIsToldBeforeItIsQueued) {
  const v1::ConflictEntry entry = ParkNotes();
  v1::Incident wrong;
  wrong.set_notes("a\x01b");
  const auto checked = station->CheckDecision(entry.conflict(), *CanonicalBody(wrong), "because");
  ASSERT_TRUE(checked.ok());
  ASSERT_THAT(checked->problems, SizeIs(1));
  EXPECT_EQ(checked->problems[0].path, "notes");
}

TEST_F(SettleTest, ADraftThatIsNotThereCannotBeSentOrDropped) {
  v1::Mutation mutation;
  mutation.add_settles();
  EXPECT_EQ(station->QueueDraft(9, mutation).status().code(), StatusCode::kNotFound);
  EXPECT_EQ(station->DropDraft(9).code(), StatusCode::kNotFound);
  EXPECT_THAT(*station->Outbox(), IsEmpty());
}

}  // namespace
}  // namespace daftar
