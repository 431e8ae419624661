// The form "add an account".
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using ui::Role;

class FormTest : public testing::Test {
 protected:
  FormTest() { stage_.Click(Role::kButton, "Add an account"); }

  void Fill(std::string_view field, std::string_view value) {
    stage_.Click(Role::kField, field);
    stage_.Type(value);
    stage_.Press(ui::keys::kEscape);
  }
  void Submit() { stage_.Click(Role::kButton, "Submit"); }
  size_t Accounts() { return std::get<Page>(stage_.screen().content).accounts.size(); }

  Stage stage_{"daftar:incident/sample:I01"};
};

TEST_F(FormTest, OpensBesideThePage) { EXPECT_TRUE(stage_.screen().form.has_value()); }

TEST_F(FormTest, ClosesWithEscapeWhileNothingIsTyped) {
  stage_.Press(ui::keys::kEscape);
  stage_.Press(ui::keys::kEscape);
  EXPECT_FALSE(stage_.screen().form.has_value());
}

TEST_F(FormTest, EscapeNeverLosesWhatWasTyped) {
  Fill("Summary", "A patrol was fired on.");
  stage_.Press(ui::keys::kEscape);
  ASSERT_TRUE(stage_.screen().form.has_value());
  EXPECT_EQ(stage_.screen().form->form.field("summary")->value, "A patrol was fired on.");
}

TEST_F(FormTest, ALongFieldGrowsWithWhatIsTyped) {
  const ui::Widget before = stage_.Seen(Role::kField, "Summary");
  stage_.Click(Role::kField, "Summary");
  for (int i = 0; i < 6; ++i) {
    stage_.Type("درگیری در درواز");
    stage_.Press(ui::keys::kEnter);
  }
  const ui::Widget after = stage_.Seen(Role::kField, "Summary");
  EXPECT_GT(after.bottom - after.top, before.bottom - before.top);
  EXPECT_THAT(after.value, HasSubstr("درواز\nدرگیری"));
}

TEST_F(FormTest, AnotherFormBeginsWithoutTheHistoryOfTheLast) {
  Fill("Summary", "one");
  stage_.Click(Role::kField, "Summary");
  stage_.Press(ui::keys::kA, true);
  stage_.Press(ui::keys::kBackspace);
  stage_.Press(ui::keys::kEscape);
  stage_.Click(Role::kButton, "Cancel");
  stage_.Click(Role::kButton, "Add an account");
  stage_.Click(Role::kField, "Summary");
  stage_.Press(ui::keys::kZ, true);
  EXPECT_EQ(stage_.Seen(Role::kField, "Summary").value, "");
}

TEST_F(FormTest, RefusesADateThatDoesNotExistAtItsField) {
  Fill("Source", "sample:S2");
  Fill("Date", "2023-13-01");
  Fill("Reason", "a test");
  Submit();
  ASSERT_TRUE(stage_.screen().form.has_value());
  EXPECT_THAT(stage_.screen().form->form.field("date")->problems, Not(IsEmpty()));
  EXPECT_TRUE(stage_.Sees(Role::kMark, stage_.screen().form->form.field("date")->problems[0]));
}

TEST_F(FormTest, AsksForAReason) {
  Fill("Source", "sample:S2");
  Fill("Date", "2023-09-01");
  Submit();
  ASSERT_TRUE(stage_.screen().form.has_value());
  EXPECT_TRUE(stage_.Sees(Role::kMark, "say why"));
}

TEST_F(FormTest, ShowsASubmittedAccountAsWaitingToBeSent) {
  size_t before = Accounts();
  Fill("Source", "sample:S2");
  Fill("Date", "2023-09-01");
  Fill("Killed", "4");
  Fill("Reason", "a second statement of the same office");
  Submit();
  EXPECT_FALSE(stage_.screen().form.has_value());
  ASSERT_EQ(Accounts(), before + 1);
  EXPECT_THAT(std::get<Page>(stage_.screen().content).accounts.back().added, HasSubstr("waiting to be sent"));
}

TEST_F(FormTest, SendsAtOnceWhatWasSubmitted) {
  Fill("Source", "sample:S2");
  Fill("Date", "2023-09-01");
  Fill("Reason", "a test");
  Submit();
  EXPECT_EQ(stage_.syncs(), 1);
}

TEST_F(FormTest, CompletesTheNameOfASource) {
  stage_.Click(Role::kField, "Source");
  stage_.Type("asia");
  ASSERT_FALSE(stage_.screen().form->suggestions.empty());
  std::string id = stage_.screen().form->suggestions[0].id, text = stage_.screen().form->suggestions[0].text;
  stage_.Click(Role::kRow, text);
  EXPECT_EQ(stage_.screen().form->form.field("source")->value, id);
}

}  // namespace
}  // namespace daftar
