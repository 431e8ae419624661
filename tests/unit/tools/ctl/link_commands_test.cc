// Pauses, budgets and what status says of the link; and a sync that stays though nobody answers.
#include <gmock/gmock.h>

#include <vector>

#include "tests/unit/tools/ctl/ctl_fixture.h"
#include "tools/ctl/traffic_words.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

// Refuses a few times, and then says what cannot be mended by trying again.
class RefusingConnector final : public Connector {
 public:
  explicit RefusingConnector(int& calls) : calls_(calls) {}
  StatusOr<std::unique_ptr<Link>> Connect(int) override {
    if (++calls_ < 3) return Unavailable("nobody answers");
    return FailedPrecondition("a newer protocol");
  }

 private:
  int& calls_;
};

class LinkCommandsTest : public CtlFixture {
 protected:
  LinkCommandsTest() { EXPECT_EQ(Run({"init", "--server", "127.0.0.1:1", "--author", "Amina"}).exit_code, 0); }

  std::unique_ptr<Connector> NewConnector() override { return std::make_unique<RefusingConnector>(calls_); }

  int calls_ = 0;
};

TEST_F(LinkCommandsTest, WhilePausedASyncSaysHowToResume) {
  EXPECT_EQ(Ask({"sync", "pause"})["paused"], true);
  for (const char* verb : {"sync", "push"}) {
    const Ended ended = Run({verb});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("daftarctl sync resume"));
  }
  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(Ask({"status"})["paused"], true);
}

TEST_F(LinkCommandsTest, NowGoesAheadDespiteAPause) {
  Run({"sync", "pause"});
  EXPECT_EQ(Run({"sync", "--now"}).exit_code, 6);
  EXPECT_EQ(calls_, 1);
  EXPECT_EQ(Ask({"status"})["paused"], true) << "for this time only";
}

TEST_F(LinkCommandsTest, ResumeTakesAPauseBack) {
  Run({"sync", "pause"});
  EXPECT_EQ(Ask({"sync", "resume"})["schema"], "daftar.sync_resume.v1");
  Run({"sync"});
  EXPECT_EQ(calls_, 1);
}

TEST_F(LinkCommandsTest, BudgetsAreStoredOneByOne) {
  Ask({"sync", "budget", "--day", "2M", "--session", "200k"});
  const json budget = Ask({"sync", "budget", "--day", "none", "--month", "50M"})["budget"];
  EXPECT_EQ(budget, json({{"session", 200'000}, {"day", nullptr}, {"month", 50'000'000}}));
  EXPECT_EQ(Ask({"status"})["budget"], budget);
  EXPECT_THAT(Run({"status"}).out, HasSubstr("budget    200 kB a session, 50.0 MB a month"));
}

TEST_F(LinkCommandsTest, ABudgetThatIsNoNumberIsAMistakeOfTheCommandLine) {
  EXPECT_EQ(Run({"sync", "budget", "--day", "much"}).exit_code, 2);
  EXPECT_EQ(Run({"sync", "--budget", "-3"}).exit_code, 2);
}

TEST_F(LinkCommandsTest, StatusSaysHowOftenItFailedAndWhenProgramsTryAgain) {
  Run({"sync"});
  const json status = Ask({"status"});
  EXPECT_EQ(status["failures"], 1);
  EXPECT_TRUE(status["next_try"].is_string());
  EXPECT_EQ(status["traffic"]["received"]["total"], 0);
  EXPECT_TRUE(status["goodput"].is_null());
  EXPECT_TRUE(status["filling"].is_null());
  EXPECT_EQ(status["repaired"], 0);
}

TEST_F(LinkCommandsTest, ASyncThatFollowsTriesAgainUntilTryingIsNoUse) {
  const Ended ended = Run({"sync", "--follow"});
  EXPECT_EQ(calls_, 3);
  EXPECT_THAT(ended.err, HasSubstr("nobody answers; trying again in"));
  EXPECT_THAT(ended.err, HasSubstr("a newer protocol"));
  EXPECT_EQ(ended.exit_code, 1);
}

TEST(TrafficWordsTest, ReadsBytesAsTheyArePrinted) {
  EXPECT_EQ(ParseBytes("300"), 300u);
  EXPECT_EQ(ParseBytes("10k"), 10'000u);
  EXPECT_EQ(ParseBytes("1.5 MB"), 1'500'000u);
  EXPECT_EQ(ParseBytes("2G"), 2'000'000'000u);
  EXPECT_EQ(ParseBytes("none"), 0u);
  for (const char* wrong : {"", "k", "-1", "10x", "1e9", "nan", "inf", "99999999999G", "10 kB more"})
    EXPECT_FALSE(ParseBytes(wrong)) << wrong;
}

TEST(TrafficWordsTest, GroupsDigits) {
  EXPECT_EQ(Grouped(7), "7");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1240), "1,240");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
}

TEST(TrafficWordsTest, SaysWhatABudgetLeavesToDo) {
  SyncReport report;
  EXPECT_EQ(BudgetReachedWords(report, {}), "");
  report.stopped_at = TrafficLimit::kDay;
  EXPECT_THAT(BudgetReachedWords(report, {.bytes = 1'200'000, .revisions = {}}),
              HasSubstr("the budget of the day is used up. What came is kept"));
  EXPECT_THAT(BudgetReachedWords(report, {.bytes = 1'200'000, .revisions = {}}), HasSubstr("about 1.2 MB are still"));
}

}  // namespace
}  // namespace daftar::ctl
