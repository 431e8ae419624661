// What is decided, said, judged and restored on a page: what becomes of the records, and taking it back.
#include "client/forms/act.h"

#include <gmock/gmock.h>

#include "client/forms/open_form.h"
#include "client/model/work_page.h"
#include "client/sync/user_store.h"
#include "storage/model/review.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar::forms {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using What = RecordAction::What;
using State = v1::ReviewState;

class ActTest : public SyncFixture {
 protected:
  ActTest() {
    v1::Actor actor;
    actor.set_class_(v1::ActorClass::ARMED_GROUP);
    actor.add_name()->set_text("Ansarullah");
    actor.mutable_name(0)->set_key(1);
    Found(
        {{kOne, v1::RecordKind::ACTOR, *CanonicalBody(actor)}, {kOther, v1::RecordKind::ACTOR, *CanonicalBody(actor)}});
    Sync(*station);
  }
  RecordAction On(What what) const { return {.what = what, .record = kIncident.ToString()}; }
  ActionDone Do(const RecordAction& action) {
    clock.Advance(1000);
    StatusOr<ActionDone> done = Act(*station, action);
    EXPECT_TRUE(done.ok()) << done.status();
    return done.ok() ? *std::move(done) : ActionDone();
  }
  v1::Incident Now() { return Incident(*station).incident(); }
  uint64_t ProposeNotes(const std::string& notes) {
    v1::Incident edited = Now();
    edited.set_notes(notes);
    const Revision seen = station->Read().value()->Head()->cursor().revision();
    const Proposed proposed = *Propose(Incident(*station), edited, "seen twice", {"Bahrom", 1}, seen);
    Queue(*station, {kIncident, v1::RecordKind::INCIDENT, proposed.record});
    Sync(*station);
    return proposed.key;
  }
  void SetNotes(const std::string& notes) {
    Queue(*station, WithNotes(*station, notes));
    Sync(*station);
  }
  v1::Actor Actor(const Uuid& id) { return (*station->Read().value()->Get(id))->actor(); }
  std::string LastReason() { return station->Outbox()->back().mutation().reason(); }

  const Uuid kOne = Uuid::FromName("test:one"), kOther = Uuid::FromName("test:other");
};

TEST_F(ActTest, ARecordIsReturnedWithWordsAsAComment) {
  RecordAction action = On(What::kDecide);
  action.code = "RETURNED";
  action.words = "which day was it?";
  Do(action);
  EXPECT_EQ(Now().review(), State::RETURNED);
  ASSERT_EQ(Now().comment_size(), 1);
  EXPECT_EQ(Now().comment(0).text(), "which day was it?");
  EXPECT_EQ(Now().comment(0).author(), "a");
  EXPECT_EQ(LastReason(), "which day was it?");
}

TEST_F(ActTest, NobodyReturnsARecordWithoutAWord) {
  RecordAction action = On(What::kDecide);
  action.code = "RETURNED";
  EXPECT_EQ(Act(*station, action).status().code(), StatusCode::kInvalidArgument);
  EXPECT_THAT(*station->Outbox(), IsEmpty());
}

