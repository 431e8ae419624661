// Adding an account: from a passage whose words are marked, by keys alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/sync/form_drafts.h"
#include "client/ui/keys.h"
#include "client/ui/passage_screen.h"
#include "daftar/v1/private.pb.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using ui::Role;

constexpr char kPassage[] =
    "The agency said that on the night of 30 August 2023 three men of Jamaat Ansarullah were killed in Darvoz. The "
    "Taliban denied it, and the Tajik government sent a note.";

class PassageTest : public testing::Test {
 protected:
  PassageTest() { Press(ui::keys::kN, true); }

  // Each key counts; what is typed as a value does not.
  void Press(int key, bool ctrl = false) {
    ++pressed_;
    stage_.Press(key, ctrl);
    stage_.Settle();
  }
  void PressLetter(char letter) { Press(static_cast<unsigned char>(letter)); }
  void Type(std::string_view value) {
    stage_.Type(value);
    stage_.Settle();
  }
  void Paste(const char* text) {
    stage_.Click(Role::kField, "Passage");
    ImGui::SetClipboardText(text);
    Press(ui::keys::kV, true);
  }
  // Goes on until those words are selected; they must be among those that are suggested.
  void Until(std::string_view words) {
    for (int i = 0; i < 20 && stage_.screen().editor->passage->box.buffer.selected() != words; ++i)
      Press(ui::keys::kSpace);
    ASSERT_EQ(stage_.screen().editor->passage->box.buffer.selected(), words);
  }
  forms::OpenForm& open() { return stage_.screen().editor->open; }
  // Of the account that is being added.
  std::string TextAt(std::string_view path) {
    const std::string full = open().form.PathOf(open().reading) + "." + std::string(path);
    const forms::Node node = open().form.Find(full);
    EXPECT_NE(node, 0U) << full;
    return node == 0 ? "" : open().form.field(node).text;
  }
  const Page& page() { return std::get<Page>(stage_.screen().content); }

  Stage stage_{"daftar:incident/sample:I01"};
  int pressed_ = 0;
};

TEST_F(PassageTest, AddingAnAccountBeginsAtItsSource) {
  ASSERT_TRUE(stage_.screen().editor.has_value());
  Type("asia");
  EXPECT_EQ(TextAt("source"), "asia");
}

TEST_F(PassageTest, AWholeAccountTakesAtMostFortyPresses) {
  const size_t before = std::get_if<Page>(&stage_.screen().content) ? page().accounts.size() : 0;
  // The source: what is typed, and Enter for the first that is found; then the passage has the keyboard.
  Type("asia");
  Press(ui::keys::kEnter);
  ImGui::SetClipboardText(kPassage);
  Press(ui::keys::kV, true);
  // Every value that was found in it, one after the other.
  Press(ui::keys::kSpace);
  Press(ui::keys::kEnter);  // the date
  Until("three");
  Press(ui::keys::kEnter);
  Until("Jamaat Ansarullah");
  Press(ui::keys::kEnter);
  PressLetter('1');
  Until("Darvoz");
  Press(ui::keys::kEnter);
  Until("Taliban");
  Press(ui::keys::kEnter);
  PressLetter('2');
  Until("Tajik government");
  Press(ui::keys::kEnter);
  PressLetter('3');
  EXPECT_EQ(TextAt("date"), "night of 30 August 2023");
  EXPECT_EQ(TextAt("killed[0]"), "three");
  EXPECT_EQ(TextAt("place"), "sample:Darvoz");
  EXPECT_EQ(TextAt("roles[0].actor"), "sample:JA");
  EXPECT_EQ(TextAt("roles[1].actor"), "sample:Taliban");
  EXPECT_EQ(TextAt("roles[2].actor"), "sample:TJ");
  EXPECT_NE(TextAt("roles[2].kind"), "UNSET");
  // Sending asks for the reason, which is typed.
  Press(ui::keys::kEnter, true);
  stage_.Click(Role::kField, "Reason");
  ++pressed_;
  Type("read in the news");
  Press(ui::keys::kEnter, true);
  stage_.Settle();
  ASSERT_TRUE(std::holds_alternative<Page>(stage_.screen().content));
  EXPECT_GT(page().accounts.size(), before);
  EXPECT_THAT(page().accounts.back().added, HasSubstr("waiting to be sent"));
  EXPECT_EQ(stage_.syncs(), 1);
  RecordProperty("presses", pressed_);
  EXPECT_LE(pressed_, 40);
}

