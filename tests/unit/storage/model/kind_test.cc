#include "storage/model/kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daftar/v1/account.pb.h"
#include "daftar/v1/records.pb.h"
#include "storage/model/fields.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;

TEST(KindTest, ListsAllSixInTheOrderOfTheirNumbers) {
  EXPECT_THAT(std::vector<Kind>(AllKinds().begin(), AllKinds().end()),
              ElementsAre(v1::RecordKind::INCIDENT, v1::RecordKind::ACTOR, v1::RecordKind::PLACE,
                          v1::RecordKind::SOURCE, v1::RecordKind::RELATION, v1::RecordKind::ALERT_PERIOD));
}

TEST(KindTest, FindsEveryKindByItsOwnWord) {
  for (Kind kind : AllKinds()) EXPECT_EQ(KindFromWord(KindWord(kind)), kind);
}

TEST(KindTest, FindsAKindByPluralShortWordAndAnyCase) {
  EXPECT_EQ(KindFromWord("incidents"), v1::RecordKind::INCIDENT);
  EXPECT_EQ(KindFromWord("alert"), v1::RecordKind::ALERT_PERIOD);
  EXPECT_EQ(KindFromWord("Alert-Periods"), v1::RecordKind::ALERT_PERIOD);
  EXPECT_EQ(KindFromWord("ACTOR"), v1::RecordKind::ACTOR);
}

TEST(KindTest, FindsNoKindForAForeignWord) {
  EXPECT_EQ(KindFromWord("event"), std::nullopt);
  EXPECT_EQ(KindFromWord(""), std::nullopt);
}

TEST(KindTest, MakesAMessageOfTheKind) {
  for (Kind kind : AllKinds()) EXPECT_EQ(NewMessage(kind)->GetDescriptor(), &KindDescriptor(kind));
  EXPECT_EQ(&KindDescriptor(v1::RecordKind::PLACE), v1::Place::descriptor());
}

TEST(FieldsTest, NamesListsInThePluralAndKeepsUnderscores) {
  EXPECT_EQ(JsonName(*v1::Incident::descriptor()->FindFieldByName("account")), "accounts");
  EXPECT_EQ(JsonName(*v1::Account::descriptor()->FindFieldByName("said_by")), "said_by");
}

TEST(FieldsTest, NamesDegreesWithoutTheirScale) {
  EXPECT_EQ(JsonName(*v1::GeoPoint::descriptor()->FindFieldByName("lat_e7")), "lat");
}

TEST(FieldsTest, ReadsTheOptionsOfTheSchema) {
  const auto* source = v1::Account::descriptor()->FindFieldByName("source");
  EXPECT_TRUE(IsReference(*source));
  EXPECT_TRUE(IsRequired(*source));
  EXPECT_EQ(MaxBytes(*v1::Account::descriptor()->FindFieldByName("wording")), 2000u);
  EXPECT_EQ(MaxBytes(*v1::Trend::descriptor()->FindFieldByName("of")), 400u);
}

}  // namespace
}  // namespace daftar
