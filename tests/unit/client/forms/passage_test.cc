// Reading a passage into an account: words are marked and become values.
#include "client/forms/passage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/forms/candidates.h"
#include "client/sync/workstation.h"
#include "storage/view/read_view.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"

namespace daftar::forms {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kPassage =
    "The agency said that on the night of 30 August 2023 four armed men were killed near Kevron; on 2 September "
    "Амирхонов and two others were wounded.";

class PassageTest : public testing::Test {
 protected:
  PassageTest() : form_("incident") { account_ = form_.AddItem(form_.Find("accounts"), 0); }

  // Marks the first place where these words stand.
  Marked MarkWords(std::string_view words, char letter) {
    const size_t begin = kPassage.find(words);
    EXPECT_NE(begin, std::string_view::npos) << words;
    for (const Attribute& attribute : Attributes()) {
      if (attribute.letter == letter)
        return Mark(form_, account_, kPassage, {begin, begin + words.size()}, attribute, 0);
    }
    ADD_FAILURE() << "no attribute has the letter " << letter;
    return {};
  }
  std::string TextAt(std::string_view path) {
    const Node node = form_.Find(path);
    EXPECT_NE(node, 0U) << path;
    return node == 0 ? "" : form_.field(node).text;
  }
  std::vector<std::string> Excerpts() {
    std::vector<std::string> all;
    for (const Node item : form_.ItemsOf(form_.Find("accounts[0].excerpts"))) {
      const auto text = [&](std::string_view name) { return form_.field(form_.FieldOf(item, name)).text; };
      all.push_back(text("of") + "=" + text("exact") + "@" + text("from") + "-" + text("to"));
    }
    return all;
  }

