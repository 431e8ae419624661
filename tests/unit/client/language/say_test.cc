#include "client/language/say.h"

#include <gtest/gtest.h>

#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

TEST(SayTest, CountsAsTheLanguageCounts) {
  EXPECT_EQ(Say("age.days", {{"count", 1}}), "1 day ago");
  EXPECT_EQ(Say("age.days", {{"count", 1000}}), "1,000 days ago");
  const InLanguage russian(Language::kRussian);
  EXPECT_EQ(Say("age.days", {{"count", 1}}), "1 день назад");
  EXPECT_EQ(Say("age.days", {{"count", 3}}), "3 дня назад");
  EXPECT_EQ(Say("age.days", {{"count", 11}}), "11 дней назад");
}

TEST(SayTest, WritesTheDigitsOfTheLanguageUnlessLatinOnesAreWished) {
  const InLanguage dari(Language::kDari);
  EXPECT_EQ(SayNumber(25), "۲۵");
  UseDigits(Digits::kLatin);
  EXPECT_EQ(SayNumber(25), "25");
}

TEST(SayTest, TakesTextAsItIs) {
  EXPECT_EQ(Say("date.night", {{"date", "{count, plural} 'x' %s"}}), "night of {count, plural} 'x' %s");
}

TEST(SayTest, SetsANameInLatinLettersApartWithinASentenceFromRightToLeft) {
  const InLanguage dari(Language::kDari);
  const std::string mark = "\u200F";
  const std::string said = Say("page.value_by", {{"value", "۴"}, {"who", "S0"}});
  EXPECT_NE(said.find(mark + "S0" + mark), std::string::npos) << said;
  EXPECT_EQ(said.find(mark + "۴"), std::string::npos) << said;
}

TEST(SayTest, SaysAKeyThatNobodyKnowsAsItIs) { EXPECT_EQ(Say("no.such key"), "no.such key"); }

TEST(SayTest, SaysACodeThatIsNotKnownYetInItsOwnWords) { EXPECT_EQ(SayCode("QUITE_NEW_CODE"), "quite new code"); }

TEST(SayTest, SaysNumbersWithAtMostOneDigitBehindThePoint) {
  EXPECT_EQ(SayNumber(10'000), "10,000");
  EXPECT_EQ(SayNumber(2.5), "2.5");
  EXPECT_EQ(SayNumber(-1234.56), "-1,234.6");
  EXPECT_EQ(SayNumber(12345.6), "12,346");
}

TEST(SayTest, BeginsALineWithALetterOfAnyScript) {
  EXPECT_EQ(SayCapital("never synced"), "Never synced");
  EXPECT_EQ(SayCapital("ҳеҷ гоҳ"), "Ҳеҷ гоҳ");
  EXPECT_EQ(SayCapital(""), "");
}

TEST(LanguageTest, IsFoundByItsCodeAndByALocale) {
  EXPECT_EQ(LanguageOf("ru_RU.UTF-8"), Language::kRussian);
  EXPECT_EQ(LanguageOf("fa-AF"), Language::kDari);
  EXPECT_EQ(LanguageOf("prs"), Language::kDari);
  EXPECT_EQ(LanguageOf("de"), std::nullopt);
  EXPECT_EQ(LanguageOf(""), std::nullopt);
}

}  // namespace
}  // namespace daftar
