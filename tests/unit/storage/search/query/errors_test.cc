// What is said of a query that cannot be read, and where.
#include <gtest/gtest.h>

#include "tests/unit/storage/search/query/describe.h"

namespace daftar::search {
namespace {

std::string Repeated(std::string_view piece, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(QueryErrorsTest, SuggestsTheFieldThatWasMeant) {
  EXPECT_EQ(Read("clash acter:taliban"),
            "column 7: there is no field \"acter:\"; for an id of that name write id:acter:taliban; "
            "did you mean clash actor:taliban?");
  EXPECT_EQ(CheckQuery("plcae:x", 0)->suggestion, "place:x");
  EXPECT_EQ(CheckQuery("tga:x", 0)->suggestion, "tag:x");
}

TEST(QueryErrorsTest, CountsColumnsInCharacters) {
  std::optional<QueryError> error = CheckQuery("бой acter:талибан", 0);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->column, 5u);
  EXPECT_EQ(error->suggestion, "бой actor:талибан");
}

TEST(QueryErrorsTest, SuggestsTheCodeThatWasMeant) {
  EXPECT_EQ(Read("type:clsh x"), "column 6: there is no type \"clsh\"; there is clash; did you mean type:clash x?");
  EXPECT_EQ(Read("kind:incidents"),
            "column 6: there is no kind \"incidents\"; there is incident; did you mean kind:incident?");
  EXPECT_EQ(CheckQuery("type:seizure,armed-clsh", 0)->suggestion, "type:seizure,armed_clash");
  EXPECT_EQ(CheckQuery("country:Tajikstan", 0)->suggestion, "country:TJ");
}

TEST(QueryErrorsTest, NamesTheCodesWhereNoneIsNear) {
  EXPECT_EQ(Read("marking:secret"),
            "column 9: there is no marking \"secret\": write clear, green, amber, amber_strict, red");
}

TEST(QueryErrorsTest, MissesAValue) {
  EXPECT_EQ(Read("actor:"), "column 1: nothing stands behind \"actor:\": write actor:\"a name\"");
  EXPECT_FALSE(ParseQuery("killed:", 0).ok());
  EXPECT_FALSE(ParseQuery("actor:\"\"", 0).ok());
  EXPECT_FALSE(ParseQuery("title:()", 0).ok());
  EXPECT_FALSE(ParseQuery("title:…", 0).ok());
}

TEST(QueryErrorsTest, SuggestsToLeaveOutASpaceBehindAColonOrAComma) {
  EXPECT_EQ(CheckQuery("actor: taliban", 0)->suggestion, "actor:taliban");
  EXPECT_EQ(CheckQuery("actor:a, b", 0)->suggestion, "actor:a,b");
}

TEST(QueryErrorsTest, FindsParenthesesThatDoNotMatch) {
  EXPECT_EQ(Read("a (b"), "column 3: this \"(\" is not closed; did you mean a (b)?");
  EXPECT_EQ(Read("a) b"), "column 2: there is no \"(\" that this \")\" closes; did you mean a b?");
}

TEST(QueryErrorsTest, MissesWhatANotExcludes) {
  EXPECT_EQ(Read("a NOT OR b"),
            "column 3: nothing stands behind this \"not\" that it could exclude; did you mean a  OR b?");
  EXPECT_FALSE(ParseQuery("(a -) b", 0).ok());
}

TEST(QueryErrorsTest, RefusesWhatIsNotUtf8) {
  EXPECT_EQ(Read("бой \xff"), "column 5: this is not UTF-8 text: type it again");
}

TEST(QueryErrorsTest, RefusesAQueryThatIsTooLong) {
  EXPECT_TRUE(ParseQuery("\"" + std::string(4094, 'a') + "\"", 0).ok());
  EXPECT_FALSE(ParseQuery("\"" + std::string(4095, 'a') + "\"", 0).ok());
}

TEST(QueryErrorsTest, RefusesTooManyConditions) {
  EXPECT_TRUE(ParseQuery(Repeated("a ", 63), 0).ok());
  EXPECT_EQ(Read(Repeated("a ", 64)), "column 1: the query has 65 conditions; it may have 64: shorten it");
}

TEST(QueryErrorsTest, RefusesTooDeepNesting) {
  EXPECT_TRUE(ParseQuery(Repeated("(", 16) + "a" + Repeated(")", 16), 0).ok());
  EXPECT_FALSE(ParseQuery(Repeated("(", 17) + "a" + Repeated(")", 17), 0).ok());
  EXPECT_FALSE(ParseQuery(Repeated("-(", 4000 / 2) + "a", 0).ok());
  EXPECT_FALSE(ParseQuery(Repeated("(a | b (c ", 12) + Repeated(") )", 12), 0).ok());
}

TEST(QueryErrorsTest, LeavesNothingWrongInWhatItSuggests) {
  for (const char* text : {"acter:taliban", "type:clsh", "kind:incidents", "country:Tajikstan", "a (b", "a) b",
                           "2024..2023", "killed:10..3", "date:30.08.2023", "actor: x", "actor:a, b", "a NOT OR b"}) {
    std::optional<QueryError> error = CheckQuery(text, 0);
    ASSERT_TRUE(error.has_value()) << text;
    EXPECT_FALSE(CheckQuery(error->suggestion, 0).has_value()) << text << " → " << error->suggestion;
  }
}

}  // namespace
}  // namespace daftar::search
