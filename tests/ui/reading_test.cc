// Reading: search, pages, links, back and forward.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using ui::Role;
namespace keys = ui::keys;

class ReadingTest : public testing::Test {
 protected:
  void Search(std::string_view words) {
    stage_.Press(keys::kK, true);
    stage_.Type(words);
  }
  std::string FirstHit() {
    const auto* search = std::get_if<SearchPage>(&stage_.screen().content);
    return search == nullptr || search->rows.empty() ? "" : search->rows[0].title;
  }

  Stage stage_;
};

TEST_F(ReadingTest, TheFirstPageCountsWhatThereIs) { EXPECT_TRUE(stage_.Sees(Role::kLink, "Incidents")); }

TEST_F(ReadingTest, CtrlKPutsTheKeyboardIntoTheSearchBox) {
  stage_.Press(keys::kK, true);
  EXPECT_TRUE(stage_.Seen(Role::kField, "Search").focused);
}

TEST_F(ReadingTest, TypingANameShowsTheActor) {
  Search("ansarullah");
  EXPECT_THAT(FirstHit(), HasSubstr("Ansarullah"));
  EXPECT_TRUE(stage_.Sees(Role::kRow, FirstHit()));
}

TEST_F(ReadingTest, TheSameActorIsFoundInCyrillic) {
  Search("Ансоруллоҳ");
  EXPECT_THAT(FirstHit(), HasSubstr("Ansarullah"));
}

TEST_F(ReadingTest, ACommandIsFoundBesideRecordsAndRunByAClick) {
  Search("sync now");
  stage_.Click(Role::kRow, "Sync now");
  EXPECT_EQ(stage_.syncs(), 1);
}

TEST_F(ReadingTest, BehindASignOnlyCommandsAreFoundAndEnterRunsTheChosenOne) {
  Search(">syn");
  EXPECT_TRUE(stage_.Sees(Role::kRow, "Sync now"));
  EXPECT_EQ(stage_.title(), "Commands");
  stage_.Press(keys::kEnter);
  EXPECT_EQ(stage_.syncs(), 1);
  EXPECT_EQ(stage_.screen().search_text, "");
}

TEST_F(ReadingTest, ClickingAHitOpensItsPage) {
  Search("ansarullah");
  std::string hit = FirstHit();
  stage_.Click(Role::kRow, hit);
  EXPECT_EQ(stage_.title(), hit);
}

TEST_F(ReadingTest, EnterOpensTheHitChosenWithTheArrows) {
  Search("darvoz");
  const auto& search = std::get<SearchPage>(stage_.screen().content);
  ASSERT_GT(search.rows.size(), 1u);
  std::string second = search.rows[1].title;
  stage_.Press(keys::kDown);
  stage_.Press(keys::kEnter);
  EXPECT_EQ(stage_.title(), second);
}

TEST_F(ReadingTest, AHalfTypedFieldIsAdviceAboveWhatWasFoundBefore) {
  Search("darvoz");
  const std::string hit = FirstHit();
  stage_.Type(" acter:x");
  EXPECT_TRUE(stage_.Sees(Role::kText, "there is no field"));
  EXPECT_TRUE(stage_.Sees(Role::kRow, hit));
}

TEST_F(ReadingTest, ASuggestionLeadsToTheQueryThatWasMeant) {
  Search("darvoz acter:taliban");
  stage_.Click(Role::kLink, "darvoz actor:taliban");
  EXPECT_EQ(stage_.Seen(Role::kField, "Search").value, "darvoz actor:taliban");
}

TEST_F(ReadingTest, AFacetNarrowsTheSearch) {
  Search("darvoz");
  const uint64_t before = std::get<SearchPage>(stage_.screen().content).total;
  stage_.Click(Role::kLink, "incident");
  EXPECT_EQ(stage_.Seen(Role::kField, "Search").value, "darvoz* kind:incident");
  EXPECT_LT(std::get<SearchPage>(stage_.screen().content).total, before);
}

TEST_F(ReadingTest, AnotherOrderIsAClickAway) {
  Search("darvoz");
  stage_.Click(Role::kLink, "oldest");
  EXPECT_EQ(std::get<SearchPage>(stage_.screen().content).sort, "oldest");
  EXPECT_TRUE(stage_.Sees(Role::kText, "oldest"));
}

TEST_F(ReadingTest, TypingOnKeepsTheOrder) {
  Search("darvoz");
  stage_.Click(Role::kLink, "oldest");
  Search("clash");
  EXPECT_EQ(std::get<SearchPage>(stage_.screen().content).sort, "oldest");
}

