// Codes, countries and ids of queries.
#include <gtest/gtest.h>

#include "tests/unit/storage/search/query/describe.h"

namespace daftar::search {
namespace {

TEST(QueryCodesTest, ReadsKindsInAnySpelling) {
  EXPECT_EQ(Read("kind:incident"), "kind=INCIDENT");
  for (const char* text : {"kind:alert-period", "kind:ALERT_PERIOD", "kind:alertperiod", "kind:\"alert period\""}) {
    EXPECT_EQ(Read(text), "kind=ALERT_PERIOD") << text;
  }
  EXPECT_EQ(Read("kind:incident,actor"), "kind=INCIDENT,ACTOR");
}

TEST(QueryCodesTest, TakesATypeFromAllListsThatHaveIt) {
  EXPECT_EQ(Read("type:clash"), "type=IncidentKind.CLASH");
  EXPECT_EQ(Read("type:attack"), "type=IncidentKind.ATTACK,AcledSub.ATTACK");
  EXPECT_EQ(Read("type:clash,seizure"), "type=IncidentKind.CLASH,IncidentKind.SEIZURE");
  EXPECT_EQ(Read("type:armed_group"), "type=ActorClass.ARMED_GROUP");
  EXPECT_EQ(Read("type:related-to"), "type=RelationType.RELATED_TO");
}

TEST(QueryCodesTest, TakesATypeFromTheListThatIsNamed) {
  EXPECT_EQ(Read("type:acled.attack"), "type=AcledSub.ATTACK");
  EXPECT_EQ(Read("type:AcledSub.ARMED_CLASH"), "type=AcledSub.ARMED_CLASH");
  EXPECT_FALSE(ParseQuery("type:gtd.clash", 0).ok());
}

TEST(QueryCodesTest, HasNoWordForUnset) {
  EXPECT_FALSE(ParseQuery("type:unset", 0).ok());
  EXPECT_FALSE(ParseQuery("kind:unset", 0).ok());
}

TEST(QueryCodesTest, ReadsCountriesByCodeAndByNameInSeveralLanguages) {
  for (const char* text : {"country:tj", "country:TJK", "country:Tajikistan", "country:Таджикистан",
                           "country:Тоҷикистон", "country:تاجیکستان"}) {
    EXPECT_EQ(Read(text), "country=TJ") << text;
  }
  EXPECT_EQ(Read("country:TJ,AF"), "country=TJ,AF");
  EXPECT_EQ(Read("country:\"United States\""), "country=US");
  EXPECT_EQ(Read("country:UK"), "country=GB");
}

TEST(QueryCodesTest, ReadsGrades) {
  EXPECT_EQ(Read("grade:b2"), "grade=B2");
  EXPECT_EQ(Read("grade:A,3"), "grade=A,3");
  for (const char* text : {"grade:G", "grade:7", "grade:B22", "grade:2B", "grade:\"\""}) {
    EXPECT_FALSE(ParseQuery(text, 0).ok()) << text;
  }
}

TEST(QueryCodesTest, ReadsMarkingsAndStatesOfReview) {
  EXPECT_EQ(Read("marking:amber"), "marking=AMBER");
  EXPECT_EQ(Read("tlp:AMBER+STRICT"), "marking=AMBER_STRICT");
  EXPECT_EQ(Read("review:in-review"), "review=IN_REVIEW");
}

TEST(QueryCodesTest, ReadsWhatARecordHas) {
  EXPECT_EQ(Read("has:conflict,point"), "has=conflict,point");
  EXPECT_FALSE(ParseQuery("has:fun", 0).ok());
}

TEST(QueryCodesTest, FoldsTags) { EXPECT_EQ(Read("tag:\"Drone Úse\",Ёж"), "tag=drone use,еж"); }

TEST(QueryCodesTest, TakesACodeOnce) { EXPECT_EQ(Read("type:attack,acled.attack"), Read("type:attack")); }

TEST(QueryCodesTest, IgnoresACommaBehindWhichTheNextIsStillTyped) { EXPECT_EQ(Read("kind:actor,"), "kind=ACTOR"); }

TEST(QueryCodesTest, ReadsNamesOfRecords) {
  EXPECT_EQ(Read("actor:taliban "), "actor=taliban");
  EXPECT_EQ(Read("place:\"Khatlon Province\""), "place=Khatlon Province");
  EXPECT_EQ(Read("actor:a,\"b c\""), "or(actor=a actor=b c)");
  EXPECT_EQ(Read("source:sample:S2"), "source=sample:S2");
  EXPECT_EQ(Read("id:0198c0de"), "id=0198c0de");
}

TEST(QueryCodesTest, ReadsBareIds) {
  EXPECT_EQ(Read("sample:I01"), "id=sample:I01");
  EXPECT_EQ(Read("(UCDP:123)"), "id=UCDP:123");
  EXPECT_EQ(Read("sample:I01, x "), "and(id=sample:I01 x)");
  EXPECT_EQ(Read("0198c0de-0000-7000-8000-000000000001"), "id=0198c0de-0000-7000-8000-000000000001");
}

TEST(QueryCodesTest, LeavesOtherColonsToWords) {
  EXPECT_EQ(Read("memo: x "), "and(memo x)");
  EXPECT_EQ(Read("бой:пост "), "\"бой:пост\"");
  EXPECT_EQ(Read("http://a.b "), "\"http://a.b\"");
}

}  // namespace
}  // namespace daftar::search
