// Reading JSON: the short forms that people use, and what they are told when it is wrong.
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
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

v1::Incident Incident(std::string_view json) { return Read<v1::Incident>(v1::RecordKind::INCIDENT, json); }
v1::Account Account(const std::string& fields) { return Incident(R"({"accounts": [{)" + fields + "}]}").account(0); }
std::vector<FieldProblem> Problems(std::string_view json, Kind kind = v1::RecordKind::INCIDENT) {
  return RecordFromJson(kind, json, Resolve).problems;
}
std::vector<FieldProblem> AccountProblems(const std::string& fields) {
  return Problems(R"({"accounts": [{)" + fields + "}]}");
}

TEST(JsonInTest, ReadsAWholeIncident) {
  v1::Incident incident = Incident(R"({
    "kind": ["INFILTRATION", "CLASH"], "acled": "ARMED_CLASH", "names": [{"text": "Clash in Darvoz", "lang": "en"}],
    "external": [{"system": "sample", "id": "I01"}], "tags": ["border"],
    "accounts": [{"key": 1, "source": "sample:S2", "date": "(2023)-08-30TNIGHT", "place": "sample:Kevron",
                  "killed": [{"best": 3, "of": "SIDE_B"}], "roles": [{"actor": "sample:JA", "kind": "SIDE_B"}]}]})");
  EXPECT_EQ(incident.kind_size(), 2);
  EXPECT_EQ(incident.name(0).text(), "Clash in Darvoz");
  EXPECT_EQ(incident.tag(0).text(), "border");
  EXPECT_EQ(incident.account(0).source(), Uuid::FromName("sample:S2").str());
  EXPECT_EQ(ToEdtf(incident.account(0).date()), "(2023)-08-30TNIGHT");
  EXPECT_EQ(incident.account(0).role(0).actor(), Uuid::FromName("sample:JA").str());
}

TEST(JsonInTest, AcceptsASingleValueForAList) {
  v1::Incident incident = Incident(R"({"kind": "CLASH", "names": "Clash"})");
  EXPECT_THAT(incident.kind(), ElementsAre(v1::IncidentKind::CLASH));
  EXPECT_EQ(incident.name(0).text(), "Clash");
}

TEST(JsonInTest, AcceptsTheSingularOfAList) { EXPECT_EQ(Incident(R"({"name": ["Clash"]})").name(0).text(), "Clash"); }

TEST(JsonInTest, AcceptsANumberForATollAndAnAmount) {
  v1::Account account = Account(R"("killed": 3, "distance": 2500.5)");
  EXPECT_EQ(account.killed(0).best(), 3);
  EXPECT_EQ(account.distance().best(), 2500.5);
}

TEST(JsonInTest, AcceptsCodesInAnyCase) {
  EXPECT_EQ(Incident(R"({"acled": "armed clash"})").acled(), v1::AcledSub::ARMED_CLASH);
}

TEST(JsonInTest, AcceptsTheNumberOfACodeOfANewerSchema) { EXPECT_EQ(Incident(R"({"acled": 900})").acled(), 900); }

TEST(JsonInTest, ReadsDegrees) {
  v1::GeoPoint point =
      Account(R"("point": {"lat": 37.9, "lon": -70.4000001, "radius_m": 500, "precision": "ADM2"})").point();
  EXPECT_EQ(point.lat_e7(), 379000000);
  EXPECT_EQ(point.lon_e7(), -704000001);
  EXPECT_EQ(point.radius_m(), 500u);
}

TEST(JsonInTest, ReadsADateWithItsWording) {
  v1::FuzzyDate date = Account(R"("date": {"edtf": "2023-08-30~", "wording": "around August 30"})").date();
  EXPECT_EQ(ToEdtf(date), "2023-08-30~");
  EXPECT_EQ(date.wording(), "around August 30");
}

TEST(JsonInTest, ReadsADateAsItsFields) {
  EXPECT_EQ(ToEdtf(Account(R"("date": {"first_day": 0, "last_day": 1, "precision": "DAYS_2_6"})").date()),
            "1970-01-01/1970-01-02");
}

