// One workstation and one server without a network between them: frames are handed over by the test.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "client/sync/engine.h"
#include "client/sync/workstation.h"
#include "server/core/dataset.h"
#include "server/core/session.h"
#include "storage/lmdb/lmdb.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/view_writer.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {

class SyncFixture : public ::testing::Test {
 protected:
  SyncFixture() {
    dataset = *Dataset::Create(folder.File("server"), clock, random);
    v1::Source source;
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    source.add_name()->set_text("a source");
    incident.add_name()->set_text("a clash at the river");
    source.mutable_name(0)->set_key(1);
    incident.mutable_name(0)->set_key(1);
    Found({{kSource, v1::RecordKind::SOURCE, *CanonicalBody(source)},
           {kIncident, v1::RecordKind::INCIDENT, *CanonicalBody(incident)}});
    station = NewStation("a");
  }

  struct NewRecord {
    Uuid id;
    Kind kind;
    std::string body;
  };
  // Puts records into the dataset as its founder does.
  void Found(const std::vector<NewRecord>& records) {
    v1::Mutation mutation;
    mutation.set_client(Uuid::FromName("founder").str());
    mutation.set_seq(++founded_);
    mutation.set_author("founder");
    for (const NewRecord& record : records) {
      v1::RecordEdit& edit = *mutation.add_edit();
      edit.set_record(record.id.str());
      edit.set_kind(record.kind);
      edit.set_create(true);
      auto parts = DiffParts("", record.body);
      edit.mutable_part()->Add(parts->begin(), parts->end());
    }
    std::vector<v1::Mutation> group{mutation};
    auto results = dataset->log().Commit(group);
    ASSERT_TRUE(results.ok() && (*results)[0].ok());
    ASSERT_EQ((*results)[0]->outcome(), v1::PushResult::Outcome::APPLIED) << (*results)[0]->ShortDebugString();
  }

  std::unique_ptr<Workstation> NewStation(const std::string& name) {
    return *Workstation::Create(folder.File(name), "nowhere:1", name, clock, random);
  }

  // The incident as the station reads it.
  Record Incident(Workstation& of) {
    auto view = of.Read();
    auto record = (*view)->Get(kIncident);
    EXPECT_TRUE(record.ok() && *record);
    return **std::move(record);
  }
  Edit WithNotes(Workstation& of, const std::string& notes) {
    auto message = std::make_shared<v1::Incident>(Incident(of).incident());
    message->set_notes(notes);
    return {kIncident, v1::RecordKind::INCIDENT, message};
  }
  void Queue(Workstation& of, const Edit& edit) {
    std::vector<Edit> edits{edit};
    auto checked = of.Check(edits, "because");
    ASSERT_TRUE(checked.ok() && checked->problems.empty());
    ASSERT_TRUE(of.Queue(checked->mutation).ok());
  }

  // Damages the stored bytes of a record of the replica, and has that noticed.
  static void DamageRecord(Workstation& of, const Uuid& id) {
    auto& view = static_cast<LmdbView&>(of.view());
    const std::optional<Rid> rid = *LoadRid(view.env(), *view.env().BeginRead(), id);
    ASSERT_TRUE(rid.has_value());
    ASSERT_TRUE(
        lmdb::DamageValueForDrill(view.env(), view.env().table(tables::kRecord), tables::U32Key(*rid), 50).ok());
    ASSERT_EQ(view.Verify(nullptr)->records.size(), 1u);
  }

  // Hands frames to and fro until neither side has anything to say; the error that ended it, if one did.
  Status Talk(Engine& engine, Session& session) {
    auto frames = engine.Start();
    while (true) {
      if (!frames.ok()) return frames.status();
      for (const v1::ClientFrame& frame : *frames) DAFTAR_RETURN_IF_ERROR(session.OnFrame(frame));
      DAFTAR_RETURN_IF_ERROR(dataset->CommitPending().status());
      auto next = session.Next();
      DAFTAR_RETURN_IF_ERROR(next.status());
      if (!*next) return OkStatus();
      received.push_back(**next);
      frames = engine.OnFrame(**next);
    }
  }
  SyncReport Sync(Workstation& of) {
    Engine engine(of, {});
    Session session(*dataset, [] {});
    Status status = Talk(engine, session);
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_TRUE(engine.settled());
    return engine.report();
  }

  const Uuid kSource = Uuid::FromName("test:source"), kIncident = Uuid::FromName("test:incident");
  TemporaryFolder folder;
  FakeClock clock{1'700'000'000'000};
  SeededRandom random{11};
  std::unique_ptr<Dataset> dataset;
  std::unique_ptr<Workstation> station;
  std::vector<v1::ServerFrame> received;

 private:
  uint64_t founded_ = 0;
};

}  // namespace daftar
