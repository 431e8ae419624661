#include "storage/log/log_store.h"

#include <gmock/gmock.h>

#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using LogStoreTest = LogFixture;

TEST_F(LogStoreTest, RevisionsAreDenseAndTheChainNamesTheHistory) {
  v1::Checkpoint before = *log->Head();
  EXPECT_EQ(Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))}).revision(), 2u);
  EXPECT_EQ(Push("a", 2, 2, {EditIncident("i", IncidentBody("x"), IncidentBody("y"))}).revision(), 3u);
  v1::Checkpoint after = *log->Head();
  EXPECT_EQ(after.cursor().revision(), 3u);
  EXPECT_EQ(after.records(), 2u);
  EXPECT_NE(after.cursor().chain(), before.cursor().chain());
  EXPECT_EQ(**log->ChainAt(3), after.cursor().chain());
  EXPECT_FALSE(log->ChainAt(4)->has_value());
}

TEST_F(LogStoreTest, TheSamePushTwiceIsAppliedOnceAndAnsweredAlike) {
  v1::PushResult first = Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  v1::PushResult again = Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(log->Head()->cursor().revision(), 2u);
}

TEST_F(LogStoreTest, APushAheadOfItsPredecessorWaitsForIt) {
  auto early = TryPush("a", 2, 1, {NewIncident("i", IncidentBody("x"))});
  EXPECT_EQ(early.status().code(), StatusCode::kAborted);
  EXPECT_EQ(*log->LastSeq(ClientId("a")), 0u);
}

TEST_F(LogStoreTest, ADeniedPushChangesNothingAndIsAnsweredAlikeForEver) {
  const v1::Mutation push = Mutation("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  const auto denied = log->Deny(push, "not you");
  ASSERT_TRUE(denied.ok()) << denied.status();
  EXPECT_EQ(denied->outcome(), Outcome::DENIED);
  EXPECT_EQ(denied->error(0).message(), "not you");
  EXPECT_EQ(denied->error(0).record(), push.edit(0).record());
  EXPECT_EQ(log->Head()->cursor().revision(), 1u);
  EXPECT_EQ(Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))}).SerializeAsString(), denied->SerializeAsString());
}

TEST_F(LogStoreTest, ADeniedPushHasItsTurnLikeAnyOther) {
  EXPECT_EQ(log->Deny(Mutation("a", 2, 1, {}), "not you").status().code(), StatusCode::kAborted);
  ASSERT_TRUE(log->Deny(Mutation("a", 1, 1, {}), "not you").ok());
  EXPECT_EQ(Push("a", 2, 1, {NewIncident("i", IncidentBody("x"))}).outcome(), Outcome::APPLIED);
}

TEST_F(LogStoreTest, WhatWasAppliedIsNotDeniedAfterwards) {
  const v1::PushResult applied = Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  const auto again = log->Deny(Mutation("a", 1, 1, {NewIncident("i", IncidentBody("x"))}), "not you");
  EXPECT_EQ(again->SerializeAsString(), applied.SerializeAsString());
}

TEST_F(LogStoreTest, TheDevicesOfAClientAreKnownWhateverItPushes) {
  const std::string desk(32, 'd'), tablet(32, 't');
  EXPECT_EQ(*log->DevicesOf(ClientId("a")), std::vector<std::string>());
  ASSERT_TRUE(log->NoteDevice(ClientId("a"), desk).ok());
  EXPECT_EQ(*log->LastSeq(ClientId("a")), 0u);
  Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  ASSERT_TRUE(log->NoteDevice(ClientId("a"), tablet).ok());
  ASSERT_TRUE(log->NoteDevice(ClientId("a"), desk).ok());
  EXPECT_EQ(*log->DevicesOf(ClientId("a")), (std::vector<std::string>{desk, tablet}));
  EXPECT_EQ(*log->LastSeq(ClientId("a")), 1u);
  EXPECT_EQ(log->NoteDevice(ClientId("a"), "short").code(), StatusCode::kInvalidArgument);
}

TEST_F(LogStoreTest, NoClientHasAnyNumberOfDevices) {
  for (char c = 'a'; c <= 'z'; ++c) ASSERT_TRUE(log->NoteDevice(ClientId("a"), std::string(32, c)).ok());
  EXPECT_EQ(log->DevicesOf(ClientId("a"))->size(), kMostDevicesOfClient);
}

TEST_F(LogStoreTest, AnAnswerIsThereAfterTheStoreIsOpenedAgain) {
  v1::PushResult result = Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  log.reset();
  log = *LmdbLogStore::Open(folder.path(), clock);
  EXPECT_EQ((*log->Resolve(ClientId("a"), 1))->revision(), result.revision());
  EXPECT_EQ(Get("i").incident().notes(), "x");
}

TEST_F(LogStoreTest, EditsOfDifferentPartsMerge) {
  Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  Push("a", 2, 2, {EditIncident("i", IncidentBody("x"), IncidentBody("y"))});
  v1::PushResult merged = Push("b", 1, 2, {EditIncident("i", IncidentBody("x"), IncidentBody("x", {5}))});
  EXPECT_EQ(merged.outcome(), Outcome::MERGED);
  EXPECT_EQ(Get("i").incident().notes(), "y");
  EXPECT_EQ(Get("i").accounts().size(), 1);
}

