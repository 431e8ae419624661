// suggest, review, comment, judge and bulk, on a workstation that nobody answers.
#include <gmock/gmock.h>

#include <fstream>

#include "client/sync/workstation.h"
#include "storage/model/review.h"
#include "tests/unit/tools/ctl/ctl_fixture.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReviewCommandsTest : public CtlFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(Run({"init", "--author", "Amina"}).exit_code, 0);
    Make("incident", "I1", R"("kind": ["CLASH"], "names": ["a clash"], "notes": "once", "review": "ACCEPTED")");
    Make("actor", "A1", R"("class": "ARMED_GROUP", "names": ["The Group"], "review": "ACCEPTED")");
    Make("actor", "A2", R"("class": "ARMED_GROUP", "names": ["The Group"], "review": "ACCEPTED")");
  }
  void Make(const std::string& kind, const std::string& id, const std::string& fields) {
    const std::string file = home_.File(id + ".json");
    std::ofstream(file) << "{" << fields << R"(, "external": [{"system": "test", "id": ")" << id << R"("}]})";
    const Ended made = Run({"add", "--kind", kind, file, "--reason", "r"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  // The key of a proposal of other notes.
  std::string Suggest(const std::string& notes) {
    const json answer = Ask({"suggest", "test:I1", "--set", "notes=" + notes, "--reason", "seen twice"});
    return std::to_string(answer["proposal"].get<uint64_t>());
  }
  std::string Notes() { return Ask({"show", "test:I1"})["notes"]; }
  size_t Waiting() { return (*Workstation::Open(home_.File("replica"), clock_, random_))->Outbox()->size(); }
};

TEST_F(ReviewCommandsTest, ASuggestionSaysWhatItWouldChangeAndChangesNothing) {
  const json answer = Ask({"suggest", "test:I1", "--set", "notes=twice", "--reason", "seen twice"});
  EXPECT_EQ(answer["schema"], "daftar.suggest.v1");
  EXPECT_EQ(answer["changes"], json::parse(R"([{"path": "notes", "before": "once", "after": "twice"}])"));
  EXPECT_EQ(Notes(), "once");
}

TEST_F(ReviewCommandsTest, WhatCouldNotBeAcceptedIsNotSuggested) {
  const size_t before = Waiting();
  EXPECT_EQ(Run({"suggest", "test:I1", "--set", "event_clarity=9", "--reason", "r"}).exit_code, 4);
  EXPECT_EQ(Run({"suggest", "test:I1", "--set", "notes=once", "--reason", "r"}).exit_code, 4);
  EXPECT_EQ(Run({"suggest", "test:I1", "--reason", "r"}).exit_code, 2);
  EXPECT_EQ(Run({"suggest", "test:I1", "--set", "notes=twice"}).exit_code, 2);
  EXPECT_EQ(Waiting(), before);
}

TEST_F(ReviewCommandsTest, ADryRunQueuesNothing) {
  const size_t before = Waiting();
  EXPECT_THAT(Run({"suggest", "test:I1", "--set", "notes=twice", "--dry-run"}).out, HasSubstr("once → twice"));
  EXPECT_EQ(Waiting(), before);
}

TEST_F(ReviewCommandsTest, WhatWaitsIsListedWithWhatItWouldChange) {
  Suggest("twice");
  const json list = Ask({"review", "list"});
  ASSERT_EQ(list["total"], 1);
  const json& record = list["records"][0];
  EXPECT_EQ(record["ref"], "test:I1");
  EXPECT_FALSE(record["waits"]);
  ASSERT_EQ(record["proposals"].size(), 1u);
  EXPECT_EQ(record["proposals"][0]["author"], "Amina");
  EXPECT_EQ(record["proposals"][0]["changes"][0]["after"], "twice");
}

TEST_F(ReviewCommandsTest, ARecordWithoutAStateWaitsAsProposed) {
  Make("incident", "I2", R"("kind": ["CLASH"], "names": ["another clash"])");
  const json list = Ask({"review", "list", "--state", "proposed"});
  ASSERT_EQ(list["total"], 1);
  EXPECT_EQ(list["records"][0]["ref"], "test:I2");
  EXPECT_TRUE(list["records"][0]["waits"]);
}

TEST_F(ReviewCommandsTest, ListsOneStateAndKnowsNoOther) {
  const std::string key = Suggest("twice");
  Ask({"review", "hold", "test:I1", "--proposal", key});
  EXPECT_EQ(Ask({"review", "list", "--state", "on-hold"})["total"], 1);
  EXPECT_EQ(Ask({"review", "list", "--state", "in-review"})["total"], 0);
  EXPECT_EQ(Run({"review", "list", "--state", "lost"}).exit_code, 2);
}

TEST_F(ReviewCommandsTest, AcceptingMakesTheChange) {
  const std::string key = Suggest("twice");
  const json answer = Ask({"review", "accept", "test:I1", "--proposal", key, "--comment", "I asked him"});
  EXPECT_EQ(answer["schema"], "daftar.review_accept.v1");
  EXPECT_EQ(Notes(), "twice");
  const json shown = Ask({"review", "show", "test:I1"});
  EXPECT_EQ(shown["proposals"][0]["state"], "accepted");
  EXPECT_EQ(shown["proposals"][0]["answer"], "I asked him");
  EXPECT_EQ(Ask({"review", "list"})["total"], 0);
}

TEST_F(ReviewCommandsTest, TheBeginningOfAKeyIsEnough) {
  const std::string key = Suggest("twice");
  EXPECT_EQ(Run({"review", "take-up", "test:I1", "--proposal", key.substr(0, 6)}).exit_code, 0);
  EXPECT_EQ(Run({"review", "take-up", "test:I1", "--proposal", "x"}).exit_code, 3);
}

TEST_F(ReviewCommandsTest, WhatIsReturnedSaysWhy) {
  const std::string key = Suggest("twice");
  EXPECT_EQ(Run({"review", "return", "test:I1", "--proposal", key}).exit_code, 2);
  EXPECT_EQ(Run({"review", "return", "test:I1", "--proposal", key, "--comment", "no"}).exit_code, 0);
  EXPECT_EQ(Notes(), "once");
  EXPECT_THAT(Run({"show", "test:I1"}).out, HasSubstr("Amina answered: no"));
}

TEST_F(ReviewCommandsTest, ARecordIsTakenUpAndAccepted) {
  Make("incident", "I2", R"("kind": ["CLASH"], "names": ["another clash"])");
  EXPECT_EQ(Ask({"review", "take-up", "test:I2"})["state"], "in_review");
  EXPECT_EQ(Ask({"review", "accept", "test:I2", "--comment", "fine"})["changes"].size(), 5u)
      << "the state, and a comment of four fields";
  EXPECT_EQ(Ask({"review", "show", "test:I2"})["review"], "accepted");
}

TEST_F(ReviewCommandsTest, AClearedProposalIsGone) {
  const std::string key = Suggest("twice");
  EXPECT_EQ(Run({"review", "clear", "test:I1", "--proposal", key}).exit_code, 0);
  EXPECT_THAT(Ask({"review", "show", "test:I1"})["proposals"], IsEmpty());
  EXPECT_EQ(Run({"review", "clear", "test:I1", "--proposal", key}).exit_code, 3);
}

TEST_F(ReviewCommandsTest, CommentsAreAnsweredAndDone) {
  const json asked = Ask({"comment", "add", "test:I1", "--at", "names[0]", "is it spelt so?"});
  const std::string key = std::to_string(asked["comment"].get<uint64_t>());
  Ask({"comment", "add", "test:I1", "--reply", key, "yes"});
  Ask({"comment", "done", "test:I1", key});
  const json list = Ask({"comment", "list", "test:I1"});
  ASSERT_EQ(list["total"], 2);
  EXPECT_THAT(list["comments"][0]["part"].get<std::string>(), HasSubstr("names[key="));
  EXPECT_TRUE(list["comments"][0]["done"]);
  EXPECT_EQ(list["comments"][1]["reply_to"], asked["comment"]);
  EXPECT_EQ(list["comments"][1]["author"], "Amina");
  Ask({"comment", "remove", "test:I1", key});
  EXPECT_EQ(Ask({"comment", "list", "test:I1"})["total"], 0);
}

TEST_F(ReviewCommandsTest, ACommentOnNothingIsRefused) {
  EXPECT_EQ(Run({"comment", "add", "test:I1", "--at", "names[7]", "x"}).exit_code, 3);
  EXPECT_EQ(Run({"comment", "add", "test:I1", "--at", "weather", "x"}).exit_code, 4);
  EXPECT_EQ(Run({"comment", "add", "test:I1", "--reply", "1", "x"}).exit_code, 3);
}

TEST_F(ReviewCommandsTest, AJudgementIsToldOnBothPages) {
  Ask({"judge", "test:A1", "same", "test:A2", "--reason", "their own words"});
  EXPECT_THAT(Run({"show", "test:A1"}).out, HasSubstr("The same as The Group [test:A2]: their own words"));
  EXPECT_THAT(Run({"show", "test:A2"}).out, HasSubstr("The same as The Group [test:A1]: their own words"));
}

TEST_F(ReviewCommandsTest, OfTwoActorsThereIsOneJudgement) {
  Ask({"judge", "test:A1", "same", "test:A2", "--reason", "r"});
  Ask({"judge", "test:A2", "different", "test:A1", "--reason", "s"});
  EXPECT_EQ(Ask({"show", "test:A1"})["same_as"].size(), 1u);
  EXPECT_FALSE(Ask({"show", "test:A2"}).contains("same_as"));
  EXPECT_THAT(Run({"show", "test:A2"}).out, HasSubstr("Not the same as The Group [test:A1]: s"));
}

TEST_F(ReviewCommandsTest, AJudgementIsTakenBackFromEitherSide) {
  Ask({"judge", "test:A1", "same", "test:A2", "--reason", "r"});
  EXPECT_TRUE(Ask({"judge", "test:A2", "undo", "test:A1", "--reason", "it was false"})["judgement"].is_null());
  EXPECT_FALSE(Ask({"show", "test:A1"}).contains("same_as"));
  EXPECT_EQ(Run({"judge", "test:A1", "undo", "test:A2", "--reason", "r"}).exit_code, 3);
}

TEST_F(ReviewCommandsTest, OnlyTwoActorsAreJudged) {
  EXPECT_EQ(Run({"judge", "test:A1", "same", "test:I1", "--reason", "r"}).exit_code, 4);
  EXPECT_EQ(Run({"judge", "test:A1", "same", "test:A1", "--reason", "r"}).exit_code, 4);
  EXPECT_EQ(Run({"judge", "test:A1", "perhaps", "test:A2", "--reason", "r"}).exit_code, 2);
}

TEST_F(ReviewCommandsTest, ABulkEditIsSeenFirst) {
  const size_t before = Waiting();
  const json seen = Ask({"bulk", "edit", "--query", "kind:actor", "--set", "tlp=AMBER", "--dry-run"});
  EXPECT_EQ(seen["found"], 2);
  EXPECT_EQ(seen["changed"], 2);
  EXPECT_THAT(seen["preview"], SizeIs(2));
  EXPECT_THAT(seen["queued"], IsEmpty());
  EXPECT_EQ(Waiting(), before);
}

TEST_F(ReviewCommandsTest, ABulkEditIsOnePushAndOneCommandTakesItBack) {
  Ask({"edit", "test:A1", "--set", "tlp=AMBER", "--reason", "r"});
  const json done = Ask({"bulk", "edit", "--query", "kind:actor", "--set", "tlp=AMBER", "--reason", "in doubt"});
  EXPECT_EQ(done["changed"], 1);
  EXPECT_EQ(done["unchanged"], 1);
  EXPECT_THAT(done["queued"], SizeIs(1));
  const json undone = Ask({"bulk", "undo"});
  EXPECT_EQ(undone["changed"], 1);
  EXPECT_EQ(Ask({"show", "test:A1"})["tlp"], "AMBER");
  EXPECT_FALSE(Ask({"show", "test:A2"}).contains("tlp"));
  EXPECT_EQ(Run({"bulk", "undo"}).exit_code, 3);
}

TEST_F(ReviewCommandsTest, WhatWasChangedSinceIsLeftByTheUndoing) {
  Ask({"bulk", "edit", "--query", "kind:actor", "--set", "tlp=AMBER", "--reason", "in doubt"});
  Ask({"edit", "test:A1", "--set", "tlp=RED", "--reason", "r"});
  const json undone = Ask({"bulk", "undo"});
  EXPECT_EQ(undone["changed"], 1);
  ASSERT_THAT(undone["left"], SizeIs(1));
  EXPECT_EQ(undone["left"][0]["path"], "test:A1: tlp");
  EXPECT_EQ(Ask({"show", "test:A1"})["tlp"], "RED");
}

TEST_F(ReviewCommandsTest, ABulkEditWithAProblemChangesNothing) {
  const size_t before = Waiting();
  const Ended ended = Run({"bulk", "edit", "--query", "kind:actor", "--set", "country=tajik", "--reason", "r"});
  EXPECT_EQ(ended.exit_code, 4);
  EXPECT_THAT(ended.err, HasSubstr("test:A2"));
  EXPECT_EQ(Run({"bulk", "edit", "--query", "kind:place", "--set", "tlp=RED", "--reason", "r"}).exit_code, 3);
  EXPECT_EQ(Waiting(), before);
}

TEST_F(ReviewCommandsTest, ABulkEditOfManyIsAPushForEachHundred) {
  for (int i = 0; i < 130; ++i)
    Make("place", "P" + std::to_string(i), R"("kind": "SETTLEMENT", "names": ["a village"])");
  EXPECT_THAT(Ask({"bulk", "edit", "--query", "kind:place", "--set", "country=TJ", "--reason", "r"})["queued"],
              SizeIs(2));
  EXPECT_THAT(Ask({"bulk", "undo"})["queued"], SizeIs(2));
}

}  // namespace
}  // namespace daftar::ctl