TEST_F(ActTest, WhatIsSoAlreadyIsNotQueued) {
  RecordAction action = On(What::kDecide);
  action.code = "ACCEPTED";
  Do(action);
  EXPECT_EQ(Act(*station, action).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(*station->Outbox(), SizeIs(1));
}

TEST_F(ActTest, AnAcceptedProposalIsMade) {
  RecordAction action = On(What::kDecide);
  action.key = ProposeNotes("at night");
  action.code = "ACCEPTED";
  Do(action);
  EXPECT_EQ(Now().notes(), "at night");
  EXPECT_EQ(Now().proposal(0).state(), State::ACCEPTED);
  EXPECT_EQ(Now().proposal(0).reviewer(), "a");
  EXPECT_EQ(LastReason(), "accepted");
}

TEST_F(ActTest, WhatOthersChangedSinceIsPutOverOnlyBySayingSo) {
  RecordAction action = On(What::kDecide);
  action.key = ProposeNotes("at night");
  action.code = "ACCEPTED";
  SetNotes("in the morning");
  EXPECT_EQ(Act(*station, action).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(Now().notes(), "in the morning");
  action.over_newer = true;
  Do(action);
  EXPECT_EQ(Now().notes(), "at night");
}

TEST_F(ActTest, CommentsAreSaidAnsweredDoneAndTakenBack) {
  RecordAction action = On(What::kComment);
  action.part = {40, 1};
  action.words = "is it spelt so?";
  Do(action);
  const uint64_t key = Now().comment(0).key();
  EXPECT_EQ(Now().comment(0).field(), 40u);
  action = On(What::kComment);
  action.key = key;
  action.words = "it is";
  Do(action);
  ASSERT_EQ(Now().comment_size(), 2);
  action = On(What::kCommentDone);
  action.key = key;
  Do(action);
  EXPECT_TRUE(FindComment(Incident(*station).message(), key)->done());
  action.what = What::kCommentOpen;
  Do(action);
  EXPECT_FALSE(FindComment(Incident(*station).message(), key)->done());
  action.what = What::kCommentRemove;
  Do(action);
  EXPECT_EQ(Now().comment_size(), 0);
}

TEST_F(ActTest, TwoActorsAreJudgedAndThatIsTakenBack) {
  RecordAction action{.what = What::kJudge, .record = kOne.ToString()};
  action.other = kOther.ToString();
  action.code = "SAME";
  action.words = "their own statement says so";
  Do(action);
  ASSERT_EQ(Actor(kOne).same_as_size(), 1);
  EXPECT_EQ(Actor(kOne).same_as(0).judgement(), v1::Judgement::SAME);
  // From the other side: it is changed where it stands.
  action.record = kOther.ToString();
  action.other = kOne.ToString();
  action.code = "DIFFERENT";
  Do(action);
  EXPECT_EQ(Actor(kOne).same_as(0).judgement(), v1::Judgement::DIFFERENT);
  EXPECT_EQ(Actor(kOther).same_as_size(), 0);
  action.what = What::kUnjudge;
  Do(action);
  EXPECT_EQ(Actor(kOne).same_as_size(), 0);
}

TEST_F(ActTest, AnOlderVersionIsRestoredAsANewOne) {
  const Revision older = station->Read().value()->Head()->cursor().revision();
  SetNotes("in the morning");
  RecordAction action = On(What::kComment);
  action.words = "really?";
  Do(action);
  action = On(What::kRestore);
  action.revision = older;
  action.words = "the notes were wrong";
  Do(action);
  EXPECT_EQ(Now().notes(), "");
  EXPECT_EQ(Now().comment_size(), 1);
  EXPECT_EQ(LastReason(), "the notes were wrong");
}

TEST_F(ActTest, OnePartOfAnOlderVersionIsRestoredAlone) {
  const Revision older = station->Read().value()->Head()->cursor().revision();
  v1::Incident edited = Now();
  edited.set_notes("in the morning");
  edited.mutable_name(0)->set_text("a clash at the bridge");
  Queue(*station, {kIncident, v1::RecordKind::INCIDENT, std::make_shared<v1::Incident>(edited)});
  Sync(*station);
  RecordAction action = On(What::kRestore);
  action.revision = older;
  action.part = {v1::Incident::kNotesFieldNumber, 0};
  action.words = "the notes were wrong";
  Do(action);
  EXPECT_EQ(Now().notes(), "");
  EXPECT_EQ(Now().name(0).text(), "a clash at the bridge");
}

TEST_F(ActTest, WhatWasDoneIsTakenBackByAnotherEdit) {
  RecordAction action = On(What::kDecide);
  action.key = ProposeNotes("at night");
  action.code = "ACCEPTED";
  const ActionDone done = Do(action);
  ASSERT_TRUE(TakeBackAction(*station, done).ok());
  EXPECT_EQ(Now().notes(), "");
  EXPECT_EQ(Now().proposal(0).state(), State::PROPOSED);
  EXPECT_EQ(LastReason(), "taken back: accepted");
}

TEST_F(ActTest, WhatOthersChangedAfterIsNotTakenBack) {
  RecordAction action = On(What::kRestore);
  action.revision = station->Read().value()->Head()->cursor().revision();
  action.words = "as before";
  SetNotes("in the morning");
  const ActionDone done = Do(action);
  SetNotes("at noon");
  EXPECT_EQ(TakeBackAction(*station, done).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(Now().notes(), "at noon");
}

class ProposingTest : public ActTest {
 protected:
  // As a server answers one who may suggest and not edit.
  void Refuse(uint64_t seq) {
    v1::PushResult result;
    result.set_seq(seq);
    result.set_outcome(v1::PushResult::Outcome::DENIED);
    result.add_error()->set_message("this workstation may suggest and not edit");
    ASSERT_TRUE(station->user().Answer(result, clock.NowMs()).ok());
  }
  WorkPage Work() { return ReadWorkPage(*station, *station->Read().value()).value(); }
};

TEST_F(ProposingTest, AFormIsSentAsAProposal) {
  OpenForm open = BeginOn(*station, kIncident.ToString()).value();
  open.form.SetText(open.form.Find("notes"), "at night", 0);
  open.reason = "seen twice";
  open.proposal = true;
  const StatusOr<uint64_t> sent = Send(*station, open);
  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_EQ(Now().notes(), "");
  ASSERT_EQ(Now().proposal_size(), 1);
  EXPECT_EQ(Now().proposal(0).reason(), "seen twice");
  EXPECT_EQ(Now().proposal(0).author(), "a");
  ASSERT_EQ(Now().proposal(0).part_size(), 1);
  EXPECT_EQ(Now().proposal(0).part(0).field(), static_cast<uint32_t>(v1::Incident::kNotesFieldNumber));
}

TEST_F(ProposingTest, AProposalLeavesWhatOthersDidWhileTheFormWasOpen) {
  OpenForm open = BeginOn(*station, kIncident.ToString()).value();
  open.form.SetText(open.form.Find("notes"), "at night", 0);
  open.reason = "seen twice";
  open.proposal = true;
  SetNotes("in the morning");
  ASSERT_TRUE(Send(*station, open).ok());
  EXPECT_EQ(Now().notes(), "in the morning");
  const StatusOr<std::vector<Overlap>> overlaps = OverlapsOf(Incident(*station), Now().proposal(0));
  ASSERT_TRUE(overlaps.ok());
  EXPECT_THAT(*overlaps, SizeIs(1));
}

TEST_F(ProposingTest, ANewRecordOfAProposalIsProposed) {
  OpenForm open = BeginNew(*station, "place");
  open.form.SetText(open.form.Find("names[0].text"), "Shurobod", 0);
  open.reason = "in the news";
  open.proposal = true;
  const StatusOr<uint64_t> sent = Send(*station, open);
  ASSERT_TRUE(sent.ok()) << sent.status();
  const Record made = **station->Read().value()->Get(open.id);
  EXPECT_EQ(made.place().review(), State::PROPOSED);
  EXPECT_EQ(made.place().proposal_size(), 0);
}

TEST_F(ProposingTest, ARefusedEditIsPutForwardInstead) {
  Queue(*station, WithNotes(*station, "at night"));
  Refuse(station->Outbox()->back().mutation().seq());
  const WorkPage page = Work();
  ASSERT_THAT(page.refused, SizeIs(1));
  EXPECT_TRUE(page.refused[0].may_propose);
  Do({.what = What::kProposeInstead, .record = {}, .key = page.refused[0].number});
  EXPECT_THAT(Work().refused, IsEmpty());
  EXPECT_EQ(Now().notes(), "");
  ASSERT_EQ(Now().proposal_size(), 1);
  EXPECT_EQ(Now().proposal(0).reason(), "because");
}

TEST_F(ProposingTest, ARefusedCommentIsNoProposal) {
  RecordAction action = On(What::kComment);
  action.words = "really?";
  Refuse(Do(action).queued);
  const WorkPage page = Work();
  ASSERT_THAT(page.refused, SizeIs(1));
  EXPECT_FALSE(page.refused[0].may_propose);
}

TEST_F(ProposingTest, WhatIsRefusedNoLongerCannotBePutForward) {
  const StatusOr<ActionDone> done = Act(*station, {.what = What::kProposeInstead, .record = {}, .key = 77});
  EXPECT_EQ(done.status().code(), StatusCode::kNotFound);
}

}  // namespace
}  // namespace daftar::forms