  Form form_;
  Node account_ = 0;
};

TEST_F(PassageTest, AFieldTakesTheDateThatTheWordsHoldAndKeepsTheWords) {
  MarkWords("on the night of 30 August 2023", 'D');
  EXPECT_EQ(TextAt("accounts[0].date"), "night of 30 August 2023");
  EXPECT_EQ(TextAt("accounts[0].date.wording"), "on the night of 30 August 2023");
  EXPECT_THAT(Excerpts(), ElementsAre("date=on the night of 30 August 2023@21-51"));
}

TEST_F(PassageTest, ADayWithoutAYearTakesThatOfThePassageAndSaysSo) {
  MarkWords("2 September", 'D');
  EXPECT_EQ(TextAt("accounts[0].date"), "2 September 2023*");
}

TEST_F(PassageTest, FiguresAreCountedIntoLinesOfTheirOwn) {
  MarkWords("four armed men", 'K');
  MarkWords("two others", 'W');
  EXPECT_EQ(TextAt("accounts[0].killed[0]"), "four");
  EXPECT_EQ(TextAt("accounts[0].killed[0].wording"), "four armed men");
  EXPECT_EQ(TextAt("accounts[0].wounded[0]"), "two");
}

TEST_F(PassageTest, PositionsAreCharactersAndNotBytes) {
  MarkWords("two others", 'W');
  const size_t bytes = kPassage.find("two others");
  const size_t cyrillic = std::string_view("Амирхонов").size() / 2;
  EXPECT_THAT(Excerpts(), ElementsAre("wounded[0]=two others@" + std::to_string(bytes - cyrillic) + "-" +
                                      std::to_string(bytes - cyrillic + 10)));
  const std::vector<MarkedWords> marked = MarkedIn(form_, account_, kPassage);
  ASSERT_THAT(marked, SizeIs(1));
  EXPECT_EQ(marked[0].words, (WordRange{bytes, bytes + 10}));
  EXPECT_EQ(marked[0].field, form_.Find("accounts[0].wounded[0]"));
}

TEST_F(PassageTest, ARoleNamesARecordThatTheReaderHasToChoose) {
  const Marked marked = MarkWords("Амирхонов", 'R');
  EXPECT_TRUE(marked.is_record);
  EXPECT_EQ(marked.field, form_.Find("accounts[0].roles[0].actor"));
  EXPECT_EQ(TextAt("accounts[0].roles[0].wording"), "Амирхонов");
}

TEST_F(PassageTest, WordsThatCannotBeReadStandAsTheyAre) {
  MarkWords("near Kevron", 'D');
  EXPECT_EQ(TextAt("accounts[0].date"), "near Kevron");
}

TEST_F(PassageTest, ASingleValueThatIsMarkedAgainKeepsTheNewWordsAlone) {
  MarkWords("2 September", 'D');
  MarkWords("30 August 2023", 'D');
  EXPECT_EQ(TextAt("accounts[0].date"), "30 August 2023");
  EXPECT_THAT(Excerpts(), SizeIs(1));
}

TEST_F(PassageTest, OneStepBackUndoesAllOfAMark) {
  MarkWords("four armed men", 'K');
  form_.Undo();
  EXPECT_THAT(form_.ItemsOf(form_.Find("accounts[0].killed")), IsEmpty());
  EXPECT_THAT(Excerpts(), IsEmpty());
  EXPECT_FALSE(form_.can_undo() && form_.field(form_.Find("accounts[0].date")).text != "");
}

TEST_F(PassageTest, TheWordsOfALineThatIsTakenOutGoAndThoseOfTheOthersStay) {
  MarkWords("four armed men", 'K');
  MarkWords("two others", 'K');
  TakeOut(form_, form_.ItemsOf(form_.Find("accounts[0].killed")).front(), 0);
  EXPECT_EQ(TextAt("accounts[0].killed[0]"), "two");
  ASSERT_THAT(Excerpts(), SizeIs(1));
  EXPECT_TRUE(Excerpts().front().starts_with("killed[0]=two others"));
  form_.Undo();
  EXPECT_THAT(Excerpts(), SizeIs(2));
}

TEST_F(PassageTest, MoreWordsThanAnExcerptHoldsAreNotMarked) {
  const std::string long_passage(kMostMarkedBytes + 1, 'a');
  const Marked marked = Mark(form_, account_, long_passage, {0, long_passage.size()}, Attributes().front(), 0);
  EXPECT_EQ(marked.field, 0U);
  EXPECT_FALSE(form_.can_undo() && TextAt("accounts[0].date") != "");
}

TEST_F(PassageTest, WordsAreFoundAgainInACopyThatBeginsElsewhere) {
  MarkWords("four armed men", 'K');
  const std::string copy = "KHOROG. " + std::string(kPassage);
  const std::vector<MarkedWords> marked = MarkedIn(form_, account_, copy);
  ASSERT_THAT(marked, SizeIs(1));
  EXPECT_EQ(copy.substr(marked[0].words.begin, 14), "four armed men");
  EXPECT_THAT(MarkedIn(form_, account_, "other words"), IsEmpty());
}

std::vector<std::string> Said(std::string_view passage, const std::vector<Candidate>& candidates) {
  std::vector<std::string> said;
  for (const Candidate& one : candidates) {
    const std::string words(passage.substr(one.words.begin, one.words.end - one.words.begin));
    said.push_back(one.field + "=" + words + (one.record.empty() ? "" : " (" + one.record + ")"));
  }
  return said;
}

TEST(Candidates, DatesAndFiguresAreSuggestedWithWhatTheWordsNearThemSay) {
  EXPECT_THAT(Said(kPassage, ValuesIn(kPassage)),
              ElementsAre("date=night of 30 August 2023", "killed=four", "date=2 September", "wounded=two"));
}

TEST(Candidates, TheFateOfPeopleIsReadInFourLanguages) {
  const auto said = [](std::string_view text) { return Said(text, ValuesIn(text)); };
  EXPECT_THAT(said("Убиты трое, ранены двое."), ElementsAre("killed=трое", "wounded=двое"));
  EXPECT_THAT(said("Се нафар кушта шуданд."), ElementsAre("killed=Се"));
  EXPECT_THAT(said("سه تن کشته شدند"), ElementsAre("killed=سه"));
}

TEST(Candidates, AFigureOfAnotherSentenceSaysNothingOfTheDead) {
  constexpr std::string_view kText = "There were 12 vehicles. Two men were killed.";
  EXPECT_THAT(Said(kText, ValuesIn(kText)), ElementsAre("=12", "killed=Two"));
}

TEST(Candidates, KnownActorsAndPlacesAreFoundByTheirNames) {
  TemporaryFolder folder;
  FakeClock clock(1'767'225'600'000);
  SeededRandom random{1};
  const std::unique_ptr<Workstation> station = MakeSampleStation(folder.path(), clock, random);
  const auto view = station->Read();
  ASSERT_TRUE(view.ok());
  constexpr std::string_view kText = "The Taliban were seen in Darvoz.";
  const auto names = NamesIn(**view, kText);
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(Said(kText, *names), ElementsAre("roles=Taliban (sample:Taliban)", "place=Darvoz (sample:Darvoz)"));
}

}  // namespace
}  // namespace daftar::forms
