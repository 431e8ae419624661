// What belongs to the reader alone, in the window: bookmark, tags and note on a page; saved searches; the home page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/app/own_desk.h"
#include "client/sync/private_store.h"
#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using ui::Role;
namespace keys = ui::keys;

class OwnScreensTest : public testing::Test {
 protected:
  v1::PrivateRecord Kept() {
    const Uuid id = stage_.station().Read().value()->Resolve("sample:I01").value();
    return stage_.station().mine().Of(id).value();
  }
  // Tags and note are behind a line.
  void OpenBox() { stage_.Click(Role::kButton, "Tags and note"); }
  void TypeNote(std::string_view text) {
    OpenBox();
    stage_.Click(Role::kField, "Note");
    stage_.Type(text);
  }
  void Search(std::string_view words) {
    stage_.Press(keys::kK, true);
    stage_.Type(words);
  }

  Stage stage_{"daftar:incident/sample:I01"};
};

TEST_F(OwnScreensTest, CtrlDBookmarksThePageAndOnceMoreRemovesTheBookmark) {
  stage_.Press(keys::kD, true);
  EXPECT_TRUE(Kept().pinned());
  EXPECT_TRUE(stage_.Sees(Role::kButton, "Remove the bookmark"));
  stage_.Press(keys::kD, true);
  EXPECT_FALSE(Kept().pinned());
}

TEST_F(OwnScreensTest, TheLineOpensAndCloses) {
  EXPECT_FALSE(stage_.Sees(Role::kField, "Note"));
  OpenBox();
  EXPECT_TRUE(stage_.Sees(Role::kField, "Note"));
  stage_.Click(Role::kButton, "Close");
  EXPECT_FALSE(stage_.Sees(Role::kField, "Note"));
}

TEST_F(OwnScreensTest, ANoteIsKeptOnceTypingRests) {
  TypeNote("ask Amina");
  EXPECT_EQ(Kept().note(), "");
  stage_.Pass(app::OwnDesk::kRestMs);
  EXPECT_EQ(Kept().note(), "ask Amina");
  EXPECT_TRUE(stage_.Sees(Role::kText, "kept on this computer"));
}

TEST_F(OwnScreensTest, ANoteIsKeptWhenItsFieldIsLeft) {
  TypeNote("ask Amina");
  stage_.Press(keys::kEscape);
  EXPECT_EQ(Kept().note(), "ask Amina");
}

TEST_F(OwnScreensTest, ANoteMayHaveLinesOfBothDirections) {
  TypeNote("پرسیده شود");
  stage_.Press(keys::kEnter);
  stage_.Type("see AKIPress");
  stage_.Press(keys::kEscape);
  EXPECT_EQ(Kept().note(), "پرسیده شود\nsee AKIPress");
}

TEST_F(OwnScreensTest, WhatIsTypedInANoteIsUndone) {
  TypeNote("ask Amina");
  stage_.Press(keys::kA, true);
  stage_.Press(keys::kBackspace);
  EXPECT_EQ(stage_.Seen(Role::kField, "Note").value, "");
  stage_.Press(keys::kZ, true);
  EXPECT_EQ(stage_.Seen(Role::kField, "Note").value, "ask Amina");
}

TEST_F(OwnScreensTest, ANoteIsKeptWhenThePageIsLeft) {
  TypeNote("ask Amina");
  stage_.Press(keys::kLeft, false, true);
  stage_.Press(keys::kF1);
  EXPECT_EQ(Kept().note(), "ask Amina");
}

TEST_F(OwnScreensTest, ANoteIsKeptWhenTheWindowCloses) {
  TypeNote("ask Amina");
  stage_.Close();
  EXPECT_EQ(Kept().note(), "ask Amina");
}

TEST_F(OwnScreensTest, ANoteStandsThereWhenThePageIsOpenedAgain) {
  TypeNote("ask Amina");
  stage_.Press(keys::kEscape);
  stage_.Press(keys::kF1);
  stage_.Press(keys::kLeft, false, true);
  EXPECT_TRUE(stage_.Sees(Role::kText, "ask Amina"));
  OpenBox();
  EXPECT_EQ(stage_.Seen(Role::kField, "Note").value, "ask Amina");
}

