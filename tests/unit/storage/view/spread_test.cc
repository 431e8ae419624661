// A spread of a view holds what a search finds, as reading every record tells it.
#include <gmock/gmock.h>

#include <map>
#include <set>
#include <tuple>

#include "storage/search/record_doc.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tidier.h"
#include "tests/unit/storage/log/log_fixture.h"
#include "tools/gen/load.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Point = std::tuple<int32_t, int32_t, uint8_t>;
using Item = std::tuple<int, int, int, int32_t, int32_t, float, float, std::multiset<Point>>;

// By id. Rids are looked up in the view.
std::map<Uuid, Item> ItemsOf(const search::Spread& spread, const ReadView& view) {
  const auto rows = view.RowsOf(spread.rid);
  EXPECT_TRUE(rows.ok()) << rows.status();
  std::vector<std::multiset<Point>> points(spread.size());
  for (size_t i = 0; i < spread.point_item.size(); ++i) {
    points[spread.point_item[i]].insert({spread.lat_e7[i], spread.lon_e7[i], spread.point_level[i]});
  }
  std::map<Uuid, Item> items;
  for (size_t i = 0; i < spread.size(); ++i) {
    const Uuid id = i < spread.rid.size() ? rows->at(i).value().id : spread.ids.at(i - spread.rid.size());
    items[id] = {spread.kind[i],     spread.code[i],         spread.in_doubt[i],    spread.first_day[i],
                 spread.last_day[i], spread.killed_least[i], spread.killed_most[i], points[i]};
  }
  return items;
}

class GeneratedSpreadTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    gen::GeneratorOptions options;
    options.incidents = 2000;
    options.seed = 7;
    ASSERT_TRUE(gen::LoadStore(options, home_->File("store"), gen::StoreKind::kServer, nullptr).ok());
    view_ = LmdbView::Open(home_->File("store"), {.map_bytes = 1ull << 32, .create = false}).value();
    ASSERT_TRUE(TidyAll(*view_, clock_, nullptr).ok());
    read_ = view_->Snapshot().value();
  }
  static void TearDownTestSuite() {
    read_.reset();
    view_.reset();
    home_.reset();
  }

  static inline FakeClock clock_{1'795'200'000'000};
  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<LmdbView> view_;
  static inline std::unique_ptr<ReadView> read_;
};

TEST_F(GeneratedSpreadTest, ASpreadIsWhatReadingEveryRecordTells) {
  for (const char* query : {"", "kind:incident ", "kind:place ", "border ", "type:clash killed:>=1 ", "date:2015 ",
                            "has:conflict ", "-type:clash kind:incident ", "has:point roots:>=2 "}) {
    SCOPED_TRACE(query);
    SearchRequest request;
    request.query = query;
    const auto spread = read_->SpreadOf(request), by_records = read_->ReadView::SpreadOf(request);
    ASSERT_TRUE(spread.ok()) << spread.status();
    ASSERT_TRUE(by_records.ok()) << by_records.status();
    EXPECT_GT(spread->size(), 0u);
    EXPECT_EQ(spread->size(), by_records->size());
    EXPECT_TRUE(ItemsOf(*spread, *read_) == ItemsOf(*by_records, *read_));
  }
}

TEST_F(GeneratedSpreadTest, AKindIsSpreadAlone) {
  SearchRequest request;
  request.kind = v1::RecordKind::RELATION;
  const auto spread = read_->SpreadOf(request);
  ASSERT_TRUE(spread.ok());
  const std::map<Kind, uint64_t> counts = read_->CountByKind().value();
  EXPECT_EQ(spread->size(), counts.at(v1::RecordKind::RELATION));
  for (const uint8_t kind : spread->kind) EXPECT_EQ(kind, v1::RecordKind::RELATION);
}

TEST_F(GeneratedSpreadTest, RowsOfASpreadAreThoseOfLists) {
  SearchRequest request;
  request.kind = v1::RecordKind::INCIDENT;
  const auto spread = read_->SpreadOf(request);
  ASSERT_TRUE(spread.ok());
  const auto rows = read_->RowsOf(std::span(spread->rid).first(50));
  ASSERT_TRUE(rows.ok()) << rows.status();
  for (size_t i = 0; i < rows->size(); ++i) {
    ASSERT_TRUE(rows->at(i) && rows->at(i)->row);
    EXPECT_EQ(rows->at(i)->row->id, rows->at(i)->id);
    EXPECT_EQ(rows->at(i)->row->kind, v1::RecordKind::INCIDENT);
  }
}

