#include "storage/search/analysis/fold.h"

#include <gmock/gmock.h>

#include "storage/search/match.h"
#include "storage/search/terms.h"
#include "tests/unit/storage/search/analysis/random_text.h"

namespace daftar::search {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(FoldTest, CaseAccentsAndApostrophesMakeNoDifference) {
  EXPECT_EQ(FoldedName("Jamā‘at ANSĀRULLĀH"), FoldedName("jama‘at ansarullah"));
  EXPECT_EQ(FoldedName("Qur’on"), FoldedName("Quron"));
}

TEST(FoldTest, PersianAndArabicFormsOfALetterAreOne) {
  EXPECT_EQ(FoldedName("کابل"), FoldedName("كابل"));
  EXPECT_EQ(FoldedName("علی"), FoldedName("علي"));
  EXPECT_EQ(FoldedName("می‌شود"), FoldedName("میشود"));
}

TEST(FoldTest, ShortIIsALetterOfItsOwn) { EXPECT_NE(FoldedName("май"), FoldedName("маи")); }

TEST(FoldTest, LongVowelsOfTajikFoldIntoShortOnes) { EXPECT_EQ(FoldedName("Ҷамоатӣ"), FoldedName("Ҷамоати")); }

TEST(FoldTest, AlefsAreOne) { EXPECT_THAT(FoldedWords("أحمد إحمد آحمد ٱحمد"), Each("احمد")); }

TEST(FoldTest, HehsAreOne) { EXPECT_THAT(FoldedWords("خانه خانة خانۀ خانہ"), Each(FoldedName("خانه"))); }

TEST(FoldTest, YehsOfPashtoAreOne) { EXPECT_THAT(FoldedWords("کلي کلی کلې کلۍ کلئ"), Each(FoldedName("کلی"))); }

TEST(FoldTest, GafOfPashtoIsGaf) { EXPECT_EQ(FoldedName("ننګرهار"), FoldedName("ننگرهار")); }

TEST(FoldTest, VowelPointsTatweelAndHamzaMakeNoDifference) {
  EXPECT_EQ(FoldedName("مُحَمَّد"), FoldedName("محمد"));
  EXPECT_EQ(FoldedName("طالبـــان"), FoldedName("طالبان"));
  EXPECT_EQ(FoldedName("علماء"), FoldedName("علما"));
  EXPECT_EQ(FoldedName("رحمٰن"), FoldedName("رحمن"));
}

TEST(FoldTest, DirectionMarksMakeNoDifference) { EXPECT_EQ(FoldedName("\u202bکابل\u202c"), FoldedName("کابل")); }

TEST(FoldTest, DigitsAreThoseOfAscii) { EXPECT_THAT(FoldedWords("۱۴۰۲ ١٤٠٢ １４０２ 1402"), Each("1402")); }

TEST(FoldTest, LettersOfPashtoStayApart) {
  EXPECT_NE(FoldedName("ځ"), FoldedName("ح"));
  EXPECT_NE(FoldedName("څ"), FoldedName("چ"));
  EXPECT_NE(FoldedName("ډ"), FoldedName("د"));
  EXPECT_NE(FoldedName("ړ"), FoldedName("ر"));
  EXPECT_NE(FoldedName("ږ"), FoldedName("ژ"));
  EXPECT_NE(FoldedName("ښ"), FoldedName("ش"));
  EXPECT_NE(FoldedName("ڼ"), FoldedName("ن"));
}

TEST(FoldTest, ConsonantsOfTajikStayApart) {
  EXPECT_NE(FoldedName("ҳ"), FoldedName("х"));
  EXPECT_NE(FoldedName("қ"), FoldedName("к"));
  EXPECT_NE(FoldedName("ғ"), FoldedName("г"));
  EXPECT_NE(FoldedName("ҷ"), FoldedName("ч"));
}

TEST(FoldTest, YoIsYe) { EXPECT_EQ(FoldedName("Фарёб"), FoldedName("Фареб")); }

TEST(FoldTest, UzbekApostrophesMakeNoDifference) {
  EXPECT_THAT(FoldedWords("Oʻzbekiston O‘zbekiston O’zbekiston O'zbekiston O`zbekiston Oʼzbekiston"),
              Each("ozbekiston"));
}

TEST(FoldTest, LatinLettersWithStrokesAndDotsFoldIntoPlainOnes) {
  EXPECT_THAT(FoldedWords("Erdoğan ERDOĞAN"), Each("erdogan"));
  EXPECT_THAT(FoldedWords("Diyarbakır DİYARBAKIR"), Each("diyarbakir"));
  EXPECT_THAT(FoldedWords("Şanlıurfa"), ElementsAre("sanliurfa"));
  EXPECT_THAT(FoldedWords("Çubek"), ElementsAre("cubek"));
}

TEST(FoldTest, ComposedAndDecomposedTextsAreOne) {
  EXPECT_EQ(FoldedName("Ӣ й é"), FoldedName("И\u0304 и\u0306 e\u0301"));
}

TEST(FoldTest, AMarkBelongsToNoLetterBehindASeparator) { EXPECT_THAT(FoldedWords("и -\u0306"), ElementsAre("и")); }

TEST(FoldTest, AFoldedWordFoldsToItself) {
  RandomText random(3);
  for (int i = 0; i < 20000; ++i) {
    for (const std::string& word : FoldedWords(random.Next(24))) ASSERT_THAT(FoldedWords(word), ElementsAre(word));
  }
}

TEST(FoldTest, WordsEndAtPunctuation) {
  EXPECT_THAT(FoldedWords("IS-KP (Khorasan), 2023"), ElementsAre("is", "kp", "khorasan", "2023"));
}

TEST(FoldTest, BrokenUtf8IsSkipped) {
  EXPECT_THAT(FoldedWords("ab\xff\xfe"
                          "cd"),
              ElementsAre("ab", "cd"));
}

TEST(FoldTest, AVeryLongWordIsCutBetweenLetters) {
  std::string word;
  for (int i = 0; i < 100; ++i) word += "ж";
  EXPECT_EQ(FoldedWords(word).at(0).size(), kMaxWordBytes);
}

TEST(MatchTest, AllWordsMustBeThereAndTheLastMayBeginOne) {
  v1::Actor actor;
  v1::Name& name = *actor.add_name();
  name.set_key(1);
  name.set_text("Jamaat Ansarullah");
  Record record(Uuid::FromName("JA"), v1::RecordKind::ACTOR, std::make_shared<v1::Actor>(actor));
  auto terms = TermsOf(record);
  EXPECT_TRUE(Match(ParseQuery("jamaat ans"), terms, record.kind()));
  EXPECT_FALSE(Match(ParseQuery("jam ansarullah"), terms, record.kind()));
  EXPECT_FALSE(Match(ParseQuery("jamaat taliban"), terms, record.kind()));
  EXPECT_THAT(Why(ParseQuery("Ансоруллоҳ"), record), HasSubstr("name: Jamaat Ansarullah"));
}

TEST(MatchTest, TheReasonIsTheTextThatIsMostLikeTheQuery) {
  v1::Actor actor;
  actor.add_name()->set_text("Ansarullah");
  actor.add_name()->set_text("Ансоруллоҳ");
  Record record(Uuid::FromName("JA"), v1::RecordKind::ACTOR, std::make_shared<v1::Actor>(actor));
  EXPECT_EQ(Why(ParseQuery("ансоруллоҳ"), record), "name: Ансоруллоҳ");
}

TEST(MatchTest, TheWordsOfCodesAreFoundToo) {
  v1::Incident incident;
  incident.add_kind(v1::IncidentKind::MEDIA_RELEASE);
  incident.add_account()->add_measure()->set_kind(v1::MeasureKind::CORDON);
  incident.mutable_account(0)->add_seized()->set_class_(v1::ItemClass::SNIPER_RIFLE);
  Record record(Uuid::FromName("a"), v1::RecordKind::INCIDENT, std::make_shared<v1::Incident>(incident));
  EXPECT_TRUE(Match(ParseQuery("media cordon sniper rifle"), TermsOf(record), record.kind()));
}

TEST(MatchTest, AWholeNameBeatsAWordOfOne) {
  v1::Actor group, other;
  group.add_name()->set_text("Tajik Taliban");
  other.add_name()->set_text("Tajik friends of the Taliban");
  Record first(Uuid::FromName("a"), v1::RecordKind::ACTOR, std::make_shared<v1::Actor>(group));
  Record second(Uuid::FromName("b"), v1::RecordKind::ACTOR, std::make_shared<v1::Actor>(other));
  Query query = ParseQuery("tajik taliban");
  EXPECT_GT(*Match(query, TermsOf(first), first.kind()), *Match(query, TermsOf(second), second.kind()));
}

}  // namespace
}  // namespace daftar::search
