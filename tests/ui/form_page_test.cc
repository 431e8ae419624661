// Pages that are forms: opened, typed into, kept, undone, sent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/sync/form_drafts.h"
#include "client/ui/keys.h"
#include "daftar/v1/private.pb.h"
#include "storage/view/read_view.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using ui::Role;

class FormPageTest : public testing::Test {
 protected:
  void Edit() {
    stage_.Press(ui::keys::kE, true);
    stage_.Settle();
    stage_.Settle();
  }
  void Fill(std::string_view field, std::string_view value) {
    stage_.Click(Role::kField, field);
    stage_.Type(value);
    stage_.Press(ui::keys::kEscape);
  }
  forms::OpenForm& open() { return stage_.screen().editor->open; }
  std::string TextAt(std::string_view path) { return open().form.field(open().form.Find(path)).text; }
  std::vector<v1::FormDraft> Kept() { return stage_.station().forms().All().value(); }

  Stage stage_{"daftar:incident/sample:I01"};
};

TEST_F(FormPageTest, OpensOnTheRecordThatIsShown) {
  Edit();
  ASSERT_TRUE(stage_.screen().editor.has_value());
  EXPECT_TRUE(stage_.Sees(Role::kField, "Name 1, Text"));
  EXPECT_EQ(TextAt("names[0].text"), "Crossing and clash in Darvoz");
}

TEST_F(FormPageTest, KeepsWhatIsTypedWithinASecond) {
  Edit();
  Fill("Name 1, Text", "Clash");
  stage_.Pass(0);
  stage_.Pass(600);
  stage_.Settle();
  ASSERT_THAT(Kept(), SizeIs(1));
  EXPECT_THAT(Kept()[0].typed().ShortDebugString(), HasSubstr("Clash"));
  EXPECT_TRUE(Kept()[0].open());
}

TEST_F(FormPageTest, KeepsWhatWasTypedWhenItsPageIsLeft) {
  Edit();
  Fill("Name 1, Text", "Clash");
  stage_.desk().Open(HomeAddress());
  stage_.Settle();
  EXPECT_THAT(Kept()[0].typed().ShortDebugString(), HasSubstr("Clash"));
}

TEST_F(FormPageTest, ComesBackWithAllThatCanBeUndone) {
  Edit();
  Fill("Name 1, Text", "Clash");
  stage_.desk().Open(HomeAddress());
  stage_.Settle();
  stage_.desk().Back();
  stage_.Settle();
  stage_.Press(ui::keys::kZ, true);
  stage_.Settle();
  EXPECT_EQ(TextAt("names[0].text"), "Crossing and clash in Darvoz");
}

TEST_F(FormPageTest, ClosesItsFormsWellAtTheEnd) {
  Edit();
  Fill("Name 1, Text", "Clash");
  stage_.Close();
  ASSERT_THAT(Kept(), SizeIs(1));
  EXPECT_FALSE(Kept()[0].open());
  EXPECT_THAT(Kept()[0].typed().ShortDebugString(), HasSubstr("Clash"));
}

TEST_F(FormPageTest, AnswersWrongInputAtItsFieldAndDoesNotSendIt) {
  Edit();
  stage_.Click(Role::kButton, "Show all fields");
  Fill("Account 1, Date", "2023-13-45");
  Fill("Reason", "a test");
  stage_.Click(Role::kButton, "Send");
  stage_.Settle();
  ASSERT_TRUE(stage_.screen().editor.has_value());
  EXPECT_TRUE(stage_.Sees(Role::kMark, "month 13"));
}

TEST_F(FormPageTest, SendsWhatWasChangedAndGoesToTheRecord) {
  Edit();
  Fill("Name 1, Text", "Clash of the summer");
  Fill("Reason", "a better name");
  stage_.Press(ui::keys::kEnter, true);
  stage_.Settle();
  stage_.Settle();
  ASSERT_TRUE(std::holds_alternative<Page>(stage_.screen().content));
  EXPECT_EQ(std::get<Page>(stage_.screen().content).title, "Clash of the summer");
  EXPECT_THAT(Kept(), IsEmpty());
  EXPECT_EQ(stage_.syncs(), 1);
}

