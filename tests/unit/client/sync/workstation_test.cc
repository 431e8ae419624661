#include "client/sync/workstation.h"

#include <gmock/gmock.h>

#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using WorkstationTest = SyncFixture;

TEST_F(WorkstationTest, AnOwnEditIsThereAtOnceAndMarkedAsWaiting) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "seen from the hill"));
  EXPECT_EQ(Incident(*station).notes(), "seen from the hill");
  EXPECT_TRUE(Incident(*station).pending());
  EXPECT_EQ((*station->Read())->Search({.query = "hill"})->total, 1u);
}

TEST_F(WorkstationTest, WhatWaitsIsThereAfterTheProgramDies) {
  Sync(*station);
  Queue(*station, WithNotes(*station, "one"));
  Queue(*station, WithNotes(*station, "two"));
  station.reset();
  station = *Workstation::Open(folder.File("a"), clock, random);
  ASSERT_EQ(station->Outbox()->size(), 2u);
  EXPECT_EQ((*station->Outbox())[1].mutation().seq(), 2u);
  EXPECT_EQ(Incident(*station).notes(), "two");
}

TEST_F(WorkstationTest, ANewRecordIsListedSearchedCountedAndResolvedBeforeItIsSent) {
  Sync(*station);
  auto message = std::make_shared<v1::Incident>();
  message->add_kind(v1::IncidentKind::SEIZURE);
  message->add_name()->set_text("boxes at the ford");
  message->mutable_name(0)->set_key(1);
  Uuid id = station->NewId();
  Queue(*station, {id, v1::RecordKind::INCIDENT, message});
  auto view = *station->Read();
  EXPECT_THAT(*view->List(v1::RecordKind::INCIDENT, 10), ElementsAre(id, kIncident));
  EXPECT_EQ(view->Search({.query = "boxes ford"})->hits.at(0).id, id);
  EXPECT_EQ((*view->CountByKind())[v1::RecordKind::INCIDENT], 2u);
  EXPECT_EQ(*view->Resolve(id.ToString()), id);
  EXPECT_TRUE((*view->History(id))[0].created);
}

TEST_F(WorkstationTest, WindowsOfAListJoinToTheWholeOfItWhateverWaits) {
  std::vector<NewRecord> founded;
  for (int i = 0; i < 6; ++i) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    incident.add_name()->set_key(1);
    incident.mutable_name(0)->set_text("clash " + std::to_string(i));
    founded.push_back({station->NewId(), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
  }
  Found(founded);
  Sync(*station);
  for (const char* name : {"boxes at the ford", "a boat"}) {
    auto message = std::make_shared<v1::Incident>();
    message->add_kind(v1::IncidentKind::SEIZURE);
    message->add_name()->set_key(1);
    message->mutable_name(0)->set_text(name);
    Queue(*station, {station->NewId(), v1::RecordKind::INCIDENT, message});
  }
  auto retired = std::make_shared<v1::Incident>(Incident(*station).incident());
  retired->mutable_retired()->set_reason("entered twice");
  Queue(*station, {kIncident, v1::RecordKind::INCIDENT, retired});

  const auto view = *station->Read();
  const std::vector<Uuid> all = *view->List(v1::RecordKind::INCIDENT, 100);
  EXPECT_EQ(all.size(), 8u);
  for (const size_t limit : {1u, 3u, 5u}) {
    std::vector<Uuid> joined;
    for (size_t first = 0; first < 10; first += limit) {
      const auto rows = *view->Rows(v1::RecordKind::INCIDENT, {.first = first, .limit = limit});
      for (const ListedRecord& row : rows) joined.push_back(row.id);
    }
    EXPECT_EQ(joined, all) << "by " << limit;
  }
}

// Whether the incident that the server knows is listed, searched and referred to with a row of the index.
bool HasRow(Workstation& station) {
  auto view = *station.Read();
  SearchRequest request{.query = "river", .kind = v1::RecordKind::INCIDENT};
  request.rows = true;
  const std::vector<ListedRecord> listed = *view->Rows(v1::RecordKind::INCIDENT, 10);
  const bool has_row = listed.back().row.has_value();
  EXPECT_EQ(view->Search(request)->hits.at(0).row.has_value(), has_row);
  return has_row;
}

TEST_F(WorkstationTest, ARecordOfWhichAnEditWaitsIsListedWithoutItsRow) {
  Sync(*station);
  EXPECT_TRUE(HasRow(*station));
  Queue(*station, WithNotes(*station, "seen from the hill"));
  EXPECT_FALSE(HasRow(*station));
}

TEST_F(WorkstationTest, WhileAnEditOfASourceWaitsNoRowCanBeTrusted) {
  Sync(*station);
  auto source = std::make_shared<v1::Source>((*(*station->Read())->Get(kSource))->source());
  source->set_reliability(v1::Reliability::A_COMPLETELY_RELIABLE);
  Queue(*station, {kSource, v1::RecordKind::SOURCE, source});
  EXPECT_FALSE(HasRow(*station));
}

TEST_F(WorkstationTest, ANewSourceThatWaitsLeavesRowsAsTheyAre) {
  Sync(*station);
  auto source = std::make_shared<v1::Source>();
  source->add_name()->set_text("another source");
  source->mutable_name(0)->set_key(1);
  const Uuid id = station->NewId();
  Queue(*station, {id, v1::RecordKind::SOURCE, source});
  Queue(*station, {id, v1::RecordKind::SOURCE, [&source] {
                     auto edited = std::make_shared<v1::Source>(*source);
                     edited->set_reliability(v1::Reliability::A_COMPLETELY_RELIABLE);
                     return edited;
                   }()});
  EXPECT_TRUE(HasRow(*station));
}

TEST_F(WorkstationTest, AnInvalidEditIsRefusedWithItsPathAndNothingIsQueued) {
  Sync(*station);
  auto message = std::make_shared<v1::Incident>(Incident(*station).incident());
  message->add_account()->set_key(5);  // of no source
  std::vector<Edit> edits{{kIncident, v1::RecordKind::INCIDENT, message}};
  CheckedEdit checked = *station->Check(edits, "because");
  ASSERT_EQ(checked.problems.size(), 1u);
  EXPECT_EQ(checked.problems[0].path, "accounts[0].source");
  EXPECT_TRUE(station->Outbox()->empty());
}

TEST_F(WorkstationTest, AnEditThatChangesNothingIsNotQueued) {
  Sync(*station);
  std::vector<Edit> edits{
      {kIncident, v1::RecordKind::INCIDENT, std::make_shared<v1::Incident>(Incident(*station).incident())}};
  CheckedEdit checked = *station->Check(edits, "because");
  EXPECT_EQ(station->Queue(checked.mutation).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(WorkstationTest, ASecondProgramIsTurnedAway) {
  EXPECT_EQ(Workstation::Open(folder.File("a"), clock, random).status().code(), StatusCode::kFailedPrecondition);
}

TEST_F(WorkstationTest, ASecondInitChangesNothing) {
  EXPECT_EQ(Workstation::Create(folder.File("a"), "", "", clock, random).status().code(), StatusCode::kAlreadyExists);
}

TEST_F(WorkstationTest, AFolderWithoutAWorkstationSaysHowToMakeOne) {
  Status status = Workstation::Open(folder.File("nowhere"), clock, random).status();
  EXPECT_EQ(status.code(), StatusCode::kNotFound);
  EXPECT_THAT(Message(status), ::testing::HasSubstr("daftarctl init"));
}

}  // namespace
}  // namespace daftar
