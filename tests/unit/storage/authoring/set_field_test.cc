#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daftar/v1/records.pb.h"
#include "storage/authoring/authoring.h"
#include "storage/model/date.h"
#include "tests/unit/storage/authoring/sample.h"

namespace daftar {
namespace {

using authoring_test::Problem;
using authoring_test::Read;
using authoring_test::Resolve;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SetFieldTest : public ::testing::Test {
 protected:
  SetFieldTest()
      : incident_(Read<v1::Incident>(v1::RecordKind::INCIDENT,
                                     R"(kind: CLASH name { key: 5 text: "a" } name { key: 6 text: "b" }
                                        account { key: 7 source: "sample:S1" point { lat_e7: 10000000 } })")) {}

  // What stands in the way of setting it.
  std::vector<FieldProblem> Set(std::string_view path, std::string_view value) {
    return SetField(&incident_, path, value, Resolve);
  }

  v1::Incident incident_;
};

TEST_F(SetFieldTest, SetsPlainText) {
  EXPECT_THAT(Set("notes", "seen at dawn"), IsEmpty());
  EXPECT_EQ(incident_.notes(), "seen at dawn");
}

TEST_F(SetFieldTest, TakesTextThatLooksLikeANumberOrAnObjectAsText) {
  EXPECT_THAT(Set("notes", "2023"), IsEmpty());
  EXPECT_EQ(incident_.notes(), "2023");
  EXPECT_THAT(Set("notes", "{\"a\": 1}"), IsEmpty());
  EXPECT_EQ(incident_.notes(), "{\"a\": 1}");
}

TEST_F(SetFieldTest, TakesTextInQuotesAsJson) {
  EXPECT_THAT(Set("notes", "\"a\\nb\""), IsEmpty());
  EXPECT_EQ(incident_.notes(), "a\nb");
}

TEST_F(SetFieldTest, SetsADateFromAYear) {
  EXPECT_THAT(Set("accounts[0].date", "2023"), IsEmpty());
  EXPECT_EQ(ToEdtf(incident_.account(0).date()), "2023");
}

TEST_F(SetFieldTest, ChoosesAnItemByItsKey) {
  EXPECT_THAT(Set("accounts[key=7].credibility", "DOUBTFUL"), IsEmpty());
  EXPECT_EQ(incident_.account(0).credibility(), v1::Credibility::DOUBTFUL);
}

TEST_F(SetFieldTest, SetsAReference) {
  EXPECT_THAT(Set("accounts[0].place", "sample:Darvoz"), IsEmpty());
  EXPECT_EQ(incident_.account(0).place(), Uuid::FromName("sample:Darvoz").str());
}

TEST_F(SetFieldTest, SetsANumberInsideAValue) {
  EXPECT_THAT(Set("accounts[0].point.lat", "37.9"), IsEmpty());
  EXPECT_EQ(incident_.account(0).point().lat_e7(), 379000000);
}

TEST_F(SetFieldTest, SetsAWholeListFromOneValueOrMany) {
  EXPECT_THAT(Set("kind", "ATTACK"), IsEmpty());
  EXPECT_THAT(incident_.kind(), ElementsAre(v1::IncidentKind::ATTACK));
  EXPECT_THAT(Set("kind", R"(["CLASH", "SEIZURE"])"), IsEmpty());
  EXPECT_EQ(incident_.kind_size(), 2);
}

TEST_F(SetFieldTest, AppendsOnePastTheEnd) {
  EXPECT_THAT(Set("names[2]", "c"), IsEmpty());
  EXPECT_THAT(Set("names[3].text", "d"), IsEmpty());
  EXPECT_EQ(incident_.name(2).text(), "c");
  EXPECT_EQ(incident_.name(3).text(), "d");
}

TEST_F(SetFieldTest, KeepsTheKeyOfAnItemThatIsReplaced) {
  EXPECT_THAT(Set("names[0]", R"({"text": "z", "lang": "en"})"), IsEmpty());
  EXPECT_EQ(incident_.name(0).key(), 5u);
  EXPECT_EQ(incident_.name(0).text(), "z");
}

TEST_F(SetFieldTest, ClearsWithAnEmptyValue) {
  EXPECT_THAT(Set("kind", ""), IsEmpty());
  EXPECT_EQ(incident_.kind_size(), 0);
  EXPECT_THAT(Set("accounts[0].point", ""), IsEmpty());
  EXPECT_FALSE(incident_.account(0).has_point());
}

TEST_F(SetFieldTest, RemovesAnItemWithAnEmptyValue) {
  EXPECT_THAT(Set("names[0]", ""), IsEmpty());
  ASSERT_EQ(incident_.name_size(), 1);
  EXPECT_EQ(incident_.name(0).text(), "b");
}

TEST_F(SetFieldTest, CreatesNothingWhileClearing) {
  std::string before = incident_.SerializeAsString();
  EXPECT_THAT(Set("retired.reason", ""), IsEmpty());
  EXPECT_EQ(incident_.SerializeAsString(), before);
}

TEST_F(SetFieldTest, NamesTheNearestFields) {
  EXPECT_THAT(Set("accounts[0].datte", "2023"), ElementsAre(Problem("accounts[0].datte", "did you mean \"date\"?")));
}

TEST_F(SetFieldTest, SaysHowLongTheListIs) {
  EXPECT_THAT(Set("names[9].text", "x"), ElementsAre(Problem("names[9]", "the list has 2 items")));
  EXPECT_THAT(Set("names[key=9].text", "x"), ElementsAre(Problem("names", "no item with key 9")));
}

TEST_F(SetFieldTest, AsksForAnItemOfAList) {
  EXPECT_THAT(Set("names.text", "x"), ElementsAre(Problem("names", "names[0]")));
  EXPECT_THAT(Set("notes[0]", "x"), ElementsAre(Problem("notes", "not a list")));
  EXPECT_THAT(Set("notes.text", "x"), ElementsAre(Problem("notes", "plain value")));
}

TEST_F(SetFieldTest, RefusesAPathThatIsNone) {
  for (const char* path :
       {"", ".", "names[", "names[]", "names[x]", "names[-1]", "names[key=]", "names[0]x", "a..b", "[0]"}) {
    EXPECT_THAT(Set(path, "x"), ElementsAre(Problem(path, "is not a path"))) << path;
  }
}

TEST_F(SetFieldTest, TellsWhatIsWrongWithTheValue) {
  EXPECT_THAT(Set("accounts[0].date", "2023-13-45"), ElementsAre(Problem("accounts[0].date", "month 13")));
  EXPECT_THAT(Set("accounts[0].point.lat", "123"), ElementsAre(Problem("accounts[0].point.lat", "between -90 and 90")));
  EXPECT_THAT(Set("accounts[0].point", "{\"lat\":"), ElementsAre(Problem("accounts[0].point", "line 1, column")));
  EXPECT_THAT(Set("notes", "\xff"), ElementsAre(Problem("notes", "byte 0 is not valid UTF-8")));
}

TEST_F(SetFieldTest, ChangesNothingWhenThereIsAProblem) {
  std::string before = incident_.SerializeAsString();
  Set("accounts[1].date", "never");
  EXPECT_EQ(incident_.SerializeAsString(), before);
}

}  // namespace
}  // namespace daftar
