// The table of accounts: side by side, with what disagrees, what is finer, and what was seized.
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::PageOf;
using model_test::RowOf;
using ::testing::HasSubstr;

TEST(PageAccountsTest, StandAsColumnsWithTheirSource) {
  Page page = PageOf("sample:I01");
  ASSERT_EQ(page.accounts.size(), 3u);
  EXPECT_EQ(page.accounts[0].label, "S0");
  EXPECT_EQ(page.accounts[2].label, "S2");
  EXPECT_EQ(page.accounts[2].source.id, "sample:S2");
  EXPECT_EQ(page.accounts[2].said_by.id, "sample:TJ-SSC");
  EXPECT_EQ(page.accounts[2].citation, 3);
}

TEST(PageAccountsTest, CarryTheAdmiraltyGrade) { EXPECT_EQ(PageOf("sample:I01").accounts[2].grade, "C2"); }

TEST(PageAccountsTest, SayWhatTheyRestOn) {
  Page page = PageOf("sample:I01");
  EXPECT_THAT(page.accounts[0].lineage.text, HasSubstr("reports on Jamestown Foundation article"));
  EXPECT_THAT(page.accounts[0].lineage.text, HasSubstr("31 Oct 2023*"));
  EXPECT_THAT(page.accounts[1].lineage.text, HasSubstr("(inferred)"));
  EXPECT_THAT(page.accounts[2].lineage.text, HasSubstr(" → quotes "));
}

TEST(PageAccountsTest, ShareTheRootOfOneArticle) {
  Page page = PageOf("sample:I01");
  EXPECT_EQ(page.accounts[0].root, page.accounts[1].root);
  EXPECT_NE(page.accounts[0].root, page.accounts[2].root);
}

TEST(PageAccountsTest, SayWhoAddedThem) {
  EXPECT_EQ(PageOf("sample:I01").accounts[0].added, "added by Amina, 20 Nov 2026 19:30, revision 1");
}

TEST(PageAccountsTest, MarkTheDatesThatDisagree) {
  Page page = PageOf("sample:I01");
  const AttributeRow& date = RowOf(page, "date");
  ASSERT_EQ(date.cells.size(), 3u);
  EXPECT_TRUE(date.open);
  EXPECT_EQ(date.cells[0].text, "4 Sep 2023*");
  EXPECT_TRUE(date.cells[0].marks.disagrees);
  EXPECT_EQ(date.cells[2].text, "night of 30 Aug 2023*");
  EXPECT_TRUE(date.cells[2].marks.shown);
  EXPECT_FALSE(date.cells[2].marks.disagrees);
}

TEST(PageAccountsTest, DoNotTakeAFinerPlaceForADisagreement) {
  Page page = PageOf("sample:I01");
  const AttributeRow& place = RowOf(page, "place");
  EXPECT_FALSE(place.disagrees);
  EXPECT_FALSE(place.cells[0].marks.disagrees);
  EXPECT_EQ(place.cells[2].text, "Kevron");
}

TEST(PageAccountsTest, LeaveOutThatEverybodyPlainlyStatesTheMatter) {
  Page page = PageOf("sample:I01");
  for (const AttributeRow& row : page.rows) EXPECT_NE(row.attribute, "exists");
}

TEST(PageAccountsTest, TellAccountsOfOneSourceApartByNumber) {
  Page page = PageOf("sample:R-JA-AFFILIATED-Taliban");
  ASSERT_EQ(page.accounts.size(), 6u);
  EXPECT_EQ(page.accounts[2].label, "S1 #3");
  EXPECT_EQ(page.accounts[4].label, "S1 #5");
}

TEST(PageAccountsTest, SetDenialsApart) {
  Page page = PageOf("sample:R-JA-AFFILIATED-Taliban");
  EXPECT_TRUE(page.accounts[4].marks.denied);
  const AttributeRow& exists = RowOf(page, "exists");
  EXPECT_TRUE(exists.disagrees);
  EXPECT_EQ(exists.cells[4].text, "denies");
  EXPECT_TRUE(exists.cells[4].marks.disagrees);
}

TEST(SeizedTest, ListsEveryLineAsTheSourceGivesIt) {
  Page page = PageOf("sample:I02");
  ASSERT_EQ(page.seized.size(), 15u);  // a summary each from S0 and S1, thirteen lines from S2
  EXPECT_EQ(page.seized[2].what, "rifle");
  EXPECT_EQ(page.seized[2].model, "Kalashnikov");
  EXPECT_EQ(page.seized[2].quantity, "5");
  EXPECT_EQ(page.seized[2].account, 3);
}

TEST(SeizedTest, KeepsTheOddSniperRiflesWithANote) {
  Page page = PageOf("sample:I02");
  EXPECT_EQ(page.seized[3].what, "sniper rifle");
  EXPECT_THAT(page.seized[3].anomaly, HasSubstr("not a sniper rifle"));
}

TEST(SeizedTest, SaysThatNoNumberIsGiven) {
  Page page = PageOf("sample:I02");
  EXPECT_TRUE(page.seized[0].no_number);
  EXPECT_EQ(page.seized[0].quantity, "no number given");
}

TEST(SeizedTest, CountsPacksCapsulesAndMoney) {
  Page page = PageOf("sample:I02");
  EXPECT_EQ(page.seized[9].quantity, "30 packs");
  EXPECT_EQ(page.seized[10].quantity, "162 capsules");
  EXPECT_EQ(page.seized[12].quantity, "USD 10,000");
}

TEST(SeizedTest, ASummaryDoesNotContradictTheList) {
  for (const Disagreement& disagreement : PageOf("sample:I02").disagreements) {
    EXPECT_NE(disagreement.attribute, "seized");
  }
}

TEST(RolesTest, NameWhoSaysSo) {
  Page page = PageOf("sample:I01");
  auto ja = std::find_if(page.roles.begin(), page.roles.end(),
                         [](const RoleRow& role) { return role.actor.id == "sample:JA"; });
  ASSERT_NE(ja, page.roles.end());
  EXPECT_EQ(ja->role, "side B");
  EXPECT_EQ(ja->inter, "rebel group");
  EXPECT_EQ(ja->who, "S0, S1, S2");
}

}  // namespace
}  // namespace daftar
