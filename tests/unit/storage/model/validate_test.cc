#include "storage/model/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "daftar/v1/records.pb.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

auto Problem(const std::string& path, const std::string& part) {
  return AllOf(Field(&FieldProblem::path, path), Field(&FieldProblem::message, HasSubstr(part)));
}

Uuid IdOf(std::string_view name) { return Uuid::FromName(name); }

// Records that exist: a source, an actor, a place, and the record under test.
std::optional<Kind> KindOf(const Uuid& id) {
  if (id == IdOf("source")) return v1::RecordKind::SOURCE;
  if (id == IdOf("actor")) return v1::RecordKind::ACTOR;
  if (id == IdOf("place")) return v1::RecordKind::PLACE;
  if (id == IdOf("self")) return v1::RecordKind::INCIDENT;
  return std::nullopt;
}

class ValidateTest : public ::testing::Test {
 protected:
  ValidateTest() {
    incident_.add_kind(v1::IncidentKind::CLASH);
    v1::Name* name = incident_.add_name();
    name->set_key(1);
    name->set_text("Clash in Darvoz");
    account_ = incident_.add_account();
    account_->set_key(1);
    account_->set_source(IdOf("source").str());
  }

  std::vector<FieldProblem> Problems() const {
    return Validate(v1::RecordKind::INCIDENT, incident_, IdOf("self"), KindOf);
  }
  std::vector<FieldProblem> Questions() const { return Warnings(v1::RecordKind::INCIDENT, incident_); }

  v1::Incident incident_;
  v1::Account* account_;
};

TEST_F(ValidateTest, AcceptsASoundRecord) { EXPECT_THAT(Problems(), IsEmpty()); }

TEST_F(ValidateTest, AsksForWhatIsRequired) {
  incident_.clear_kind();
  incident_.clear_name();
  account_->clear_source();
  EXPECT_THAT(Problems(), ElementsAre(Problem("kind", "required"), Problem("names", "at least one name"),
                                      Problem("accounts[0].source", "required")));
}

TEST_F(ValidateTest, AsksNoNameOfARelation) {
  v1::Relation relation;
  relation.set_from(IdOf("actor").str());
  relation.set_to(IdOf("place").str());
  EXPECT_THAT(Validate(v1::RecordKind::RELATION, relation, IdOf("self"), KindOf), IsEmpty());
}

TEST_F(ValidateTest, RefusesARelationOfARecordToItself) {
  v1::Relation relation;
  relation.set_from(IdOf("actor").str());
  relation.set_to(IdOf("actor").str());
  EXPECT_THAT(Validate(v1::RecordKind::RELATION, relation, IdOf("self"), KindOf),
              ElementsAre(Problem("to", "the same record")));
}

TEST_F(ValidateTest, RefusesAMessageOfAnotherKind) {
  EXPECT_THAT(Validate(v1::RecordKind::ACTOR, incident_, IdOf("self"), KindOf), ElementsAre(Problem("", "actor")));
}

TEST_F(ValidateTest, RefusesTextOverItsLimit) {
  account_->set_wording(std::string(2001, 'a'));
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].wording", "2001 bytes long; at most 2000")));
}

TEST_F(ValidateTest, RefusesTextWithAControlCharacter) {
  incident_.set_notes("a\rb");
  EXPECT_THAT(Problems(), ElementsAre(Problem("notes", "U+000D")));
}

TEST_F(ValidateTest, LetsAnUnknownCodePass) {
  incident_.add_kind(static_cast<v1::IncidentKind::Code>(900));
  incident_.set_review(static_cast<v1::ReviewState::Code>(900));
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateTest, LetsUnknownFieldsPass) {
  incident_.GetReflection()->MutableUnknownFields(&incident_)->AddVarint(1000, 7);
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateTest, RefusesAnUnsetCodeInAList) {
  incident_.add_kind(v1::IncidentKind::UNSET);
  EXPECT_THAT(Problems(), ElementsAre(Problem("kind[1]", "UNSET")));
}

TEST_F(ValidateTest, RefusesADateThatEndsBeforeItStarts) {
  account_->mutable_date()->set_first_day(10);
  account_->mutable_date()->set_precision(v1::DatePrecision::DAY);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].date", "before the first")));
}

TEST_F(ValidateTest, RefusesADateLongerThanItsPrecision) {
  *account_->mutable_date() = *ParseEdtf("2023-09-04/2023-09-05");
  account_->mutable_date()->set_precision(v1::DatePrecision::DAY);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].date", "DAY allows at most 1 day")));
}

