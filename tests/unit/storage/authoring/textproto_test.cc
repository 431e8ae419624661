// Reading textproto, one record and whole datasets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daftar/v1/records.pb.h"
#include "storage/authoring/authoring.h"
#include "tests/unit/storage/authoring/sample.h"

namespace daftar {
namespace {

using authoring_test::Problem;
using authoring_test::Read;
using authoring_test::Resolve;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<FieldProblem> Problems(std::string_view text) {
  return RecordFromTextproto(v1::RecordKind::INCIDENT, text, Resolve).problems;
}

TEST(TextprotoTest, TurnsIdTextIntoReferencesAtEveryDepth) {
  v1::Incident incident = Read<v1::Incident>(
      v1::RecordKind::INCIDENT,
      R"(parent: "sample:I01" account { role { actor: "sample:JA" } lineage { upstream: "sample:S1" } })");
  EXPECT_EQ(incident.parent(), Uuid::FromName("sample:I01").str());
  EXPECT_EQ(incident.account(0).role(0).actor(), Uuid::FromName("sample:JA").str());
  EXPECT_EQ(incident.account(0).lineage(0).upstream(), Uuid::FromName("sample:S1").str());
}

TEST(TextprotoTest, KeepsAnIdThatIsOneAlready) {
  v1::Incident incident;
  incident.set_parent(Uuid::FromName("anything").str());
  v1::Incident back = Read<v1::Incident>(v1::RecordKind::INCIDENT, incident.ShortDebugString());
  EXPECT_EQ(back.parent(), incident.parent());
}

TEST(TextprotoTest, ResolvesIdTextOfSixteenLetters) {
  v1::Incident incident = Read<v1::Incident>(v1::RecordKind::INCIDENT, R"(parent: "sample:Incident1")");
  EXPECT_EQ(incident.parent(), Uuid::FromName("sample:Incident1").str());
}

TEST(TextprotoTest, SaysWhereAReferenceDoesNotResolve) {
  EXPECT_THAT(Problems("kind: CLASH\naccount {\n  place: \"sample:I99\"\n}"),
              ElementsAre(Problem("accounts[0].place", "line 3, column 3: no record sample:I99")));
}

TEST(TextprotoTest, NamesTheNearestFieldForAnUnknownOne) {
  EXPECT_THAT(Problems("\n  acount { }"), ElementsAre(Problem("", "did you mean \"account\"?")));
}

TEST(TextprotoTest, SaysWhereTheSyntaxIsWrong) {
  EXPECT_THAT(Problems("kind: CLASH\nnotes: :"), ElementsAre(Problem("", "line 2, column 8: ")));
}

TEST(TextprotoTest, RefusesAnUnknownCode) { EXPECT_THAT(Problems("kind: CLAHS"), ElementsAre(Problem("", "CLAHS"))); }

TEST(TextprotoTest, RefusesTextThatIsTooLong) {
  EXPECT_THAT(Problems(std::string(5 << 20, ' ')),
              ElementsAre(Problem("", "the input is 5242880 bytes; at most 4 MiB")));
}

TEST(TextprotoTest, SaysWhichByteIsNotUtf8) {
  EXPECT_THAT(Problems("notes: \"\xff\""), ElementsAre(Problem("", "byte 8 is not valid UTF-8")));
}

TEST(RecordFromTextTest, TellsJsonFromTextproto) {
  EXPECT_EQ(Read<v1::Incident>(v1::RecordKind::INCIDENT, " \n{ \"notes\": \"a\"}").notes(), "a");
  EXPECT_EQ(Read<v1::Incident>(v1::RecordKind::INCIDENT, "{}").notes(), "");
  EXPECT_EQ(Read<v1::Incident>(v1::RecordKind::INCIDENT, "notes: \"a\"").notes(), "a");
  EXPECT_EQ(Read<v1::Incident>(v1::RecordKind::INCIDENT, "").notes(), "");
}

constexpr const char* kPlaces = R"(
place { external { system: "sample" id: "Darvoz" } name { text: "Darvoz" } parent: "Tajikistan" }
place { external { system: "sample" id: "Tajikistan" } name { text: "Tajikistan" } }
)";

AuthoredDataset ReadTwo(const std::string& incidents) {
  return ReadDataset({{"incidents.textproto", incidents}, {"places.textproto", kPlaces}}, Resolve);
}

TEST(DatasetTest, GivesEveryRecordTheIdOfItsFirstExternal) {
  AuthoredDataset dataset = ReadTwo("");
  ASSERT_EQ(dataset.records.size(), 2u);
  EXPECT_EQ(dataset.records[0].id, Uuid::FromName("sample:Darvoz"));
}

TEST(DatasetTest, PutsWhatIsReferredToFirst) {
  AuthoredDataset dataset =
      ReadTwo(R"(incident { external { system: "sample" id: "I01" } account { place: "Darvoz" } })");
  EXPECT_THAT(dataset.problems, IsEmpty());
  ASSERT_EQ(dataset.records.size(), 3u);
  EXPECT_EQ(dataset.records[2].kind, v1::RecordKind::INCIDENT);
}

TEST(DatasetTest, FollowsReferencesAcrossFiles) {
  AuthoredDataset dataset =
      ReadTwo(R"(incident { external { system: "sample" id: "I01" } account { place: "Darvoz" } })");
  auto* incident = google::protobuf::DynamicCastToGenerated<v1::Incident>(dataset.records[2].record.get());
  EXPECT_EQ(incident->account(0).place(), Uuid::FromName("sample:Darvoz").str());
}

TEST(DatasetTest, AsksTheStoreForWhatItDoesNotHold) {
  AuthoredDataset dataset = ReadTwo(R"(incident { external { system: "sample" id: "I01" } parent: "sample:I77" })");
  auto* incident = google::protobuf::DynamicCastToGenerated<v1::Incident>(dataset.records[2].record.get());
  EXPECT_EQ(incident->parent(), Uuid::FromName("sample:I77").str());
}

TEST(DatasetTest, AssignsKeys) {
  for (const DatasetRecord& record : ReadTwo("").records) {
    EXPECT_NE(google::protobuf::DynamicCastToGenerated<v1::Place>(record.record.get())->name(0).key(), 0u);
  }
}

TEST(DatasetTest, NamesFileLineAndRecordOfAProblem) {
  AuthoredDataset dataset =
      ReadTwo("incident {\n  external { system: \"sample\" id: \"I01\" }\n  account {\n    place: \"sample:I99\" } }");
  EXPECT_THAT(dataset.problems, ElementsAre(Problem("incidents.textproto:4: incident sample:I01: accounts[0].place",
                                                    "no record sample:I99")));
}

TEST(DatasetTest, NamesFileLineAndColumnOfASyntaxError) {
  EXPECT_THAT(ReadTwo("incident {\n  kind CLASH }").problems, ElementsAre(Problem("incidents.textproto:2:8", "\":\"")));
}

TEST(DatasetTest, RefusesARecordWithoutAnExternalId) {
  EXPECT_THAT(ReadTwo("\nincident { }").problems,
              ElementsAre(Problem("incidents.textproto:2: incident: external", "needs")));
}

TEST(DatasetTest, RefusesTwoRecordsOfOneExternalId) {
  EXPECT_THAT(ReadTwo("actor { external { system: \"sample\" id: \"Darvoz\" } }").problems,
              ElementsAre(Problem("incidents.textproto:1: actor sample:Darvoz: external", "first")));
}

TEST(DatasetTest, AsksForTheSystemWhereAKeyIsNotUnique) {
  AuthoredDataset dataset = ReadDataset({{"a", R"(
    actor { external { system: "x" id: "1" } }
    actor { external { system: "y" id: "1" } parent: "1" })"}},
                                        nullptr);
  EXPECT_THAT(dataset.problems, ElementsAre(Problem("a:3: actor y:1: parent", "several records")));
}

}  // namespace
}  // namespace daftar