TEST(JsonInTest, ReadsPeriodsAsIntervalsAndObjects) {
  v1::Period period = Account(R"("period": "2023-08-30/2023-09-04")").period();
  EXPECT_EQ(ToEdtf(period.from()), "2023-08-30");
  EXPECT_EQ(ToEdtf(period.to()), "2023-09-04");
  period = Account(R"("period": "2020-11/..")").period();
  EXPECT_EQ(PeriodWords(period), "since Nov 2020");
  period = Account(R"("period": "../2023")").period();
  EXPECT_EQ(PeriodWords(period), "until 2023");
  period = Account(R"("period": {"from": "2020-11", "open_end": true})").period();
  EXPECT_EQ(PeriodWords(period), "since Nov 2020");
}

TEST(JsonInTest, ReadsBytesAsHex) {
  v1::Source source = Read<v1::Source>(v1::RecordKind::SOURCE, R"({"sha256": "00fF"})");
  EXPECT_EQ(source.sha256(), std::string("\0\xff", 2));
}

TEST(JsonInTest, ReadsAChoiceByTheNameOfItsAttribute) {
  EXPECT_EQ(Incident(R"({"choices": {"key": "DATE", "account": 1}})").choice(0).key(), uint64_t{v1::Attribute::DATE});
}

TEST(JsonInTest, TakesNullAsNothing) { EXPECT_FALSE(Account(R"("date": null)").has_date()); }

TEST(JsonInTest, NamesTheNearestFieldForAnUnknownOne) {
  EXPECT_THAT(Problems(R"({"acount": []})"), ElementsAre(Problem("acount", "did you mean \"accounts\"?")));
  EXPECT_THAT(AccountProblems(R"("datte": "2023")"),
              ElementsAre(Problem("accounts[0].datte", "did you mean \"date\"?")));
}

TEST(JsonInTest, ListsTheFieldsWhereNoneIsNear) {
  EXPECT_THAT(Problems(R"({"zzzzzzzz": 1})"), ElementsAre(Problem("zzzzzzzz", "known here: kind, acled")));
}

TEST(JsonInTest, KnowsNoIdAndNoSchemaInsideARecord) {
  EXPECT_THAT(Problems(R"({"id": "x", "schema": 1})"),
              ElementsAre(Problem("id", "unknown field"), Problem("schema", "unknown field")));
}

TEST(JsonInTest, SaysWhatIsWrongWithADate) {
  EXPECT_THAT(AccountProblems(R"("date": "2023-13-45")"),
              ElementsAre(Problem("accounts[0].date", "month 13 does not exist")));
}

TEST(JsonInTest, SaysWhichLatitudesExist) {
  EXPECT_THAT(AccountProblems(R"("point": {"lat": 123, "lon": 1e300})"),
              ElementsAre(Problem("accounts[0].point.lat", "must be between -90 and 90"),
                          Problem("accounts[0].point.lon", "must be between -180 and 180")));
}

TEST(JsonInTest, AsksForBothHalvesOfAPoint) {
  EXPECT_THAT(AccountProblems(R"("point": {"lat": 37.9})"), ElementsAre(Problem("accounts[0].point.lon", "missing")));
}

TEST(JsonInTest, NamesTheNearestCodeForAnUnknownOne) {
  EXPECT_THAT(Problems(R"({"kind": ["CLAHS"]})"), ElementsAre(Problem("kind[0]", "did you mean CLASH?")));
}

TEST(JsonInTest, ListsAFewCodesWhereNoneIsNear) {
  EXPECT_THAT(Problems(R"({"kind": "xyz"})"), ElementsAre(Problem("kind", "known: CLASH, INFILTRATION, SEIZURE")));
}

TEST(JsonInTest, PassesOnWhyAReferenceDoesNotResolve) {
  EXPECT_THAT(Problems(R"({"parent": "sample:I99"})"), ElementsAre(Problem("parent", "no record sample:I99")));
}

