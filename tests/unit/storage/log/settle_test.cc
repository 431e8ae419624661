// Parked conflicts and the pushes that decide them.
#include <gmock/gmock.h>

#include <string>

#include "storage/model/validate.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

using Cause = v1::Conflict::Cause;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Amina and Bilal both change the notes of one incident: Bilal's "mine" is parked at his push 1 against "theirs".
class SettleTest : public LogFixture {
 protected:
  void SetUp() override {
    Push("founder", 2, 1, {NewIncident("i", IncidentBody("base"))});
    Push("amina", 1, 2, {Notes("base", "theirs")});
    const v1::PushResult parked = Push("bilal", 1, 2, {Notes("base", "mine")});
    ASSERT_EQ(parked.outcome(), Outcome::CONFLICT);
    conflict_ = parked.conflict(0);
  }

  static v1::RecordEdit Notes(const std::string& from, const std::string& to) {
    return EditIncident("i", IncidentBody(from), IncidentBody(to));
  }
  v1::Mutation Decision(uint64_t seq, const v1::Conflict& conflict, const std::vector<v1::RecordEdit>& edits) {
    v1::Mutation mutation = Mutation("bilal", seq, conflict.theirs_revision(), edits);
    *mutation.add_settles() = conflict.id();
    return mutation;
  }
  v1::PushResult Commit(const v1::Mutation& mutation) {
    std::vector<v1::Mutation> group{mutation};
    auto results = log->Commit(group);
    EXPECT_TRUE(results.ok() && (*results)[0].ok());
    return *std::move((*results)[0]);
  }
  std::vector<v1::Conflict> Open() { return *log->Conflicts(100); }

  v1::Conflict conflict_;
};

TEST_F(SettleTest, AParkedConflictCarriesItsNameAndCause) {
  EXPECT_EQ(conflict_.id().client(), ClientId("bilal"));
  EXPECT_EQ(conflict_.id().seq(), 1u);
  EXPECT_EQ(conflict_.id().number(), 0u);
  EXPECT_EQ(conflict_.cause(), Cause::CHANGED);
  ASSERT_THAT(Open(), SizeIs(1));
  EXPECT_EQ(Open()[0].SerializeAsString(), conflict_.SerializeAsString());
}

TEST_F(SettleTest, TakingMineSetsThePartAndRemovesTheConflict) {
  const v1::PushResult result = Commit(Decision(2, conflict_, {Notes("theirs", "mine")}));
  EXPECT_EQ(result.outcome(), Outcome::APPLIED);
  EXPECT_EQ(Get("i").incident().notes(), "mine");
  EXPECT_THAT(Open(), IsEmpty());
}

TEST_F(SettleTest, TakingTheirsChangesNothingAndStillRemovesTheConflict) {
  const v1::Checkpoint before = *log->Head();
  const v1::PushResult result = Commit(Decision(2, conflict_, {}));
  EXPECT_EQ(result.outcome(), Outcome::NO_CHANGE);
  EXPECT_THAT(Open(), IsEmpty());
  EXPECT_EQ(log->Head()->cursor().revision(), before.cursor().revision());
  EXPECT_EQ(Get("i").incident().notes(), "theirs");
}

TEST_F(SettleTest, WhoDecidedAndWhyStaysWithTheAnswer) {
  Commit(Decision(2, conflict_, {}));
  const v1::PushResult kept = **log->Resolve(ClientId("bilal"), 2);
  ASSERT_EQ(kept.settled_size(), 1);
  EXPECT_EQ(kept.settled(0).author(), "bilal");
  EXPECT_EQ(kept.settled(0).reason(), "because");
  EXPECT_EQ(kept.settled(0).conflict().mine(), conflict_.mine());
}

TEST_F(SettleTest, APartThatWasChangedAgainIsParkedAnewWithTheNewestValue) {
  Push("amina", 2, 3, {Notes("theirs", "newest")});
  v1::Mutation decision = Decision(2, conflict_, {Notes("theirs", "mine")});
  decision.set_base_revision(4);  // the replica had come further than the conflict told
  const v1::PushResult result = Commit(decision);
  EXPECT_EQ(result.outcome(), Outcome::CONFLICT);
  EXPECT_EQ(Get("i").incident().notes(), "newest");
  ASSERT_THAT(Open(), SizeIs(1));
  EXPECT_EQ(Open()[0].id().seq(), 2u);
  v1::Incident base, theirs;
  ASSERT_TRUE(base.ParseFromString(Open()[0].base()) && theirs.ParseFromString(Open()[0].theirs()));
  EXPECT_EQ(base.notes(), "theirs");
  EXPECT_EQ(theirs.notes(), "newest");
}

TEST_F(SettleTest, ADecisionThatIsSentTwiceCountsOnce) {
  const v1::Mutation decision = Decision(2, conflict_, {Notes("theirs", "mine")});
  const v1::PushResult first = Commit(decision);
  Push("amina", 2, 4, {Notes("mine", "after")});
  EXPECT_EQ(Commit(decision).SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Get("i").incident().notes(), "after");
}

