#include "storage/search/record_doc.h"

#include <gmock/gmock.h>

#include "storage/model/date.h"
#include "storage/search/query/query.h"

namespace daftar::search {
namespace {

using ::testing::Contains;
using ::testing::Not;

class RecordDocTest : public ::testing::Test {
 protected:
  std::string Put(const char* name, Kind kind, const google::protobuf::Message& message) {
    std::shared_ptr<google::protobuf::Message> copy(message.New());
    copy->CopyFrom(message);
    const Uuid id = Uuid::FromName(name);
    records_.insert_or_assign(id, Record(id, kind, std::move(copy)));
    return id.str();
  }

  IndexDoc DocOfIncident(const v1::Incident& incident) {
    const Record record(Uuid::FromName("incident"), v1::RecordKind::INCIDENT, std::make_shared<v1::Incident>(incident));
    auto doc = DocOf(7, record, [this](const Uuid& id) -> StatusOr<std::optional<Record>> {
      const auto at = records_.find(id);
      return at == records_.end() ? std::optional<Record>() : std::optional<Record>(at->second);
    });
    DAFTAR_CHECK(doc.ok());
    return *std::move(doc);
  }

  std::map<Uuid, Record> records_;
};

TEST_F(RecordDocTest, TheWordsOfCodesAreAmongTheTexts) {
  v1::Incident incident;
  incident.add_kind(v1::IncidentKind::MEDIA_RELEASE);
  incident.add_account()->add_seized()->set_class_(v1::ItemClass::SNIPER_RIFLE);
  std::string texts;
  for (const IndexDoc::Text& text : DocOfIncident(incident).texts) texts += text.text + " ";
  EXPECT_THAT(texts, ::testing::HasSubstr("SNIPER RIFLE"));
  EXPECT_THAT(texts, ::testing::HasSubstr("MEDIA RELEASE"));
}

TEST_F(RecordDocTest, APlaceCountsForWhatItLiesIn) {
  v1::Place province, district;
  province.set_kind(v1::PlaceKind::ADM1);
  province.set_country("TJ");
  const std::string province_id = Put("Khatlon", v1::RecordKind::PLACE, province);
  district.set_parent(province_id);
  const std::string district_id = Put("Farkhor", v1::RecordKind::PLACE, district);
  v1::Incident incident;
  incident.add_account()->set_place(district_id);
  const IndexDoc doc = DocOfIncident(incident);
  EXPECT_THAT(doc.terms, Contains(term_class::kPlace + district_id));
  EXPECT_THAT(doc.terms, Contains(term_class::kPlace + province_id));
  EXPECT_THAT(doc.terms, Contains(term_class::kProvince + province_id));
  EXPECT_THAT(doc.terms, Contains("CTJ"));
}

TEST_F(RecordDocTest, AGradeIsOfSourceAndAccount) {
  v1::Source source;
  source.set_reliability(v1::Reliability::B_USUALLY_RELIABLE);
  v1::Incident incident;
  v1::Account& account = *incident.add_account();
  account.set_source(Put("S", v1::RecordKind::SOURCE, source));
  account.set_credibility(v1::Credibility::PROBABLY_TRUE);
  const IndexDoc doc = DocOfIncident(incident);
  for (const char* grade : {"GB2", "GB", "G2"}) EXPECT_THAT(doc.terms, Contains(grade));
}

TEST_F(RecordDocTest, CountsHaveTheBoundsThatTheSourceGives) {
  v1::Incident incident;
  v1::Toll& toll = *incident.add_account()->add_killed();
  toll.set_best(3);
  toll.set_bound(v1::Bound::AT_LEAST);
  const IndexDoc doc = DocOfIncident(incident);
  ASSERT_FALSE(doc.numbers.empty());
  EXPECT_EQ(doc.numbers[0].metric, static_cast<uint8_t>(Metric::kKilled));
  EXPECT_EQ(doc.numbers[0].low, 3);
  EXPECT_GT(doc.numbers[0].high, 1e30f);
}

TEST_F(RecordDocTest, WhatAnAccountDeniesHasNoDay) {
  v1::Incident incident;
  v1::Account& account = *incident.add_account();
  *account.mutable_date() = *ParseEdtf("2023-09-04");
  account.set_stance(v1::Stance::DENIES);
  EXPECT_TRUE(DocOfIncident(incident).spans.empty());
}

TEST_F(RecordDocTest, AMonthLiesOnAnyOfItsDays) {
  v1::Incident incident;
  *incident.add_account()->mutable_date() = *ParseEdtf("2023-09");
  const IndexDoc doc = DocOfIncident(incident);
  ASSERT_EQ(doc.spans.size(), 1u);
  EXPECT_EQ(doc.spans[0].first, *ParseIsoDay("2023-09-01"));
  EXPECT_EQ(doc.spans[0].last, *ParseIsoDay("2023-09-30"));
}

TEST_F(RecordDocTest, EveryYearOfEveryAccountCounts) {
  v1::Incident incident;
  for (int i = 0; i < 12; ++i) *incident.add_account()->mutable_date() = *ParseEdtf("2023-09-04");
  *incident.add_account()->mutable_date() = *ParseEdtf("2024-01-01");
  const IndexDoc doc = DocOfIncident(incident);
  EXPECT_THAT(doc.terms, Contains("Y2023"));
  EXPECT_THAT(doc.terms, Contains("Y2024"));
}

TEST_F(RecordDocTest, AccountsThatDisagreeAreAConflict) {
  v1::Incident incident;
  for (const char* day : {"2023-08-30", "2023-09-04"}) {
    v1::Account& account = *incident.add_account();
    account.set_key(static_cast<uint64_t>(incident.account_size()));
    *account.mutable_date() = *ParseEdtf(day);
  }
  EXPECT_THAT(DocOfIncident(incident).terms, Contains("Hconflict"));
  incident.mutable_account()->RemoveLast();
  EXPECT_THAT(DocOfIncident(incident).terms, Not(Contains("Hconflict")));
}

TEST_F(RecordDocTest, ARowTellsWhoItIs) {
  v1::Incident incident;
  incident.add_name()->set_text("Clash at Kevron");
  const IndexDoc doc = DocOfIncident(incident);
  const auto row = DecodeRow(doc.row);
  ASSERT_TRUE(row.ok());
  EXPECT_EQ(row->id, Uuid::FromName("incident"));
  EXPECT_EQ(row->kind, v1::RecordKind::INCIDENT);
  EXPECT_EQ(row->title, "Clash at Kevron");
}

}  // namespace
}  // namespace daftar::search
