// The review of a record on its page: deciding, proposals, comments, judgements, and taking back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/sync/form_drafts.h"
#include "client/ui/keys.h"
#include "daftar/v1/records.pb.h"
#include "storage/authoring/authoring.h"
#include "storage/model/review.h"
#include "storage/view/read_view.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::SizeIs;
using ui::Role;
using State = v1::ReviewState;
namespace keys = ui::keys;

class ReviewTest : public testing::Test {
 protected:
  Record Get(std::string_view id = "sample:I01") {
    const auto view = stage_.station().Read().value();
    return *view->Get(view->Resolve(id).value()).value();
  }
  State::Code Review() { return ReviewOf(Get().message()); }
  // As others do it: the page is read again.
  void Queue(const Record& record, Reviewed message) {
    const Edit edit{record.id(), record.kind(), std::move(message)};
    CheckedEdit checked = stage_.station().Check({&edit, 1}, "a test").value();
    ASSERT_TRUE(checked.problems.empty());
    ASSERT_TRUE(stage_.station().Queue(std::move(checked.mutation)).ok());
    const std::string address = stage_.screen().address;
    stage_.desk().Open(HomeAddress());
    stage_.Settle();
    stage_.desk().Open(address);
    stage_.Settle();
  }
  uint64_t ProposeNotes(const std::string& notes) {
    v1::Incident edited = Get().incident();
    edited.set_notes(notes);
    const Proposed proposed = *Propose(Get(), edited, "a second witness", {"Bahrom", 1'795'000'000'000}, 0);
    Queue(Get(), proposed.record);
    return proposed.key;
  }
  void Answer(std::string_view field, std::string_view words) {
    stage_.Settle();
    EXPECT_TRUE(stage_.Seen(Role::kField, field).focused);
    stage_.Type(words);
    stage_.Press(keys::kEnter);
    stage_.Settle();
  }
  static constexpr char kWhy[] = "what is missing, or why: everybody reads it";
  static constexpr char kSay[] = "what you want to say: everybody reads it";

  Stage stage_{"daftar:incident/sample:I01"};
};

TEST_F(ReviewTest, SaysTheStateAndOffersWhatMayFollow) {
  EXPECT_TRUE(stage_.Sees(Role::kMark, "Review: accepted"));
  EXPECT_TRUE(stage_.Sees(Role::kButton, "Take up"));
  EXPECT_FALSE(stage_.Sees(Role::kButton, "Return…"));
  stage_.Click(Role::kButton, "Take up");
  stage_.Settle();
  EXPECT_EQ(Review(), State::IN_REVIEW);
  EXPECT_TRUE(stage_.Sees(Role::kMark, "Review: in review"));
  EXPECT_TRUE(stage_.Sees(Role::kButton, "Return…"));
  EXPECT_FALSE(stage_.Sees(Role::kButton, "Take up"));
  EXPECT_EQ(stage_.syncs(), 1);
}

TEST_F(ReviewTest, LettersDecideWithoutAMouse) {
  stage_.Press(keys::kT);
  stage_.Settle();
  ASSERT_EQ(Review(), State::IN_REVIEW);
  stage_.Press(keys::kR);
  Answer(kWhy, "which day was it?");
  EXPECT_EQ(Review(), State::RETURNED);
  EXPECT_EQ(Get().incident().comment(0).text(), "which day was it?");
  stage_.Press(keys::kA);
  stage_.Settle();
  EXPECT_EQ(Review(), State::ACCEPTED);
}

TEST_F(ReviewTest, ALetterThatIsTypedDecidesNothing) {
  stage_.Press(keys::kT);
  stage_.Settle();
  stage_.Press(keys::kK, true);
  stage_.Type("a");
  stage_.Press(keys::kA);
  stage_.Settle();
  EXPECT_EQ(Review(), State::IN_REVIEW);
}

TEST_F(ReviewTest, WhatIsAskedForCanBeLeft) {
  stage_.Press(keys::kT);
  stage_.Settle();
  stage_.Click(Role::kButton, "Hold…");
  EXPECT_TRUE(stage_.Sees(Role::kField, kWhy));
  stage_.Click(Role::kButton, "Cancel");
  EXPECT_FALSE(stage_.Sees(Role::kField, kWhy));
  EXPECT_EQ(Review(), State::IN_REVIEW);
}

TEST_F(ReviewTest, EscapeLeavesWhatIsAskedFor) {
  stage_.Press(keys::kT);
  stage_.Settle();
  stage_.Press(keys::kR);
  stage_.Settle();
  ASSERT_TRUE(stage_.Sees(Role::kField, kWhy));
  stage_.Type("never mind");
  stage_.Press(keys::kEscape);
  EXPECT_FALSE(stage_.Sees(Role::kField, kWhy));
  EXPECT_EQ(Get().incident().comment_size(), 0);
}

TEST_F(ReviewTest, WhatWasDoneIsTakenBack) {
  stage_.Press(keys::kT);
  stage_.Settle();
  stage_.Click(Role::kLink, "take it back");
  stage_.Settle();
  EXPECT_EQ(Review(), State::ACCEPTED);
  EXPECT_FALSE(stage_.Sees(Role::kLink, "take it back"));
}

TEST_F(ReviewTest, AProposalIsAcceptedWhereItStands) {
  ProposeNotes("seen twice");
  EXPECT_TRUE(stage_.Sees(Role::kLink, "1 proposed change"));
  stage_.Click(Role::kButton, "Accept the change");
  stage_.Settle();
  EXPECT_EQ(Get().incident().notes(), "seen twice");
  EXPECT_TRUE(stage_.Sees(Role::kLink, "clear it away"));
}