TEST_F(ValidateTest, RefusesDaysWithoutPrecision) {
  account_->mutable_date()->set_first_day(10);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].date", "no precision")));
}

TEST_F(ValidateTest, RefusesADateOutsideTheYearsThatExist) {
  account_->mutable_date()->set_first_day(std::numeric_limits<int32_t>::max());
  account_->mutable_date()->set_last_day(std::numeric_limits<int32_t>::max());
  account_->mutable_date()->set_precision(v1::DatePrecision::DAY);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].date", "1000 to 2999")));
}

TEST_F(ValidateTest, AcceptsADateBeforeTheFirstYearsGuess) {
  *account_->mutable_date() = *ParseEdtf("../1000-01-01");
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateTest, RefusesAPointOffTheGlobe) {
  account_->mutable_point()->set_lat_e7(std::numeric_limits<int32_t>::min());
  account_->mutable_point()->set_lon_e7(1'800'000'001);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].point.lat", "between -90 and 90"),
                                      Problem("accounts[0].point.lon", "between -180 and 180")));
}

TEST_F(ValidateTest, RefusesFiguresOutOfOrder) {
  v1::Toll* toll = account_->add_killed();
  toll->set_low(5);
  toll->set_best(3);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].killed[0].low", "above the best")));
}

TEST_F(ValidateTest, RefusesNegativeAndInfiniteFigures) {
  account_->add_killed()->set_best(-1);
  account_->mutable_distance()->set_best(std::numeric_limits<double>::infinity());
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].killed[0].best", "negative"),
                                      Problem("accounts[0].distance.best", "finite")));
}

TEST_F(ValidateTest, RefusesMoreThanFullConfidence) {
  account_->set_confidence(101);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].confidence", "between 0 and 100")));
}

TEST_F(ValidateTest, RefusesAReferenceThatIsNoId) {
  account_->set_place("Darvoz");
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].place", "16-byte id")));
}

TEST_F(ValidateTest, RefusesAReferenceToNothing) {
  account_->set_place(IdOf("nowhere").str());
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].place", "does not exist")));
}

TEST_F(ValidateTest, RefusesAReferenceToTheWrongKind) {
  account_->set_place(IdOf("actor").str());
  account_->add_lineage()->set_upstream(IdOf("place").str());
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].lineage[0].upstream", "of kind source or actor"),
                                      Problem("accounts[0].place", "of kind place")));
}

TEST_F(ValidateTest, RefusesAReferenceToTheRecordItself) {
  incident_.set_parent(IdOf("self").str());
  EXPECT_THAT(Problems(), ElementsAre(Problem("parent", "itself")));
}

TEST_F(ValidateTest, RefusesKeysThatAreZeroOrStandTwice) {
  account_->set_key(0);
  *incident_.add_name() = incident_.name(0);
  EXPECT_THAT(Problems(), ElementsAre(Problem("names[1].key", "stands twice"), Problem("accounts[0].key", "is 0")));
}

TEST_F(ValidateTest, RefusesAChoiceWithoutItsAccountOrReason) {
  v1::Choice* choice = incident_.add_choice();
  choice->set_key(v1::Attribute::DATE);
  choice->set_account(9);
  EXPECT_THAT(Problems(), ElementsAre(Problem("choices[0].reason", "required"),
                                      Problem("choices[0].account", "no account with key 9")));
}

TEST_F(ValidateTest, RefusesAContradictionOfNothing) {
  account_->add_contradicts(9);
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].contradicts[0]", "no account with key 9")));
}

TEST_F(ValidateTest, RefusesTooManyItems) {
  for (size_t i = 0; i <= kMaxItemsPerField; ++i) account_->add_seized();
  EXPECT_THAT(Problems(), ElementsAre(Problem("accounts[0].seized", "2001 items; at most 2000")));
}

TEST_F(ValidateTest, RefusesARecordOverItsLimit) {
  for (int i = 0; i < 140; ++i) {
    v1::Account* account = incident_.add_account();
    account->set_key(static_cast<uint64_t>(i) + 2);
    account->set_source(IdOf("source").str());
    account->set_summary(std::string(8000, 'a'));
  }
  EXPECT_THAT(Problems(), ElementsAre(Problem("", "at most " + std::to_string(kMaxRecordBytes))));
}

