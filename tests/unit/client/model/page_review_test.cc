// Comments, proposals and judgements on a page.
#include <gmock/gmock.h>

#include "client/model/page.h"
#include "client/model/text_page.h"
#include "storage/model/review.h"
#include "tests/unit/client/model/changing_log.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class PageReviewTest : public ChangingLog {
 protected:
  PageReviewTest() { Put(NewIncident("a", Body(Incident("a clash"))), "is new"); }

  void Turn(const google::protobuf::Message& into) {
    Put(EditIncident("a", Body(Get("a").incident()), Body(static_cast<const v1::Incident&>(into))), "r");
  }
  uint64_t Propose(const std::string& notes) {
    v1::Incident edited = Get("a").incident();
    edited.set_notes(notes);
    const Proposed proposed =
        *daftar::Propose(Get("a"), edited, "seen twice", {"Bahrom", clock.NowMs()}, log->Head()->cursor().revision());
    Turn(*proposed.record);
    return proposed.key;
  }
  uint64_t Say(const std::string& text, PartId part = {0, 0}, uint64_t reply_to = 0) {
    clock.Advance(1000);
    const Commented commented = *AddComment(Get("a"), part, text, {"Zarina", clock.NowMs()}, reply_to);
    Turn(*commented.record);
    return commented.key;
  }
  Page PageNow() {
    const auto view = *log->view().Snapshot();
    StatusOr<Page> page = BuildPage(*view, Uuid::FromName("a").ToString(), {});
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : Page();
  }
};

TEST_F(PageReviewTest, AProposalSaysWhoWantsWhatAndWhy) {
  Propose("at night");
  const Page page = PageNow();
  ASSERT_THAT(page.proposals, SizeIs(1));
  const ProposalRow& row = page.proposals[0];
  EXPECT_EQ(row.state, "proposed");
  EXPECT_EQ(row.who, "Bahrom");
  EXPECT_EQ(row.why, "seen twice");
  ASSERT_THAT(row.changes, SizeIs(1));
  EXPECT_EQ(row.changes[0].label, "Notes");
  EXPECT_EQ(row.changes[0].before, "");
  EXPECT_EQ(row.changes[0].after, "at night");
  EXPECT_THAT(row.newer, IsEmpty());
}

TEST_F(PageReviewTest, AProposalSaysThatOthersChangedTheSameSince) {
  Propose("at night");
  v1::Incident edited = Get("a").incident();
  edited.set_notes("in the morning");
  Turn(edited);
  EXPECT_THAT(PageNow().proposals[0].newer, HasSubstr("Notes"));
}

TEST_F(PageReviewTest, ADecidedProposalStandsBehindOpenOnesAndWantsNothingAnyMore) {
  const uint64_t first = Propose("at night");
  Turn(*AcceptProposal(Get("a"), first, {"Amina", "I asked him"}, false)->record);
  const uint64_t second = Propose("by day");
  const Page page = PageNow();
  ASSERT_THAT(page.proposals, SizeIs(2));
  EXPECT_EQ(page.proposals[0].key, second);
  EXPECT_FALSE(page.proposals[1].open);
  EXPECT_THAT(page.proposals[1].changes, IsEmpty());
  EXPECT_EQ(page.proposals[1].reviewer, "Amina");
}

TEST_F(PageReviewTest, AnswersStandBehindWhatTheyAnswer) {
  const uint64_t asked = Say("is it spelt so?", {40, 1});
  Say("something else");
  Say("yes", {0, 0}, asked);
  const Page page = PageNow();
  ASSERT_THAT(page.comments, SizeIs(3));
  EXPECT_EQ(page.comments[0].part, "Name (a clash)");
  EXPECT_EQ(page.comments[1].text, "yes");
  EXPECT_EQ(page.comments[1].depth, 1u);
  EXPECT_EQ(page.comments[2].text, "something else");
  EXPECT_EQ(page.comments[2].depth, 0u);
}

TEST_F(PageReviewTest, ACommentOnWhatIsGoneSaysSo) {
  v1::Incident edited = Get("a").incident();
  edited.add_tag()->set_key(9);
  edited.mutable_tag(0)->set_text("border");
  Turn(edited);
  Say("why?", {44, 9});
  edited = Get("a").incident();
  edited.clear_tag();
  Turn(edited);
  EXPECT_EQ(PageNow().comments[0].part, "tag that is there no longer");
}

TEST_F(PageReviewTest, WhatTheReaderSaidIsTheReaders) {
  Say("mine");
  Propose("at night");
  const auto view = *log->view().Snapshot();
  const Page page = BuildPage(*view, Uuid::FromName("a").ToString(), {.language = "", .reader = "Zarina"}).value();
  EXPECT_TRUE(page.comments.at(0).own);
  EXPECT_FALSE(page.proposals.at(0).own);
}

TEST_F(PageReviewTest, ThePartsOfTheRecordCanBeSpokenOf) {
  const Page page = PageNow();
  ASSERT_GE(page.parts.size(), 3u);
  EXPECT_EQ(page.parts[0].field, 0u);
  EXPECT_EQ(page.parts[0].words, "the record as a whole");
  EXPECT_EQ(page.parts.back().words, "Name (a clash)");
  EXPECT_EQ(page.parts.back().field, 40u);
}

TEST_F(PageReviewTest, TheStateOfReviewIsToldWithWhoSetIt) {
  v1::Incident edited = Get("a").incident();
  edited.set_review(v1::ReviewState::ON_HOLD);
  Turn(edited);
  const Page page = PageNow();
  EXPECT_EQ(page.review_code, "ON_HOLD");
  EXPECT_THAT(page.review_by, HasSubstr("Amina"));
}

TEST_F(PageReviewTest, ThePageAsTextHasAllOfIt) {
  const uint64_t key = Propose("at night");
  const uint64_t asked = Say("which night?");
  Turn(**SetCommentDone(Get("a"), asked, true));
  const std::string text = PageAsText(PageNow(), {.width = 200});
  EXPECT_THAT(text, HasSubstr("Proposed changes"));
  EXPECT_THAT(text, HasSubstr("seen twice [" + std::to_string(key) + "]"));
  EXPECT_THAT(text, HasSubstr("Notes: nothing → at night"));
  EXPECT_THAT(text, HasSubstr(": which night? (done)"));
}

TEST_F(PageReviewTest, ARecordThatNobodySpeaksOfHasNeither) {
  const std::string text = PageAsText(PageNow(), {.width = 200});
  EXPECT_THAT(text, Not(HasSubstr("Proposed changes")));
  EXPECT_THAT(text, Not(HasSubstr("Comments")));
}

TEST_F(PageReviewTest, TheHistoryNamesACommentByItsWords) {
  Say("which night?");
  EXPECT_THAT(PageNow().history[0].changes, ::testing::ElementsAre("comment added: which night?"));
}

}  // namespace
}  // namespace daftar