TEST_F(ReviewTest, AProposalIsReturnedWithAWord) {
  const uint64_t key = ProposeNotes("seen twice");
  stage_.Click(Role::kButton, "Return the change…");
  Answer(kWhy, "by whom?");
  const v1::Proposal proposal = *FindProposal(Get().message(), key);
  EXPECT_EQ(proposal.state(), State::RETURNED);
  EXPECT_EQ(proposal.answer(), "by whom?");
  EXPECT_EQ(proposal.reviewer(), "Tester");
}

TEST_F(ReviewTest, ACommentIsSaidAnsweredDoneAndTakenBack) {
  stage_.Press(keys::kC);
  Answer(kSay, "is it spelt so?");
  ASSERT_THAT(Get().incident().comment(), SizeIs(1));
  EXPECT_EQ(Get().incident().comment(0).author(), "Tester");
  EXPECT_TRUE(stage_.Sees(Role::kText, "is it spelt so?"));
  stage_.Click(Role::kLink, "answer");
  Answer("your answer: everybody reads it", "it is");
  ASSERT_THAT(Get().incident().comment(), SizeIs(2));
  stage_.Click(Role::kLink, "done");
  stage_.Settle();
  EXPECT_TRUE(stage_.Sees(Role::kLink, "not done after all"));
  stage_.Click(Role::kLink, "take back");
  stage_.Settle();
  EXPECT_THAT(Get().incident().comment(), SizeIs(0));
}

TEST_F(ReviewTest, ACommentIsAboutThePartThatIsChosen) {
  stage_.Press(keys::kC);
  stage_.Settle();
  stage_.Click(Role::kChoice, "What the comment is about");
  stage_.Click(Role::kRow, "Name (Crossing and clash in Darvoz)");
  stage_.Click(Role::kField, kSay);
  stage_.Type("is it spelt so?");
  stage_.Click(Role::kButton, "Say it");
  stage_.Settle();
  ASSERT_THAT(Get().incident().comment(), SizeIs(1));
  EXPECT_EQ(Get().incident().comment(0).field(), 40u);
  EXPECT_EQ(Get().incident().comment(0).item(), Get().names()[0].key());
}

TEST_F(ReviewTest, EveryButtonIsReachedByTab) {
  stage_.Press(keys::kT);
  stage_.Settle();
  const auto reached = [&](std::string_view label) {
    for (int i = 0; i < 60; ++i) {
      stage_.Press(keys::kTab);
      if (stage_.Seen(Role::kButton, label).focused) return true;
    }
    return false;
  };
  EXPECT_TRUE(reached("Accept"));
  EXPECT_TRUE(reached("Return…"));
  EXPECT_TRUE(reached("Hold…"));
  EXPECT_TRUE(reached("Comment…"));
}

TEST_F(ReviewTest, AFormIsSentAsAProposal) {
  stage_.Press(keys::kE, true);
  stage_.Settle();
  stage_.Settle();
  stage_.Click(Role::kField, "Name 1, Text");
  stage_.Type("Clash");
  stage_.Press(keys::kEscape);
  stage_.Click(Role::kField, "Reason");
  stage_.Type("a better name");
  stage_.Press(keys::kEscape);
  stage_.Click(Role::kChoice, "Send as");
  stage_.Click(Role::kRow, "a proposal for an editor");
  stage_.Click(Role::kButton, "Send");
  stage_.Settle();
  stage_.Settle();
  ASSERT_THAT(Get().incident().proposal(), SizeIs(1));
  EXPECT_EQ(DisplayName(Get()), "Crossing and clash in Darvoz");
  EXPECT_TRUE(stage_.Sees(Role::kButton, "Withdraw it"));
}

TEST_F(ReviewTest, TwoActorsAreJudgedOnThePageAndThatIsTakenBack) {
  auto twin = std::make_shared<v1::Actor>();
  twin->set_class_(Get("sample:JA").actor().class_());
  twin->add_name()->set_text(DisplayName(Get("sample:JA")));
  AssignKeys(twin.get());
  const Uuid id = Uuid::FromName("test:twin");
  Queue(Record(id, v1::RecordKind::ACTOR, twin), twin);
  stage_.desk().Open("daftar:actor/sample:JA");
  stage_.Settle();
  stage_.Click(Role::kLink, "Not the same…");
  Answer("why you think so: everybody reads it", "another province");
  // What an editor says of the two; nullptr: nothing.
  const auto judgement = [&]() -> std::unique_ptr<v1::Resemblance> {
    const v1::Actor judged = Get("sample:JA").actor();
    for (const v1::Resemblance& one : judged.same_as()) {
      if (one.other() == id.str()) return std::make_unique<v1::Resemblance>(one);
    }
    return nullptr;
  };
  ASSERT_NE(judgement(), nullptr);
  EXPECT_EQ(judgement()->judgement(), v1::Judgement::DIFFERENT);
  EXPECT_EQ(judgement()->reason(), "another province");
  EXPECT_FALSE(stage_.Sees(Role::kLink, "Not the same…"));
  // The first of those that are judged.
  const int before = Get("sample:JA").actor().same_as_size();
  stage_.Click(Role::kLink, "take the judgement back…");
  Answer("why it is taken back", "a mistake");
  EXPECT_EQ(Get("sample:JA").actor().same_as_size(), before - 1);
}

}  // namespace
}  // namespace daftar
