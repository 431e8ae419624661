#include "storage/search/row.h"

#include <gmock/gmock.h>

#include <map>

#include "storage/model/date.h"

namespace daftar::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RowTest : public ::testing::Test {
 protected:
  std::string Put(const char* name, Kind kind, const google::protobuf::Message& message) {
    std::shared_ptr<google::protobuf::Message> copy(message.New());
    copy->CopyFrom(message);
    const Uuid id = Uuid::FromName(name);
    records_.insert_or_assign(id, Record(id, kind, std::move(copy)));
    return id.str();
  }
  std::string PutPlace(const char* name, const std::string& parent = "") {
    v1::Place place;
    place.set_kind(v1::PlaceKind::ADM2);
    place.set_parent(parent);
    place.set_country("TJ");
    place.add_name()->set_text(name);
    return Put(name, v1::RecordKind::PLACE, place);
  }

  Row RowOfRecord(const std::string& id) {
    const RecordLookup lookup = [this](const Uuid& other) -> StatusOr<std::optional<Record>> {
      const auto at = records_.find(other);
      return at == records_.end() ? std::optional<Record>() : std::optional<Record>(at->second);
    };
    const Record& record = records_.at(*Uuid::FromBytes(id));
    std::optional<Shown> shown;
    if (!record.accounts().empty()) shown = ComputeShown(record, lookup).value();
    return RowOf(record, shown ? &*shown : nullptr, lookup).value();
  }
  Row RowOfIncident(const v1::Incident& incident) {
    return RowOfRecord(Put("incident", v1::RecordKind::INCIDENT, incident));
  }
  static Row Reread(const Row& row) { return DecodeWholeRow(EncodeRow(row)).value(); }

  // 30 August or 4 September 2023 in Kevron.
  v1::Incident DisputedIncident() {
    v1::Incident incident;
    incident.add_kind(v1::IncidentKind::CLASH);
    incident.add_name()->set_text("Clash at Kevron");
    v1::External& external = *incident.add_external();
    external.set_system("sample");
    external.set_id("I01");
    for (const char* day : {"2023-08-30", "(2023)-09-04"}) {
      v1::Account& account = *incident.add_account();
      account.set_key(static_cast<uint64_t>(incident.account_size()));
      *account.mutable_date() = *ParseEdtf(day);
      account.mutable_date()->set_wording("in the night");
      account.set_place(PutPlace("Kevron"));
    }
    return incident;
  }
  v1::Relation RelationWithPeriod() {
    v1::Relation relation;
    relation.set_from(Uuid::FromName("JA").str());
    relation.set_to(Uuid::FromName("Taliban").str());
    relation.set_type(v1::RelationType::MEMBER_OF);
    relation.set_negated(true);
    v1::Account& account = *relation.add_account();
    account.set_key(1);
    account.set_source(Uuid::FromName("source").str());
    account.set_place(Uuid::FromName("Maymay").str());
    account.set_modality(v1::Modality::ALLEGED);
    *account.mutable_period()->mutable_from() = *ParseEdtf("2020-11");
    account.mutable_period()->set_open_end(true);
    return relation;
  }

  std::map<Uuid, Record> records_;
};

TEST_F(RowTest, EveryDateInDoubtIsKeptTheShownOneFirst) {
  const Row row = Reread(RowOfIncident(DisputedIncident()));
  EXPECT_TRUE(row.date_in_doubt);
  ASSERT_EQ(row.dates.size(), 2u);
  EXPECT_EQ(DateWords(row.dates[0]), "30 Aug 2023");
  EXPECT_EQ(DateWords(row.dates[1]), "4 Sep 2023*");
}

TEST_F(RowTest, OfADateThatIsSettledOnlyThatIsKept) {
  v1::Incident incident = DisputedIncident();
  v1::Choice& choice = *incident.add_choice();
  choice.set_key(v1::Attribute::DATE);
  choice.set_account(2);
  const Row row = Reread(RowOfIncident(incident));
  EXPECT_FALSE(row.date_in_doubt);
  ASSERT_EQ(row.dates.size(), 1u);
  EXPECT_EQ(DateWords(row.dates[0]), "4 Sep 2023*");
  EXPECT_TRUE(row.disagrees);
  EXPECT_FALSE(row.open);
}

