// Rows of lists from the index: there as long as they are what the record says, and never otherwise.
#include <gmock/gmock.h>

#include "storage/search/record_doc.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tables.h"
#include "storage/view/text_blocks.h"
#include "storage/view/text_index.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

class RowsTest : public LogFixture {
 protected:
  // Rids: source 1, place 2, article 3, incident 4.
  RowsTest() {
    v1::Source article;
    AddName(article, "an article");
    v1::Lineage& lineage = *article.add_lineage();
    lineage.set_upstream(Uuid::FromName("source").str());
    lineage.set_kind(v1::LineageKind::CITES);
    article_ = Body(article);
    Push("a", 1, 1,
         {Change("place", v1::RecordKind::PLACE, "", PlaceBody("Kevron"), true),
          Change("article", v1::RecordKind::SOURCE, "", article_, true),
          NewIncident("incident", IncidentAt("a clash"))});
    TidyAll();
  }

  static std::string PlaceBody(const std::string& name) {
    v1::Place place;
    place.set_kind(v1::PlaceKind::ADM2);
    AddName(place, name);
    return Body(place);
  }
  static std::string IncidentAt(const std::string& title, bool retired = false) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    AddName(incident, title);
    v1::Account& account = *incident.add_account();
    account.set_key(1);
    account.set_source(Uuid::FromName("article").str());
    account.set_place(Uuid::FromName("place").str());
    if (retired) incident.mutable_retired()->set_reason("entered twice");
    return Body(incident);
  }
  void EditPlace(const std::string& from, const std::string& to) {
    Push("a", 2, 2, {Change("place", v1::RecordKind::PLACE, PlaceBody(from), PlaceBody(to), false)});
  }
  void TidyAll() {
    while (*log->view().Tidy(clock, nullptr)) {
    }
  }
  std::vector<ListedRecord> Rows(Kind kind, bool with_retired = false) {
    auto rows = (*log->view().Snapshot())->Rows(kind, 10, with_retired);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return *std::move(rows);
  }
  // The row of the only incident.
  std::optional<search::Row> RowOfIncident() {
    std::vector<ListedRecord> rows = Rows(v1::RecordKind::INCIDENT);
    if (rows.size() == 1) return std::move(rows[0].row);
    ADD_FAILURE() << rows.size() << " incidents";
    return std::nullopt;
  }
  SearchHit HitOfIncident(const SearchOverlay* overlay = nullptr) {
    SearchRequest request;
    request.kind = v1::RecordKind::INCIDENT;
    request.rows = true;
    request.overlay = overlay;
    auto found = (*log->view().Snapshot())->Search(request);
    EXPECT_TRUE(found.ok() && found->hits.size() == 1);
    return found->hits.at(0);
  }
  lmdb::Environment& env() { return dynamic_cast<LmdbView&>(log->view()).env(); }

  std::string article_;
};

TEST_F(RowsTest, ARecordIsListedWithItsRow) {
  const auto row = RowOfIncident();
  ASSERT_TRUE(row);
  EXPECT_EQ(row->id, Uuid::FromName("incident"));
  EXPECT_EQ(row->title, "a clash");
  ASSERT_EQ(row->places.size(), 1u);
  EXPECT_EQ(row->places[0].name, "Kevron");
}

TEST_F(RowsTest, ARowFollowsItsRecord) {
  Push("a", 2, 2, {EditIncident("incident", IncidentAt("a clash"), IncidentAt("a skirmish"))});
  ASSERT_TRUE(RowOfIncident());
  EXPECT_EQ(RowOfIncident()->title, "a skirmish");
}

TEST_F(RowsTest, ARetiredRecordIsListedWithoutARow) {
  Push("a", 2, 2, {EditIncident("incident", IncidentAt("a clash"), IncidentAt("a clash", /*retired=*/true))});
  EXPECT_TRUE(Rows(v1::RecordKind::INCIDENT).empty());
  const std::vector<ListedRecord> rows = Rows(v1::RecordKind::INCIDENT, /*with_retired=*/true);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].id, Uuid::FromName("incident"));
  EXPECT_FALSE(rows[0].row);
}

TEST_F(RowsTest, WhatRestsOnAChangedPlaceHasNoRowUntilItIsIndexedAgain) {
  EditPlace("Kevron", "Kevron on the Panj");
  EXPECT_FALSE(RowOfIncident());
  EXPECT_FALSE(HitOfIncident().row);
  TidyAll();
  ASSERT_TRUE(RowOfIncident());
  EXPECT_EQ(RowOfIncident()->places.at(0).name, "Kevron on the Panj");
  ASSERT_TRUE(HitOfIncident().row);
  EXPECT_EQ(HitOfIncident().row->places.at(0).name, "Kevron on the Panj");
}