TEST_F(OwnScreensTest, ATagIsGivenWithEnterAndTakenAwayWithItsCross) {
  OpenBox();
  stage_.Click(Role::kField, "New tag of your own");
  stage_.Type("to check");
  stage_.Press(keys::kEnter);
  EXPECT_THAT(Kept().tag(), ElementsAre("to check"));
  stage_.Click(Role::kButton, "Remove the tag to check");
  EXPECT_EQ(Kept().tag_size(), 0);
}

TEST_F(OwnScreensTest, ATagLeadsToAllThatHaveIt) {
  OpenBox();
  stage_.Click(Role::kField, "New tag of your own");
  stage_.Type("to check");
  stage_.Click(Role::kButton, "Add tag");
  stage_.Click(Role::kLink, "# to check");
  const auto* search = std::get_if<SearchPage>(&stage_.screen().content);
  ASSERT_NE(search, nullptr);
  EXPECT_EQ(search->total, 1u);
}

TEST_F(OwnScreensTest, ASearchIsSavedAndStandsOnTheHomePage) {
  Search("kind:actor ");
  stage_.Click(Role::kButton, "Save this search");
  EXPECT_TRUE(stage_.Sees(Role::kLink, "✓ saved"));
  stage_.Click(Role::kRow, "Home");
  EXPECT_TRUE(stage_.Sees(Role::kHeading, "Saved searches"));
  EXPECT_TRUE(stage_.Sees(Role::kLink, "kind:actor"));
}

TEST_F(OwnScreensTest, ASavedSearchIsRemoved) {
  Search("kind:actor ");
  stage_.Click(Role::kButton, "Save this search");
  stage_.Click(Role::kLink, "✓ saved");
  stage_.Click(Role::kLink, "Remove");
  EXPECT_TRUE(stage_.station().mine().Searches()->empty());
  EXPECT_TRUE(stage_.Sees(Role::kText, "No search is saved yet"));
}

TEST_F(OwnScreensTest, TheHomePageHoldsBookmarksAndWhatWasReadLately) {
  stage_.Press(keys::kD, true);
  stage_.Click(Role::kRow, "Home");
  EXPECT_TRUE(stage_.Sees(Role::kHeading, "Bookmarks"));
  EXPECT_TRUE(stage_.Sees(Role::kHeading, "Lately read"));
  EXPECT_TRUE(stage_.Sees(Role::kText, "This is your first visit"));
}

TEST_F(OwnScreensTest, TheNextVisitSaysThatNothingChanged) {
  stage_.Click(Role::kRow, "Home");
  stage_.Pass(40 * 60'000);
  stage_.Click(Role::kRow, "Actors");
  stage_.Click(Role::kRow, "Home");
  EXPECT_TRUE(stage_.Sees(Role::kText, "Nothing changed since your last visit"));
}

TEST_F(OwnScreensTest, NotesAreFoundByFreeWordsInAGroupOfTheirOwn) {
  TypeNote("zebracrossing");
  stage_.Press(keys::kEscape);
  Search("zebracrossing");
  EXPECT_TRUE(stage_.Sees(Role::kHeading, "In your notes: 1 record"));
}

TEST(OwnPagesTest, AnEmptyPageOffersOneAction) {
  Stage stage("daftar:mine");
  EXPECT_TRUE(stage.Sees(Role::kText, "Nothing is kept here yet"));
  stage.Click(Role::kLink, "Look at the latest incidents");
  EXPECT_EQ(stage.title(), "Incidents");
}

TEST(OwnPagesTest, WhatChangedHasAPage) {
  Stage stage("daftar:changes?since=2026-11-01");
  EXPECT_EQ(stage.title(), "What changed");
}

}  // namespace
}  // namespace daftar