TEST_F(SettleTest, ARefusedDecisionLeavesTheConflict) {
  v1::Mutation decision = Decision(2, conflict_, {Notes("theirs", "mine")});
  decision.set_reason(std::string(kMaxReasonBytes + 1, 'x'));
  EXPECT_EQ(Commit(decision).outcome(), Outcome::INVALID);
  EXPECT_THAT(Open(), SizeIs(1));
}

TEST_F(SettleTest, AConflictThatSomebodyElseDecidedIsNoObstacle) {
  v1::Mutation other = Mutation("amina", 2, 3, {});
  *other.add_settles() = conflict_.id();
  Commit(other);
  const v1::PushResult result = Commit(Decision(2, conflict_, {Notes("theirs", "mine")}));
  EXPECT_EQ(result.outcome(), Outcome::APPLIED);
  EXPECT_EQ(result.settled_size(), 0);
}

TEST_F(SettleTest, ANameThatNoConflictCanHaveIsRefused) {
  v1::Mutation decision = Mutation("bilal", 2, 3, {});
  decision.add_settles()->set_client("short");
  EXPECT_EQ(Commit(decision).outcome(), Outcome::INVALID);
}

TEST_F(SettleTest, ADecisionAndTheParkedPushMayTravelInOneGroup) {
  std::vector<v1::Mutation> group{Mutation("bilal", 2, 2, {Notes("base", "mine again")})};
  v1::Conflict second;
  second.set_theirs_revision(3);
  second.mutable_id()->set_client(ClientId("bilal"));
  second.mutable_id()->set_seq(2);
  group.push_back(Decision(3, second, {Notes("theirs", "mine again")}));
  const auto results = log->Commit(group);
  ASSERT_TRUE(results.ok());
  EXPECT_EQ((*results)[1]->settled_size(), 1);
  EXPECT_THAT(Open(), SizeIs(1));
  EXPECT_EQ(Get("i").incident().notes(), "mine again");
}

// The record is retired while Bilal edits it.
class RetiredMeanwhileTest : public LogFixture {
 protected:
  void SetUp() override {
    Push("founder", 2, 1, {NewIncident("i", IncidentBody("base"))});
    Push("amina", 1, 2, {Retire("a duplicate")});
    const v1::PushResult parked = Push("bilal", 1, 2, {Notes()});
    ASSERT_EQ(parked.conflict_size(), 1);
    conflict_ = parked.conflict(0);
  }
  static v1::RecordEdit Notes() { return EditIncident("i", IncidentBody("base"), IncidentBody("mine")); }
  static v1::RecordEdit Retire(const std::string& reason) {
    v1::Incident retired;
    retired.mutable_retired()->set_reason(reason);
    v1::RecordEdit edit = EditIncident("i", "", Body(retired));
    return edit;
  }

  v1::Conflict conflict_;
};

TEST_F(RetiredMeanwhileTest, TheConflictSaysWhoRetiredIt) {
  EXPECT_EQ(conflict_.cause(), Cause::RETIRED);
  EXPECT_EQ(conflict_.theirs_revision(), 3u);
  EXPECT_EQ(conflict_.theirs_author(), "amina");
}

TEST_F(RetiredMeanwhileTest, TheEditAndTheRestoreApplyInOneStep) {
  v1::RecordEdit edit = Notes();
  edit.add_part()->set_field(kRetiredField);
  v1::Mutation decision = Mutation("bilal", 2, conflict_.theirs_revision(), {edit});
  *decision.add_settles() = conflict_.id();
  std::vector<v1::Mutation> group{decision};
  ASSERT_EQ((*log->Commit(group))[0]->outcome(), Outcome::APPLIED);
  EXPECT_EQ(Get("i").retirement(), nullptr);
  EXPECT_EQ(Get("i").incident().notes(), "mine");
  EXPECT_THAT(*log->Conflicts(100), IsEmpty());
}

TEST_F(RetiredMeanwhileTest, ARetirementAgainstNewerEditsNamesTheNewestOfThem) {
  Push("founder", 3, 3, {NewIncident("j", IncidentBody("base"))});
  Push("amina", 2, 4, {EditIncident("j", IncidentBody("base"), IncidentBody("theirs"))});
  v1::RecordEdit retire = Retire("not needed");
  retire.set_record(Uuid::FromName("j").str());
  const v1::PushResult parked = Push("bilal", 2, 4, {retire});
  ASSERT_EQ(parked.conflict_size(), 1);
  EXPECT_EQ(parked.conflict(0).cause(), Cause::NEWER);
  EXPECT_EQ(parked.conflict(0).theirs_revision(), 5u);

  v1::Mutation decision = Mutation("bilal", 3, 5, {retire});
  *decision.add_settles() = parked.conflict(0).id();
  std::vector<v1::Mutation> group{decision};
  ASSERT_EQ((*log->Commit(group))[0]->outcome(), Outcome::APPLIED);
  EXPECT_NE(Get("j").retirement(), nullptr);
}

}  // namespace
}  // namespace daftar