TEST_F(RowsTest, WhatRestsOnASourceOfItsSourceIsIndexedAgain) {
  v1::Source before, after;
  AddName(before, "a source");
  after = before;
  after.set_reliability(v1::Reliability::A_COMPLETELY_RELIABLE);
  Push("a", 2, 2, {Change("source", v1::RecordKind::SOURCE, Body(before), Body(after), false)});
  EXPECT_FALSE(RowOfIncident());
  TidyAll();
  EXPECT_TRUE(RowOfIncident());
  EXPECT_TRUE(log->view().CheckTextIndex(clock, nullptr)->healthy());
}

TEST_F(RowsTest, WindowsOfAListJoinToTheWholeOfIt) {
  constexpr int kIncidents = 20;
  uint64_t seq = 2;
  for (int i = 0; i < kIncidents; ++i, ++seq) {
    Push("a", seq, seq, {NewIncident("incident " + std::to_string(i), IncidentAt("clash", /*retired=*/i % 5 == 0))});
  }
  const auto read = *log->view().Snapshot();
  const std::vector<Uuid> all = *read->List(v1::RecordKind::INCIDENT, 100);
  ASSERT_EQ(all.size(), 17u);
  const std::vector<Uuid> without{all[3], all[11]};
  for (const size_t limit : {1u, 4u, 100u}) {
    std::vector<Uuid> joined;
    for (size_t first = 0; first < 20; first += limit) {
      const auto rows = read->Rows(v1::RecordKind::INCIDENT, {.first = first, .limit = limit, .without = without});
      for (const ListedRecord& row : *rows) joined.push_back(row.id);
    }
    std::vector<Uuid> wanted = all;
    std::erase_if(wanted, [&](const Uuid& id) { return id == without[0] || id == without[1]; });
    EXPECT_EQ(joined, wanted) << "by " << limit;
  }
}

TEST_F(RowsTest, RowsAreFoundInEverySegmentAndNeverTheOutdatedOnes) {
  constexpr int kIncidents = 30;
  const auto name = [](int i) { return "incident " + std::to_string(i); };
  const auto first = [](int i) { return IncidentAt("clash " + std::to_string(i)); };
  uint64_t seq = 2;
  for (int i = 0; i < kIncidents; ++i, ++seq) Push("a", seq, seq, {NewIncident(name(i), first(i))});
  for (int i = 0; i < kIncidents; i += 3, ++seq) {
    Push("a", seq, seq, {EditIncident(name(i), first(i), IncidentAt("skirmish " + std::to_string(i)))});
  }
  for (const bool tidy : {false, true}) {
    if (tidy) TidyAll();
    const auto read = *log->view().Snapshot();
    const std::vector<ListedRecord> rows = *read->Rows(v1::RecordKind::INCIDENT, 100);
    ASSERT_EQ(rows.size(), kIncidents + 1u);
    for (const ListedRecord& record : rows) {
      ASSERT_TRUE(record.row);
      EXPECT_EQ(record.row->id, record.id);
      EXPECT_EQ(record.row->title, DisplayName(**read->Get(record.id)));
    }
  }
}

TEST_F(RowsTest, HitsHaveRowsOnlyIfAskedFor) {
  EXPECT_TRUE(HitOfIncident().row);
  SearchRequest request;
  request.kind = v1::RecordKind::INCIDENT;
  EXPECT_FALSE((*log->view().Snapshot())->Search(request)->hits.at(0).row);
}

TEST_F(RowsTest, WhatIsLaidOverARecordHasNoRow) {
  const auto read = *log->view().Snapshot();
  const Record record = **read->Get(Uuid::FromName("incident"));
  SearchOverlay overlay;
  overlay.hidden = {record.id()};
  overlay.laid.push_back({record.id(), *search::DocOf(1, record, read->Lookup())});
  EXPECT_FALSE(HitOfIncident(&overlay).row);
}

TEST_F(RowsTest, ReferrersHaveTheirRows) {
  const auto rows = (*log->view().Snapshot())->ReferrerRows(Uuid::FromName("place"), v1::RecordKind::INCIDENT, 10);
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 1u);
  ASSERT_TRUE((*rows)[0].row);
  EXPECT_EQ((*rows)[0].row->title, "a clash");
}

TEST_F(RowsTest, ListsDoNotNeedTheIndex) {
  const v1::IndexManifest manifest = *LoadManifest(env(), *env().BeginRead());
  for (const v1::IndexSegment& segment : manifest.segment()) {
    const std::string key = TextKey(segment.number(), search::Section::kRows, 0);
    ASSERT_TRUE(lmdb::DamageValueForDrill(env(), env().table(tables::kText), key, 20).ok());
  }
  const std::vector<ListedRecord> rows = Rows(v1::RecordKind::INCIDENT);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].id, Uuid::FromName("incident"));
  EXPECT_FALSE(rows[0].row);
}

TEST(DescendingDayTest, IsReadAsItWasWritten) {
  for (const std::optional<int32_t> day : {std::optional<int32_t>(), std::optional(0), std::optional(-1),
                                           std::optional(19'604), std::optional(-100'000), std::optional(INT32_MAX)}) {
    EXPECT_EQ(tables::DayOfDescending(tables::DescendingDay(day)), day);
  }
}

}  // namespace
}  // namespace daftar
