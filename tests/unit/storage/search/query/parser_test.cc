// Words, phrases, operators and parentheses: which tree a text is read as.
#include <gtest/gtest.h>

#include "tests/unit/storage/search/query/describe.h"

namespace daftar::search {
namespace {

TEST(ParserTest, ReadsNothingAsEverything) {
  EXPECT_EQ(Read(""), "everything");
  EXPECT_EQ(Read("  \t\n"), "everything");
  EXPECT_EQ(Read("— & ( ) …"), "everything");
}

TEST(ParserTest, TakesTheLastWordForABeginningUntilASpaceFollows) {
  EXPECT_EQ(Read("border clash"), "and(border clash*)");
  EXPECT_EQ(Read("border clash "), "and(border clash)");
  EXPECT_EQ(Read("border c"), "and(border c)");
  EXPECT_EQ(Read("title:cla"), "title:cla*");
  EXPECT_EQ(Read("actor:tali"), "actor=tali*");
  EXPECT_EQ(Read("(cla)"), "cla");
}

TEST(ParserTest, TakesAnExcludedWordAsWholeWhileItIsTyped) { EXPECT_EQ(Read("border -cla"), "and(border not(cla))"); }

TEST(ParserTest, ReadsAStarAsABeginningAnywhere) {
  EXPECT_EQ(Read("талиб* border "), "and(талиб* border)");
  EXPECT_EQ(Read("title:a* "), "title:a*");
  EXPECT_EQ(Read("actor:\"jamaat an\"* x "), "and(actor=jamaat an* x)");
}

TEST(ParserTest, ReadsQuotesOfManyKinds) {
  EXPECT_EQ(Read("\"border post\""), "\"border post\"");
  EXPECT_EQ(Read("«пограничный пост»"), "\"пограничный пост\"");
  EXPECT_EQ(Read("“border post”"), "\"border post\"");
  EXPECT_EQ(Read("„border post“"), "\"border post\"");
  EXPECT_EQ(Read("\"clash\""), "=clash");
  EXPECT_EQ(Read("\"2023\""), "=2023");
}

TEST(ParserTest, ClosesAQuotationThatIsStillBeingTyped) {
  EXPECT_EQ(Read("kevron \"border po"), "and(kevron \"border po\")");
  EXPECT_EQ(Read("\"bor"), "=bor");
  EXPECT_EQ(Read("kevron \""), "kevron");
}

TEST(ParserTest, BindsNotBeforeAndBeforeOr) {
  EXPECT_EQ(Read("a b OR c -d | e "), "or(and(a b) and(c not(d)) e)");
  EXPECT_EQ(Read("a (b OR c) "), "and(a or(b c))");
  EXPECT_EQ(Read("a AND NOT (b c)"), "and(a not(and(b c)))");
}

TEST(ParserTest, KnowsRussianOperatorsInCapitals) {
  EXPECT_EQ(Read("а И б ИЛИ НЕ в "), "or(and(а б) and(everything not(в)))");
  EXPECT_EQ(Read("а и б "), "and(а и б)");
}

TEST(ParserTest, ReadsSmallLetterOperatorsAsWords) {
  EXPECT_EQ(Read("this and that or not "), "and(this and that or not)");
}

TEST(ParserTest, ReadsAnOperatorThatNothingPrecedesAsAWord) {
  EXPECT_EQ(Read("И снова бой "), "and(и снова бой)");
  EXPECT_EQ(Read("x (OR y) "), "and(x or y)");
}

TEST(ParserTest, IgnoresAnOperatorWhoseOtherSideIsStillTyped) {
  EXPECT_EQ(Read("taliban OR"), "taliban");
  EXPECT_EQ(Read("taliban AND "), "taliban");
  EXPECT_EQ(Read("taliban NOT"), "taliban");
  EXPECT_EQ(Read("taliban -"), "taliban");
  EXPECT_EQ(Read("taliban |"), "taliban");
}

TEST(ParserTest, MeansEverythingElseByAnExclusionAlone) {
  EXPECT_EQ(Read("-a"), "and(everything not(a))");
  EXPECT_EQ(Read("-a -b"), "and(everything not(a) not(b))");
  EXPECT_EQ(Read("b OR -a"), "or(b and(everything not(a)))");
  EXPECT_EQ(Read("(-a) b "), "and(not(a) b)");
}

TEST(ParserTest, TakesTwoNotsForNone) {
  EXPECT_EQ(Read("NOT NOT a "), "a");
  EXPECT_EQ(Read("-(-a) "), "a");
  EXPECT_EQ(Read("-(-a -b) "), "or(a b)");
}

TEST(ParserTest, ReadsWordsThatPunctuationJoinsAsAPhrase) {
  EXPECT_EQ(Read("al-Qaida "), "\"al-Qaida\"");
  EXPECT_EQ(Read("https://example.org/a?b "), "\"https://example.org/a?b\"");
  EXPECT_EQ(Read("12:30 "), "\"12:30\"");
  EXPECT_EQ(Read("(Kevron), "), "Kevron");
}

TEST(ParserTest, LetsTheLastOfJoinedWordsGoOnWhileItIsTyped) { EXPECT_EQ(Read("al-qa"), "and(al qa*)"); }

TEST(ParserTest, GivesAFieldToAllInItsParentheses) {
  EXPECT_EQ(Read("title:(border \"two words\" -x) "), "and(title:border title:\"two words\" not(title:x))");
  EXPECT_EQ(Read("actor:(ttp OR \"Jamaat Ansarullah\")"), "or(actor=ttp actor=Jamaat Ansarullah)");
  EXPECT_EQ(Read("type:(clash OR seizure)"), "or(type=IncidentKind.CLASH type=IncidentKind.SEIZURE)");
  EXPECT_EQ(Read("kind:(actor,place)"), "kind=ACTOR,PLACE");
  EXPECT_EQ(Read("title:(a actor:b) "), "and(title:a actor=b)");
}

TEST(ParserTest, IgnoresDirectionMarksAndTakesMarksOfOtherScripts) {
  EXPECT_EQ(Read("\u200fبدخشان\u200e \u202bطالبان\u202c "), "and(بدخشان طالبان)");
  EXPECT_EQ(Read("actor：a،b "), "or(actor=a actor=b)");
  EXPECT_EQ(Read("（a | b） c "), "and(or(a b) c)");
  EXPECT_EQ(Read("−a b "), "and(not(a) b)");
}

TEST(ParserTest, RemembersWhereATermStood) {
  StatusOr<Query> query = ParseQuery("ё -actor:b", Today());
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(query->root.children[0].span.begin, 0u);
  EXPECT_EQ(query->root.children[0].span.end, 2u);
  EXPECT_EQ(query->root.children[1].span.begin, 3u);
  EXPECT_EQ(query->root.children[1].children[0].span.begin, 4u);
  EXPECT_EQ(query->root.children[1].children[0].span.end, 11u);
}

}  // namespace
}  // namespace daftar::search
