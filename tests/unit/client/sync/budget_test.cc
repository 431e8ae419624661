// Runs that may cost only so much.
#include <gmock/gmock.h>

#include "client/sync/user_store.h"
#include "storage/lmdb/lmdb.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "tests/unit/client/sync/session_link.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

class BudgetTest : public SyncFixture {
 protected:
  // Far more than the budgets of these tests: some 200 kB, which do not compress.
  void FoundMuch() {
    std::vector<NewRecord> records;
    for (int i = 0; i < 1000; ++i) {
      v1::Incident incident;
      incident.add_kind(v1::IncidentKind::CLASH);
      incident.add_name()->set_key(1);
      incident.mutable_name(0)->set_text("clash " + std::to_string(i));
      std::string notes;
      for (int word = 0; word < 20; ++word) notes += std::to_string(random.Next()) + " ";
      incident.set_notes(notes);
      records.push_back(
          {Uuid::FromName("incident " + std::to_string(i)), v1::RecordKind::INCIDENT, *CanonicalBody(incident)});
    }
    Found(records);
  }
  SyncReport Run(uint64_t budget) {
    RunOptions options;
    options.session_budget = budget;
    const StatusOr<SyncReport> report = RunSync(*station, connector, options);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : SyncReport();
  }
  uint64_t BytesReceived() const {
    uint64_t bytes = 0;
    for (const v1::ServerFrame& frame : connector.knobs.received) bytes += frame.ByteSizeLong();
    return bytes;
  }
  void SetBudget(const std::function<void(v1::TrafficBudget&)>& set) {
    ASSERT_TRUE(station->user().Update([&](v1::SyncStatus& status) { set(*status.mutable_budget()); }).ok());
  }

  SessionConnector connector{*dataset, clock};
};

TEST_F(BudgetTest, ARunEndsWellAtItsBudget) {
  FoundMuch();
  const SyncReport report = Run(20'000);
  EXPECT_EQ(report.stopped_at, TrafficLimit::kSession);
  EXPECT_EQ(report.checkpoints, 0u);
  EXPECT_GE(BytesReceived(), 19'000u);
  EXPECT_LE(BytesReceived(), 26'000u) << "one small frame beyond it at most";
  EXPECT_GT(report.head, report.to);
  EXPECT_EQ(station->SyncState()->last_error(), "");
}

TEST_F(BudgetTest, TheNextRunsGoOnUntilAllIsThereAndNothingComesTwice) {
  FoundMuch();
  Run(0);
  const uint64_t whole = BytesReceived();
  connector.knobs.received.clear();
  station = NewStation("b");
  int runs = 1;
  for (; Run(20'000).stopped_at != TrafficLimit::kNone && runs < 100; ++runs) {
  }
  EXPECT_GT(runs, 5);
  EXPECT_EQ((*station->Read())->Head()->digest(), dataset->log().Head()->digest());
  EXPECT_LE(BytesReceived(), whole + whole / 4) << "small frames and greetings cost a little";
}

TEST_F(BudgetTest, AFillingGoesOnAsWell) {
  FoundMuch();
  ASSERT_TRUE(dataset->snapshots().Refresh(dataset->view(), clock, 1, nullptr).ok());
  uint64_t records = 0;
  int runs = 0;
  for (bool stopped = true; stopped && runs < 100; ++runs) {
    const SyncReport report = Run(40'000);
    records += report.records;
    stopped = report.stopped_at != TrafficLimit::kNone;
  }
  EXPECT_GT(runs, 3);
  uint64_t pieces = 0, fetched = 0;
  v1::Manifest manifest;
  ASSERT_TRUE(manifest.ParseFromString(dataset->snapshots().manifest()->manifest()));
  pieces += manifest.dictionary().packed_size();
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) pieces += chunk.packed_size();
  for (const v1::ServerFrame& frame : connector.knobs.received) fetched += frame.piece().data().size();
  EXPECT_EQ(fetched, pieces) << "what was received is kept to the last byte";
  EXPECT_EQ(records, 1002u) << "those that came in chunks count";
  EXPECT_EQ((*station->Read())->Head()->digest(), dataset->log().Head()->digest());
}

TEST_F(BudgetTest, ABudgetTooSmallForDataStillGetsEveryPushThrough) {
  Run(0);
  for (int i = 0; i < 40; ++i) Queue(*station, WithNotes(*station, "mine " + std::to_string(i)));
  FoundMuch();
  connector.knobs.received.clear();
  const SyncReport report = Run(1);
  EXPECT_EQ(report.stopped_at, TrafficLimit::kSession);
  EXPECT_EQ(report.applied + report.merged, 40u);
  EXPECT_EQ(report.to, report.from) << "and the rest waits";
}

TEST_F(BudgetTest, PushesAreSentBeforeAnythingIsReceived) {
  Run(0);
  Queue(*station, WithNotes(*station, "mine"));
  connector.knobs.sent.clear();
  connector.knobs.received.clear();
  connector.knobs.cut_after = 0;
  EXPECT_FALSE(RunSync(*station, connector, {}).ok());
  EXPECT_TRUE(connector.knobs.received.empty());
  ASSERT_EQ(connector.knobs.sent.size(), 2u);
  EXPECT_TRUE(connector.knobs.sent[1].has_push());
}

TEST_F(BudgetTest, WithNothingLeftTheSessionIsForPushesAlone) {
  Run(0);
  SetBudget([](v1::TrafficBudget& budget) { budget.set_day(1); });
  Queue(*station, WithNotes(*station, "mine"));
  connector.knobs.sent.clear();
  RunOptions options;
  const StatusOr<SyncReport> report = RunSync(*station, connector, options);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(connector.knobs.sent.at(0).hello().only_push());
  EXPECT_EQ(report->applied, 1u);
  EXPECT_EQ(report->stopped_at, TrafficLimit::kDay);
}

TEST_F(BudgetTest, WithNothingLeftAndNothingToPushNobodyIsCalled) {
  Run(0);
  SetBudget([](v1::TrafficBudget& budget) { budget.set_month(1); });
  connector.knobs.connects = 0;
  const StatusOr<SyncReport> report = RunSync(*station, connector, {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->stopped_at, TrafficLimit::kMonth);
  EXPECT_EQ(connector.knobs.connects, 0);
}

TEST_F(BudgetTest, WhatARunCostIsStored) {
  Run(0);
  uint64_t stored = 0, sent = 0;
  const v1::SyncStatus status = *station->SyncState();
  for (const v1::Traffic::Counter& counter : status.traffic().total()) {
    stored += counter.received();
    sent += counter.sent();
  }
  EXPECT_EQ(stored, BytesReceived());
  EXPECT_EQ(sent, connector.knobs.sent.at(0).ByteSizeLong());
}

TEST_F(BudgetTest, WhatABrokenRunCostIsStoredToo) {
  FoundMuch();
  connector.knobs.cut_after = 1;
  EXPECT_FALSE(RunSync(*station, connector, {}).ok());
  EXPECT_GE(BytesOfDay(station->SyncState()->traffic(), clock.NowMs()), BytesReceived());
}

TEST_F(BudgetTest, AMendedRecordIsCountedOverAllRuns) {
  Run(0);
  for (uint64_t mended = 1; mended <= 2; ++mended) {
    DamageRecord(*station, kIncident);
    Run(0);
    EXPECT_EQ(station->SyncState()->repaired(), mended);
  }
}

}  // namespace
}  // namespace daftar
