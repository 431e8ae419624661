#include "storage/search/analysis/fold.h"

#include <gmock/gmock.h>

#include "tests/unit/storage/search/analysis/random_text.h"

namespace daftar::search {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

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

}  // namespace
}  // namespace daftar::search