TEST_F(FormPageTest, MakesANewRecordFromItsList) {
  stage_.desk().Open("daftar:list/place");
  stage_.Settle();
  stage_.Click(Role::kButton, "New: Place");
  stage_.Settle();
  stage_.Settle();
  Fill("Name 1, Text", "Shurobod");
  Fill("Reason", "in the news");
  stage_.Press(ui::keys::kEnter, true);
  stage_.Settle();
  stage_.Settle();
  ASSERT_TRUE(std::holds_alternative<Page>(stage_.screen().content));
  EXPECT_EQ(std::get<Page>(stage_.screen().content).title, "Shurobod");
}

TEST_F(FormPageTest, AddsAndTakesOutItems) {
  Edit();
  const size_t names = open().form.ItemsOf(open().form.Find("names")).size();
  stage_.Click(Role::kButton, "Add: Name");
  stage_.Frame();
  EXPECT_THAT(open().form.ItemsOf(open().form.Find("names")), SizeIs(names + 1));
  stage_.Press(ui::keys::kZ, true);
  stage_.Frame();
  EXPECT_THAT(open().form.ItemsOf(open().form.Find("names")), SizeIs(names));
}

TEST_F(FormPageTest, AsksBeforeItIsThrownAway) {
  Edit();
  stage_.Click(Role::kButton, "Throw away");
  stage_.Frame();
  ASSERT_TRUE(stage_.screen().editor.has_value());
  stage_.Click(Role::kButton, "Yes, throw it away");
  stage_.Settle();
  stage_.Settle();
  EXPECT_FALSE(stage_.screen().editor.has_value());
  EXPECT_THAT(Kept(), IsEmpty());
}

TEST_F(FormPageTest, SaysWhatADateIsReadAs) {
  Edit();
  Fill("Account 1, Date", "night of 30 Aug 2023");
  EXPECT_EQ(TextAt("accounts[0].date"), "night of 30 Aug 2023");
  Fill("Account 1, Date", "mid-September 2024");
  stage_.Frame();
  EXPECT_TRUE(stage_.Sees(Role::kMark, "read as"));
}

class NewPlaceTest : public FormPageTest {
 protected:
  NewPlaceTest() {
    stage_.desk().BeginForm({forms::Wish::What::kNew, "place"});
    stage_.Settle();
    stage_.Settle();
  }
};

TEST_F(NewPlaceTest, FindsThePointOfATownByItsNameInAnyScript) {
  stage_.Click(Role::kField, "Point");
  stage_.Type("Хоруғ");
  stage_.Settle();
  ASSERT_FALSE(stage_.screen().editor->suggestions.empty());
  stage_.Press(ui::keys::kEnter);
  stage_.Settle();
  EXPECT_THAT(TextAt("point"), testing::StartsWith("37."));
}

TEST_F(NewPlaceTest, TakesAPointThatIsChosenOnTheMap) {
  Fill("Point", "38.5, 70.5");
  stage_.Click(Role::kLink, "choose it on the map");
  stage_.Settle();
  stage_.Settle();
  ASSERT_TRUE(std::holds_alternative<MapPage>(stage_.screen().content));
  EXPECT_TRUE(stage_.Sees(Role::kButton, "Give up"));
  stage_.Press(ui::keys::kEnter);
  stage_.Settle();
  ASSERT_TRUE(stage_.screen().editor.has_value());
  EXPECT_EQ(TextAt("point"), "38.5, 70.5");
  // The middle of the map was there; what was taken is a change of its own.
  EXPECT_TRUE(open().form.can_undo());
}

TEST_F(NewPlaceTest, KeepsItsPointWhenNoneIsChosen) {
  Fill("Point", "38.5, 70.5");
  stage_.Click(Role::kLink, "choose it on the map");
  stage_.Settle();
  stage_.Settle();
  stage_.Click(Role::kButton, "Give up");
  stage_.Settle();
  ASSERT_TRUE(stage_.screen().editor.has_value());
  EXPECT_EQ(TextAt("point"), "38.5, 70.5");
}

TEST_F(FormPageTest, TakesLinesFromASpreadsheet) {
  Edit();
  const auto lists = [&] { return open().form.ItemsOf(open().form.Find("accounts[0].seized")).size(); };
  const size_t before = lists();
  ImGui::SetClipboardText("RIFLE\tM-16\t5\nPISTOL\t\t4\n");
  stage_.Click(Role::kButton, "Add: Account 1, Seized");
  stage_.Frame();
  stage_.Click(Role::kButton, "Paste lines: Account 1, Seized");
  stage_.Frame();
  EXPECT_GE(lists(), before + 2);
}

}  // namespace
}  // namespace daftar