TEST_F(PassageTest, ALetterMakesTheSelectedWordsAValueAndTheyStandUnderItsName) {
  Paste(kPassage);
  stage_.screen().editor->passage->box.buffer.Select({20, 52});
  PressLetter('D');
  EXPECT_EQ(TextAt("date"), "night of 30 August 2023");
  const auto& marks = stage_.screen().editor->passage->box.buffer.marks();
  ASSERT_THAT(marks, SizeIs(1));
  EXPECT_EQ(marks[0].label, "Date");
  EXPECT_TRUE(stage_.Sees(Role::kMark, "Date: night of 30 August 2023"));
}

TEST_F(PassageTest, TheArrowsGoFromWordToWordAndShiftTakesMore) {
  Paste(kPassage);
  stage_.screen().editor->passage->box.buffer.Select({0, 3});
  Press(ui::keys::kRight);
  EXPECT_EQ(stage_.screen().editor->passage->box.buffer.selected(), "agency");
  Press(ui::keys::kLeft);
  EXPECT_EQ(stage_.screen().editor->passage->box.buffer.selected(), "The");
}

TEST_F(PassageTest, WordsThatNameARecordAreAskedForAndChosenByADigit) {
  Paste("Taliban fighters crossed");
  stage_.screen().editor->passage->box.buffer.Select({0, 7});
  stage_.screen().editor->passage->candidates.clear();
  PressLetter('R');
  ASSERT_NE(stage_.screen().editor->passage->asking, 0U);
  ASSERT_FALSE(stage_.screen().editor->suggestions.empty());
  const std::string first = stage_.screen().editor->suggestions[0].id;
  PressLetter('1');
  EXPECT_EQ(TextAt("roles[0].actor"), first);
}

TEST_F(PassageTest, LettersDoNotChangeAPassageThatIsBeingMarked) {
  Paste(kPassage);
  stage_.Type("zzz");
  EXPECT_EQ(open().passage, kPassage);
  stage_.Click(Role::kLink, "Change the passage");
  Type("zzz");
  EXPECT_THAT(open().passage, HasSubstr("zzz"));
}

TEST_F(PassageTest, DeleteTakesAMarkAwayAndLeavesTheValue) {
  Paste(kPassage);
  stage_.screen().editor->passage->box.buffer.Select({20, 52});
  PressLetter('D');
  Press(ui::keys::kDelete);
  EXPECT_THAT(stage_.screen().editor->passage->box.buffer.marks(), SizeIs(0));
  EXPECT_EQ(TextAt("date"), "night of 30 August 2023");
}

TEST_F(PassageTest, ThePassageIsKeptWithTheFormAndComesBack) {
  Paste(kPassage);
  stage_.Pass(600);
  stage_.Settle();
  const std::vector<v1::FormDraft> kept = stage_.station().forms().All().value();
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].passage(), kPassage);
  const auto view = stage_.station().Read().value();
  const StatusOr<forms::OpenForm> taken = forms::TakeUpDraft(*view, kept[0]);
  ASSERT_TRUE(taken.ok()) << taken.status();
  EXPECT_EQ(taken->passage, kPassage);
  EXPECT_EQ(taken->form.PathOf(taken->reading), open().form.PathOf(open().reading));
}

TEST_F(PassageTest, AnEarlierAccountCanBeReadIntoToo) {
  stage_.Click(Role::kLink, "open Account 1");
  stage_.Click(Role::kLink, "read a passage into Account 1");
  EXPECT_EQ(open().form.PathOf(open().reading), "accounts[0]");
}

}  // namespace
}  // namespace daftar