TEST_F(LogStoreTest, OverlappingEditsAreParkedWithBaseMineAndTheirs) {
  Push("a", 1, 1, {NewIncident("i", IncidentBody("old"))});
  Push("a", 2, 2, {EditIncident("i", IncidentBody("old"), IncidentBody("theirs"))});
  v1::PushResult result = Push("b", 1, 2, {EditIncident("i", IncidentBody("old"), IncidentBody("mine", {5}))});
  ASSERT_EQ(result.outcome(), Outcome::CONFLICT);
  ASSERT_EQ(result.conflict_size(), 1);
  EXPECT_THAT(result.conflict(0).base(), HasSubstr("old"));
  EXPECT_THAT(result.conflict(0).mine(), HasSubstr("mine"));
  EXPECT_THAT(result.conflict(0).theirs(), HasSubstr("theirs"));
  EXPECT_EQ(result.conflict(0).theirs_author(), "a");
  EXPECT_EQ(Get("i").incident().notes(), "theirs");
  EXPECT_EQ(Get("i").accounts().size(), 1) << "the part that did not overlap is applied";
  EXPECT_EQ(log->Conflicts(10)->size(), 1u);
}

TEST_F(LogStoreTest, ALaterPushOfTheSameClientBuildsOnItsOwnEarlierOne) {
  Push("a", 1, 1, {NewIncident("i", IncidentBody("one"))});
  Push("b", 1, 2, {EditIncident("i", IncidentBody("one"), IncidentBody("two"))});
  v1::PushResult result = Push("b", 2, 2, {EditIncident("i", IncidentBody("two"), IncidentBody("three"))});
  EXPECT_EQ(result.outcome(), Outcome::APPLIED);
  EXPECT_EQ(Get("i").incident().notes(), "three");
}

TEST_F(LogStoreTest, TheSameValueChangesNothing) {
  Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  Push("a", 2, 2, {EditIncident("i", IncidentBody("x"), IncidentBody("y"))});
  EXPECT_EQ(Push("b", 1, 2, {EditIncident("i", IncidentBody("x"), IncidentBody("y"))}).outcome(), Outcome::NO_CHANGE);
  EXPECT_EQ(log->Head()->cursor().revision(), 3u);
}

TEST_F(LogStoreTest, AnInvalidEditIsRefusedWholeWithItsField) {
  v1::Incident incident;
  AddName(incident, "no kind, and an account of nowhere");
  incident.add_account()->set_key(3);
  v1::PushResult result = Push("a", 1, 1, {NewIncident("good", IncidentBody("x")), NewIncident("bad", Body(incident))});
  EXPECT_EQ(result.outcome(), Outcome::INVALID);
  EXPECT_GE(result.error_size(), 2);
  EXPECT_EQ(log->Head()->cursor().revision(), 1u) << "nothing of the push is applied";
  EXPECT_EQ(Push("a", 2, 1, {NewIncident("good", IncidentBody("x"))}).outcome(), Outcome::APPLIED);
}

TEST_F(LogStoreTest, AnEditOfARecordThatIsNotThereIsRefused) {
  EXPECT_EQ(Push("a", 1, 1, {EditIncident("i", IncidentBody("x"), IncidentBody("y"))}).outcome(), Outcome::INVALID);
}

TEST_F(LogStoreTest, AValueThatIsNotItsPartIsRefused) {
  v1::RecordEdit edit = NewIncident("i", IncidentBody("x"));
  edit.mutable_part(0)->set_value("\xff\xff\xff");
  EXPECT_EQ(Push("a", 1, 1, {edit}).outcome(), Outcome::INVALID);
}

TEST_F(LogStoreTest, AReasonThatWouldWeighOnEveryFrameIsRefused) {
  v1::Mutation mutation = Mutation("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  mutation.set_reason(std::string(1 << 20, 'r'));
  std::vector<v1::Mutation> group{mutation};
  v1::PushResult result = *(*log->Commit(group))[0];
  EXPECT_EQ(result.outcome(), Outcome::INVALID);
  EXPECT_EQ(result.error(0).path(), "reason");
}

TEST_F(LogStoreTest, HistoryTellsWhatEveryRevisionChanged) {
  Push("a", 1, 1, {NewIncident("i", IncidentBody("x"))});
  Push("b", 1, 2, {EditIncident("i", IncidentBody("x"), IncidentBody("y"))});
  std::vector<HistoryStep> steps = *(*log->view().Snapshot())->History(Uuid::FromName("i"));
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].commit.author(), "b");
  EXPECT_THAT(steps[0].before[0].value(), HasSubstr("x"));
  EXPECT_THAT(steps[0].after[0].value(), HasSubstr("y"));
  EXPECT_TRUE(steps[1].created);
}

TEST_F(LogStoreTest, AGroupIsOneTransactionAndStillOneRevisionEach) {
  std::vector<v1::Mutation> group{Mutation("a", 1, 1, {NewIncident("i", IncidentBody("x"))}),
                                  Mutation("b", 1, 1, {NewIncident("j", IncidentBody("y"))}),
                                  Mutation("c", 9, 1, {NewIncident("k", IncidentBody("z"))})};
  auto results = log->Commit(group);
  ASSERT_TRUE(results.ok());
  EXPECT_EQ((*results)[0]->revision(), 2u);
  EXPECT_EQ((*results)[1]->revision(), 3u);
  EXPECT_EQ((*results)[2].status().code(), StatusCode::kAborted);
  EXPECT_EQ(log->ReadLog(1, 10)->size(), 2u);
}

TEST_F(LogStoreTest, ASecondInitChangesNothing) {
  log.reset();
  EXPECT_EQ(LmdbLogStore::Create(folder.path(), clock, random).status().code(), StatusCode::kAlreadyExists);
  EXPECT_TRUE(LmdbLogStore::Open(folder.path(), clock).ok());
}

}  // namespace
}  // namespace daftar