TEST_F(ReadingTest, SaysWhichWordWasTakenForOneThatStandsNowhere) {
  Search("seizrue ");
  EXPECT_TRUE(stage_.Sees(Role::kText, "instead of 'seizrue'"));
}

TEST_F(ReadingTest, AnEmptySearchShowsWhatAQueryCanSay) {
  stage_.Press(keys::kK, true);
  stage_.Type("x");
  stage_.Press(keys::kBackspace);
  EXPECT_TRUE(stage_.Sees(Role::kText, "since:-2y"));
}

TEST_F(ReadingTest, BackReturnsToTheSearchWithItsWords) {
  Search("ansarullah");
  stage_.Click(Role::kRow, FirstHit());
  stage_.Press(keys::kLeft, false, true);
  EXPECT_EQ(stage_.Seen(Role::kField, "Search").value, "ansarullah");
  EXPECT_THAT(stage_.title(), HasSubstr("ansarullah"));
}

TEST_F(ReadingTest, BackWhileTypingLeavesTheSearch) {
  Search("ansarullah");
  stage_.Press(keys::kLeft, false, true);
  EXPECT_EQ(stage_.title(), "Daftar");
  EXPECT_EQ(stage_.Seen(Role::kField, "Search").value, "");
}

TEST_F(ReadingTest, TheThumbButtonsGoBackAndForward) {
  stage_.Click(Role::kLink, "Actors");
  stage_.PressMouse(keys::kMouseBack);
  EXPECT_EQ(stage_.title(), "Daftar");
  stage_.PressMouse(keys::kMouseForward);
  EXPECT_EQ(stage_.title(), "Actors");
}

TEST_F(ReadingTest, EscapeLeavesTheSearchBoxAndKeepsItsWords) {
  Search("ansarullah");
  stage_.Press(keys::kEscape);
  EXPECT_EQ(stage_.Seen(Role::kField, "Search").value, "ansarullah");
}

TEST_F(ReadingTest, InPersianTextTheArrowsLeadWhereTheyPoint) {
  Search("بد");
  stage_.Press(keys::kRight);
  stage_.Type("x");
  EXPECT_EQ(stage_.screen().search_text, "بxد");
  stage_.Press(keys::kLeft);
  stage_.Type("y");
  EXPECT_EQ(stage_.screen().search_text, "بxدy");
}

TEST_F(ReadingTest, CtrlTOpensATabAndCtrlWClosesIt) {
  Search("ansarullah");
  stage_.Press(keys::kT, true);
  EXPECT_EQ(stage_.title(), "Daftar");
  EXPECT_TRUE(stage_.Sees(Role::kTab, "Search: ansarullah"));
  stage_.Press(keys::kW, true);
  EXPECT_FALSE(stage_.Sees(Role::kTab, ""));
  EXPECT_EQ(FirstHit(), "Jamaat Ansarullah");
  EXPECT_EQ(stage_.screen().search_text, "ansarullah");
}

TEST_F(ReadingTest, EachTabHasAHistoryOfItsOwn) {
  stage_.Click(Role::kRow, "Actors");
  stage_.Press(keys::kT, true);
  stage_.Click(Role::kRow, "Places");
  stage_.Press(keys::kPageUp, true);
  EXPECT_EQ(stage_.title(), "Actors");
  stage_.Press(keys::kLeft, false, true);
  EXPECT_EQ(stage_.title(), "Daftar");
  stage_.Press(keys::kOne + 1, true);
  EXPECT_EQ(stage_.title(), "Places");
}

TEST_F(ReadingTest, ALinkWithCtrlOpensBesideThePage) {
  ImGui::GetIO().KeyCtrl = true;
  stage_.Click(Role::kRow, "Actors");
  ImGui::GetIO().KeyCtrl = false;
  EXPECT_EQ(stage_.title(), "Daftar");
  EXPECT_EQ(stage_.screen().tabs.size(), 2u);
  stage_.Press(keys::kPageDown, true);
  EXPECT_EQ(stage_.title(), "Actors");
}

TEST_F(ReadingTest, CtrlEnterOpensTheHitBesideTheSearch) {
  Search("ansarullah");
  stage_.Press(keys::kEnter, true);
  EXPECT_EQ(FirstHit(), "Jamaat Ansarullah");
  stage_.Press(keys::kPageDown, true);
  EXPECT_EQ(stage_.title(), "Jamaat Ansarullah");
}