TEST(JsonInTest, SaysWhichTypeItExpected) {
  EXPECT_THAT(Problems(R"({"notes": 7})"), ElementsAre(Problem("notes", "expected text, found a number")));
  EXPECT_THAT(Problems(R"({"notes": ["a"]})"), ElementsAre(Problem("notes", "found a list")));
  EXPECT_THAT(Problems(R"({"event_clarity": "1"})"),
              ElementsAre(Problem("event_clarity", "a whole number, found text")));
  EXPECT_THAT(Problems(R"({"event_clarity": 1.5})"), ElementsAre(Problem("event_clarity", "found 1.5")));
  EXPECT_THAT(Problems(R"({"event_clarity": -1})"), ElementsAre(Problem("event_clarity", "between 0 and")));
  EXPECT_THAT(Problems(R"({"accounts": "x"})"), ElementsAre(Problem("accounts", "expected an object, found text")));
  EXPECT_THAT(Problems(R"({"parent": 5})"), ElementsAre(Problem("parent", "an ID as text")));
  EXPECT_THAT(AccountProblems(R"("date": 2023)"), ElementsAre(Problem("accounts[0].date", "a date as text")));
  EXPECT_THAT(Problems("[]"), ElementsAre(Problem("", "expected an object, found a list")));
}

TEST(JsonInTest, RefusesAKeyThatJsonCannotHold) {
  EXPECT_THAT(AccountProblems(R"("key": 9007199254740992)"),
              ElementsAre(Problem("accounts[0].key", "must be between")));
  EXPECT_THAT(AccountProblems(R"("key": 18446744073709551615)"),
              ElementsAre(Problem("accounts[0].key", "must be between")));
}

TEST(JsonInTest, RefusesAFieldUnderBothOfItsNames) {
  EXPECT_THAT(Problems(R"({"name": "a", "names": "b"})"), ElementsAre(Problem("names", "given twice")));
}

TEST(JsonInTest, CollectsEveryProblem) {
  EXPECT_THAT(
      Problems(R"({"kind": "CLAHS", "titel": 1, "accounts": [{}, {"date": "x", "place": "sample:I99"}]})"),
      UnorderedElementsAre(Problem("kind", "CLASH"), Problem("titel", "unknown"),
                           Problem("accounts[1].date", "not a date"), Problem("accounts[1].place", "no record")));
}

TEST(JsonInTest, SaysWhichByteIsNotUtf8) {
  EXPECT_THAT(Problems("{\"notes\": \"\xff\"}"), ElementsAre(Problem("", "byte 11 is not valid UTF-8")));
}

TEST(JsonInTest, SaysWhereTheSyntaxIsWrong) {
  EXPECT_THAT(Problems("{\n  \"notes\": \"ӣ\",, \n}"), ElementsAre(Problem("", "line 2, column 16: ")));
  EXPECT_THAT(Problems("{\"notes\""), ElementsAre(Problem("", "line 1, column 9: ")));
  EXPECT_THAT(Problems(""), ElementsAre(Problem("", "line 1, column 1: ")));
  EXPECT_THAT(Problems("{} x"), ElementsAre(Problem("", "line 1, column 4: ")));
}

TEST(JsonInTest, RefusesANameThatStandsTwice) {
  EXPECT_THAT(Problems(R"({"notes": "a", "notes": "b"})"), ElementsAre(Problem("", "\"notes\" stands twice")));
}

TEST(JsonInTest, RefusesDeepNesting) {
  std::string deep(33, '[');
  EXPECT_THAT(Problems(deep + std::string(33, ']')), ElementsAre(Problem("", "deeper than 32")));
  EXPECT_THAT(Problems(std::string(1 << 20, '[')), ElementsAre(Problem("", "deeper than 32")));
  std::string allowed(32, '[');
  EXPECT_THAT(Problems(allowed + std::string(32, ']')), ElementsAre(Problem("", "found a list")));
}

TEST(JsonInTest, RefusesFiveMebibytesBeforeParsing) {
  EXPECT_THAT(Problems(std::string(5 << 20, '{')),
              ElementsAre(Problem("", "the input is 5242880 bytes; at most 4 MiB")));
}

TEST(JsonInTest, RefusesANumberThatIsTooLarge) {
  EXPECT_THAT(AccountProblems(R"("killed": 1e999)"), ElementsAre(Problem("", "line 1")));
}

}  // namespace
}  // namespace daftar