TEST_F(ValidateTest, TellsEverythingInTheOrderOfTheFields) {
  incident_.set_event_clarity(3);
  account_->set_place("x");
  incident_.set_notes("\x01");
  EXPECT_THAT(Problems(), ElementsAre(Problem("notes", "control"), Problem("accounts[0].place", "id"),
                                      Problem("event_clarity", "1 or 2")));
}

TEST_F(ValidateTest, RefusesACountryThatIsNoCode) {
  v1::Actor actor;
  actor.set_country("tj");
  *actor.add_name() = incident_.name(0);
  EXPECT_THAT(Validate(v1::RecordKind::ACTOR, actor, IdOf("self"), KindOf), ElementsAre(Problem("country", "capital")));
}

TEST_F(ValidateTest, RefusesAHashOfTheWrongLength) {
  v1::Source source;
  source.set_sha256("short");
  *source.add_name() = incident_.name(0);
  EXPECT_THAT(Validate(v1::RecordKind::SOURCE, source, IdOf("self"), KindOf),
              ElementsAre(Problem("sha256", "32 bytes")));
}

TEST_F(ValidateTest, AsksAboutNothingInASoundRecord) { EXPECT_THAT(Questions(), IsEmpty()); }

TEST_F(ValidateTest, AsksAboutTheDeadOfAPeacefulIncident) {
  incident_.set_kind(0, v1::IncidentKind::MEETING);
  account_->add_killed()->set_best(3);
  EXPECT_THAT(Questions(), ElementsAre(Problem("accounts[0].killed", "violent")));
}

TEST_F(ValidateTest, AsksAboutAPeriodThatEndsBeforeItStarts) {
  *account_->mutable_period()->mutable_from() = *ParseEdtf("2024");
  *account_->mutable_period()->mutable_to() = *ParseEdtf("2023");
  EXPECT_THAT(Questions(), ElementsAre(Problem("accounts[0].period", "ends before it starts")));
  EXPECT_THAT(Problems(), IsEmpty());
}

TEST_F(ValidateTest, AsksAboutAnApproximateFigureWithoutBounds) {
  account_->mutable_distance()->set_best(5);
  account_->mutable_distance()->set_bound(v1::Bound::ABOUT);
  EXPECT_THAT(Questions(), ElementsAre(Problem("accounts[0].distance", "ABOUT")));
}

TEST_F(ValidateTest, AsksAboutMoneyWithoutACurrency) {
  account_->add_seized()->mutable_quantity()->set_unit(v1::Unit::CURRENCY_MINOR);
  EXPECT_THAT(Questions(), ElementsAre(Problem("accounts[0].seized[0].quantity", "currency")));
}

TEST_F(ValidateTest, AsksForASourceOfAnIncident) {
  incident_.clear_account();
  EXPECT_THAT(Questions(), ElementsAre(Problem("accounts", "no source")));
}

TEST(TextProblemTest, AcceptsTextOfAnyScript) {
  EXPECT_EQ(TextProblem("Ansarullah\n\tАнсоруллоҳ انصارالله"), std::nullopt);
  EXPECT_EQ(TextProblem(""), std::nullopt);
}

TEST(TextProblemTest, RefusesInvalidUtf8AndSaysWhere) {
  EXPECT_THAT(*TextProblem("ab\xff"), HasSubstr("UTF-8 at byte 2"));
  EXPECT_THAT(*TextProblem("\xed\xa0\x80"), HasSubstr("UTF-8"));  // a surrogate
}

TEST(TextProblemTest, RefusesControlAndDirectionOverrides) {
  EXPECT_THAT(*TextProblem(std::string_view("a\0b", 3)), HasSubstr("U+0000"));
  EXPECT_THAT(*TextProblem("\xc2\x85"), HasSubstr("U+0085"));
  EXPECT_THAT(*TextProblem("a\xe2\x80\xae"
                           "b"),
              HasSubstr("U+202E"));
}

TEST(TextProblemTest, AcceptsJoinersAndIsolates) {
  EXPECT_EQ(TextProblem("می\xe2\x80\x8cشود \xe2\x81\xa8x\xe2\x81\xa9"), std::nullopt);
}

TEST(TextProblemTest, RefusesTextThatIsNotComposed) {
  EXPECT_THAT(*TextProblem("и\xcc\x84"), HasSubstr("normal form C"));  // ӣ in two characters
  EXPECT_EQ(TextProblem("ӣ"), std::nullopt);
}

}  // namespace
}  // namespace daftar