TEST_F(ReadingTest, TheMiddleButtonOpensBesideThePage) {
  stage_.Hover(Role::kRow, "Actors");
  stage_.PressMouse(2);
  EXPECT_EQ(stage_.title(), "Daftar");
  EXPECT_EQ(stage_.screen().tabs.size(), 2u);
}

TEST_F(ReadingTest, ATabIsClosedByItsCrossWhileTheOthersAreStillToBeDrawn) {
  Search("a query that is longer than a string keeps in itself");
  stage_.Press(keys::kT, true);
  stage_.Press(keys::kT, true);
  stage_.Click(Role::kButton, "Close Search: a query that is longer than a string keeps in itself");
  EXPECT_EQ(stage_.screen().tabs.size(), 2u);
  EXPECT_EQ(stage_.title(), "Daftar");
}

TEST_F(ReadingTest, AClosedTabComesBack) {
  stage_.Press(keys::kT, true);
  stage_.Click(Role::kRow, "Actors");
  stage_.Click(Role::kButton, "Close Actors");
  EXPECT_EQ(stage_.title(), "Daftar");
  ImGui::GetIO().KeyShift = true;
  stage_.Press(keys::kT, true);
  ImGui::GetIO().KeyShift = false;
  EXPECT_EQ(stage_.title(), "Actors");
}

TEST_F(ReadingTest, F1ListsTheKeys) {
  stage_.Press(keys::kF1);
  EXPECT_TRUE(stage_.Sees(Role::kText, "Ctrl+K"));
}

TEST_F(ReadingTest, EveryPageHasATextMirror) {
  stage_.Press(keys::kF8);
  EXPECT_TRUE(stage_.Sees(Role::kText, "incidents"));
  Search("ansarullah");
  EXPECT_TRUE(stage_.Sees(Role::kText, "found by name"));
  stage_.Press(keys::kEscape);
  stage_.Press(keys::kF1);
  EXPECT_TRUE(stage_.Sees(Role::kText, "Keys and marks"));
}

TEST_F(ReadingTest, F5AsksForASync) {
  stage_.Press(keys::kF5);
  EXPECT_EQ(stage_.syncs(), 1);
}

class IncidentPageTest : public testing::Test {
 protected:
  Stage stage_{"daftar:incident/sample:I01"};
};

TEST_F(IncidentPageTest, CountsRootsNotArticles) { EXPECT_TRUE(stage_.Sees(Role::kMark, "3 articles, ")); }

TEST_F(IncidentPageTest, SaysInWordsThatTheSourcesDisagree) {
  EXPECT_TRUE(stage_.Sees(Role::kMark, "The sources disagree"));
}

TEST_F(IncidentPageTest, MarksADisagreementWithASign) { EXPECT_TRUE(stage_.Sees(Role::kText, "≠ ")); }

TEST_F(IncidentPageTest, APlaceInAnAccountLeadsToItsPage) {
  stage_.Click(Role::kLink, "Kevron");
  EXPECT_THAT(stage_.title(), HasSubstr("Kevron"));
}

TEST_F(IncidentPageTest, F8ShowsThePageAsTextAndBringsItBack) {
  stage_.Press(keys::kF8);
  EXPECT_TRUE(stage_.Sees(Role::kText, "Crossing and clash in Darvoz"));
  EXPECT_TRUE(stage_.Sees(Role::kText, "3 articles, at most 2 roots"));
  EXPECT_FALSE(stage_.Sees(Role::kMark, "3 articles"));
  stage_.Click(Role::kButton, "Copy");
  EXPECT_THAT(ImGui::GetClipboardText(), HasSubstr("Crossing and clash in Darvoz"));
  stage_.Press(keys::kF8);
  EXPECT_TRUE(stage_.Sees(Role::kMark, "3 articles"));
}

TEST_F(IncidentPageTest, BackReturnsToWhereThePageWasScrolled) {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {700, 500};
  stage_.Settle();
  io.MouseWheel = -4;
  stage_.Settle();
  io.MouseWheel = 0;
  stage_.Settle();
  float before = stage_.Seen(Role::kHeading, "What the sources say").top;
  stage_.Press(keys::kF1);
  stage_.Press(keys::kLeft, false, true);
  EXPECT_EQ(stage_.Seen(Role::kHeading, "What the sources say").top, before);
}

TEST(TroubleTest, APageThatDoesNotExistSaysSo) {
  Stage stage("daftar:incident/sample:NOSUCH");
  EXPECT_TRUE(stage.Sees(Role::kText, "sample:NOSUCH"));
}

}  // namespace
}  // namespace daftar