class SpreadOfViewTest : public LogFixture {
 protected:
  static v1::Incident Incident(const std::string& title, int32_t first_day, int32_t last_day) {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::SEIZURE);
    AddName(incident, title);
    v1::Account& account = *incident.add_account();
    account.set_key(1);
    account.set_source(Uuid::FromName("source").str());
    account.mutable_date()->set_first_day(first_day);
    account.mutable_date()->set_last_day(last_day);
    account.mutable_date()->set_precision(first_day == last_day ? v1::DatePrecision::DAY : v1::DatePrecision::MONTH);
    return incident;
  }
  StatusOr<search::Spread> Spread(const SearchRequest& request) {
    const auto read = log->view().Snapshot();
    EXPECT_TRUE(read.ok());
    return (*read)->SpreadOf(request);
  }
  static SearchRequest Incidents() {
    SearchRequest request;
    request.kind = v1::RecordKind::INCIDENT;
    return request;
  }
};

TEST_F(SpreadOfViewTest, ADateLeftOpenLastsFromItsFirstDayToItsLast) {
  Push("a", 1, 1, {NewIncident("incident", Body(Incident("a seizure", 19000, 19030)))});
  const auto spread = Spread(Incidents());
  ASSERT_TRUE(spread.ok()) << spread.status();
  EXPECT_THAT(spread->first_day, ElementsAre(19000));
  EXPECT_THAT(spread->last_day, ElementsAre(19030));
  EXPECT_THAT(spread->code, ElementsAre(v1::IncidentKind::SEIZURE));
}

TEST_F(SpreadOfViewTest, WhatHasNoDateIsThereWithoutADay) {
  Push("a", 1, 1, {NewIncident("incident", IncidentBody("notes"))});
  const auto spread = Spread(Incidents());
  ASSERT_TRUE(spread.ok());
  ASSERT_EQ(spread->size(), 1u);
  EXPECT_FALSE(spread->has_day(0));
}

TEST_F(SpreadOfViewTest, AnEditThatWaitsStandsForItsRecordAndHasAnId) {
  Push("a", 1, 1,
       {NewIncident("incident", Body(Incident("a seizure", 19000, 19000))),
        NewIncident("other", Body(Incident("another", 18000, 18000)))});
  v1::Incident edited = Incident("a seizure", 19500, 19500);
  const Record record(Uuid::FromName("incident"), v1::RecordKind::INCIDENT, std::make_shared<v1::Incident>(edited));
  const auto read = *log->view().Snapshot();
  SearchOverlay overlay;
  overlay.hidden = {Uuid::FromName("incident")};
  overlay.laid.push_back({Uuid::FromName("incident"), search::DocOf(1, record, read->Lookup()).value()});
  SearchRequest request = Incidents();
  request.overlay = &overlay;
  const auto spread = read->SpreadOf(request);
  ASSERT_TRUE(spread.ok()) << spread.status();
  EXPECT_THAT(spread->rid, SizeIs(1));
  EXPECT_THAT(spread->ids, ElementsAre(Uuid::FromName("incident")));
  EXPECT_THAT(spread->first_day, ElementsAre(18000, 19500));
}

TEST_F(SpreadOfViewTest, ASpreadCanBeStopped) {
  Push("a", 1, 1, {NewIncident("incident", IncidentBody("notes"))});
  const std::atomic<bool> stop{true};
  SearchRequest request = Incidents();
  request.stop = &stop;
  EXPECT_EQ(Spread(request).status().code(), StatusCode::kCancelled);
}

TEST_F(SpreadOfViewTest, AQueryThatIsNotUnderstoodIsSaidSo) {
  SearchRequest request;
  request.query = "acter:taliban";
  EXPECT_EQ(Spread(request).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(SpreadOfViewTest, ARecordThatIsGoneHasNoRow) {
  const auto read = *log->view().Snapshot();
  const std::vector<Rid> rids = {1, 999};
  const auto rows = read->RowsOf(rids);
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_THAT(*rows, SizeIs(2));
  EXPECT_EQ(rows->at(0).value().id, Uuid::FromName("source"));
  EXPECT_FALSE(rows->at(1));
}

}  // namespace
}  // namespace daftar