TEST_F(RowTest, DaysReachFromTheFirstToTheLastPossibleOne) {
  const Row row = Reread(RowOfIncident(DisputedIncident()));
  EXPECT_EQ(row.first_day, *ParseIsoDay("2023-08-30"));
  EXPECT_EQ(row.last_day, *ParseIsoDay("2023-09-04"));
  EXPECT_EQ(row.day, *ParseIsoDay("2023-08-30"));
}

TEST_F(RowTest, WhoAndWhatItIsIsKept) {
  const Row row = Reread(RowOfIncident(DisputedIncident()));
  EXPECT_EQ(row.id, Uuid::FromName("incident"));
  EXPECT_EQ(row.kind, v1::RecordKind::INCIDENT);
  EXPECT_EQ(row.title, "Clash at Kevron");
  EXPECT_EQ(row.display_id, "sample:I01");
  EXPECT_THAT(row.codes, ElementsAre(v1::IncidentKind::CLASH));
}

TEST_F(RowTest, WithoutAnExternalIdTheUuidIsShown) {
  const Row row = Reread(RowOfIncident(v1::Incident()));
  EXPECT_EQ(row.display_id, row.id.ToString());
  EXPECT_THAT(row.places, IsEmpty());
  EXPECT_FALSE(row.day || row.first_day || row.period);
}

TEST_F(RowTest, ThePlaceHasItsNameAndCountry) {
  const Row row = Reread(RowOfIncident(DisputedIncident()));
  ASSERT_EQ(row.places.size(), 1u);
  EXPECT_EQ(row.places[0].id, Uuid::FromName("Kevron"));
  EXPECT_EQ(row.places[0].name, "Kevron");
  EXPECT_EQ(row.country, "TJ");
}

TEST_F(RowTest, APlaceThatIsNotThereHasNoName) {
  v1::Incident incident;
  v1::Account& account = *incident.add_account();
  account.set_key(1);
  account.set_place(Uuid::FromName("nowhere").str());
  const Row row = Reread(RowOfIncident(incident));
  ASSERT_EQ(row.places.size(), 1u);
  EXPECT_FALSE(row.places[0].has_name);
}

TEST_F(RowTest, APlaceIsListedWithWhatItLiesIn) {
  const std::string id = PutPlace("Kevron", PutPlace("Darvoz", PutPlace("Tajikistan")));
  const Row row = Reread(RowOfRecord(id));
  ASSERT_EQ(row.places.size(), 2u);
  EXPECT_EQ(row.places[0].name, "Darvoz");
  EXPECT_EQ(row.places[1].name, "Tajikistan");
}

TEST_F(RowTest, PlacesInACircleEnd) {
  const std::string id = PutPlace("Kevron", Uuid::FromName("Kevron").str());
  EXPECT_EQ(Reread(RowOfRecord(id)).places.size(), static_cast<size_t>(kMostPlacesAbove));
}

TEST_F(RowTest, ASourceHasItsDayOfPublication) {
  v1::Source source;
  source.set_type(v1::SourceType::ARTICLE);
  *source.mutable_published() = *ParseEdtf("2023-10-31");
  const Row row = Reread(RowOfRecord(Put("source", v1::RecordKind::SOURCE, source)));
  ASSERT_EQ(row.dates.size(), 1u);
  EXPECT_EQ(DateWords(row.dates[0]), "31 Oct 2023");
  EXPECT_EQ(row.last_day, *ParseIsoDay("2023-10-31"));
}

TEST_F(RowTest, ARelationKeepsWhatItsAccountsSay) {
  const Row row = Reread(RowOfRecord(Put("relation", v1::RecordKind::RELATION, RelationWithPeriod())));
  ASSERT_TRUE(row.relation);
  EXPECT_EQ(row.relation->from, Uuid::FromName("JA").str());
  EXPECT_EQ(row.relation->to, Uuid::FromName("Taliban").str());
  EXPECT_TRUE(row.relation->negated);
  ASSERT_EQ(row.relation->accounts.size(), 1u);
  const v1::Account& account = row.relation->accounts[0];
  EXPECT_EQ(account.source(), Uuid::FromName("source").str());
  EXPECT_EQ(account.place(), Uuid::FromName("Maymay").str());
  EXPECT_EQ(account.modality(), v1::Modality::ALLEGED);
  EXPECT_EQ(PeriodWords(account.period()), "since Nov 2020");
  ASSERT_TRUE(row.period);
  EXPECT_EQ(PeriodWords(*row.period), "since Nov 2020");
}

TEST_F(RowTest, WhatIsOnlyExpectedHasNotHappened) {
  v1::Incident incident;
  const auto add = [&incident](v1::Modality::Code modality) { incident.add_account()->set_modality(modality); };
  add(v1::Modality::NEGATED);
  EXPECT_EQ(Reread(RowOfIncident(incident)).happened, Happened::kDenied);
  add(v1::Modality::HYPOTHETICAL);
  EXPECT_EQ(Reread(RowOfIncident(incident)).happened, Happened::kHypothetical);
  add(v1::Modality::EXPECTED);
  add(v1::Modality::HYPOTHETICAL);
  EXPECT_EQ(Reread(RowOfIncident(incident)).happened, Happened::kExpected);
  add(v1::Modality::ALLEGED);
  EXPECT_EQ(Reread(RowOfIncident(incident)).happened, Happened::kYes);
}

TEST_F(RowTest, TheBeginningIsThatOfTheWhole) {
  const std::string bytes = EncodeRow(RowOfIncident(DisputedIncident()));
  const auto head = DecodeRow(bytes);
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->id, Uuid::FromName("incident"));
  EXPECT_EQ(head->kind, v1::RecordKind::INCIDENT);
  EXPECT_EQ(head->title, "Clash at Kevron");
}

TEST_F(RowTest, ARowThatIsCutAnywhereIsDataLoss) {
  for (const std::string& bytes :
       {EncodeRow(RowOfIncident(DisputedIncident())),
        EncodeRow(RowOfRecord(Put("relation", v1::RecordKind::RELATION, RelationWithPeriod())))}) {
    for (size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_EQ(DecodeWholeRow(std::string_view(bytes).substr(0, size)).status().code(), StatusCode::kDataLoss) << size;
    }
  }
}

TEST_F(RowTest, MoreThanARowIsDataLoss) {
  const std::string bytes = EncodeRow(RowOfIncident(DisputedIncident()));
  EXPECT_EQ(DecodeWholeRow(bytes + '\0').status().code(), StatusCode::kDataLoss);
}

TEST_F(RowTest, AKindThatDoesNotExistIsDataLoss) {
  std::string bytes = EncodeRow(RowOfIncident(v1::Incident()));
  for (const char kind : {'\0', '\x7f', '\xff'}) {
    bytes[Uuid::kSize] = kind;
    EXPECT_EQ(DecodeRow(bytes).status().code(), StatusCode::kDataLoss);
    EXPECT_EQ(DecodeWholeRow(bytes).status().code(), StatusCode::kDataLoss);
  }
}

TEST_F(RowTest, ACountLargerThanTheBytesIsDataLoss) {
  Row row = RowOfIncident(v1::Incident());
  row.title.clear();
  std::string bytes = EncodeRow(row);
  // Behind id, kind, empty title and two bytes of flags: how many codes there are.
  const size_t count_at = Uuid::kSize + 1 + 1 + 2;
  ASSERT_EQ(bytes[count_at], 0);
  bytes.replace(count_at, 1, "\xff\xff\xff\xff\x0f");
  EXPECT_EQ(DecodeWholeRow(bytes).status().code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace daftar::search
