#include "storage/view/scope.h"

#include <gtest/gtest.h>

#include <map>

#include "storage/model/parts.h"

namespace daftar {
namespace {

class ScopeTest : public ::testing::Test {
 protected:
  ScopeTest() {
    AddPlace("Badakhshan", "", "TJ");
    AddPlace("Darvoz", "Badakhshan", "");
    AddPlace("Kabul", "", "AF");
  }
  void AddPlace(const std::string& name, const std::string& parent, const std::string& country) {
    auto place = std::make_shared<v1::Place>();
    if (!parent.empty()) place->set_parent(Uuid::FromName(parent).str());
    place->set_country(country);
    places_.insert_or_assign(Uuid::FromName(name), Record(Uuid::FromName(name), v1::RecordKind::PLACE, place));
  }
  static v1::Account In(const std::string& place) {
    v1::Account account;
    account.set_place(Uuid::FromName(place).str());
    return account;
  }
  static v1::Account On(int32_t first, int32_t last) {
    v1::Account account;
    account.mutable_date()->set_first_day(first);
    account.mutable_date()->set_last_day(last);
    account.mutable_date()->set_precision(v1::DatePrecision::DAY);
    return account;
  }
  static Record Incident(const std::vector<v1::Account>& accounts) {
    auto incident = std::make_shared<v1::Incident>();
    incident->add_kind(v1::IncidentKind::CLASH);
    for (const v1::Account& account : accounts) *incident->add_account() = account;
    incident->add_tag()->set_text("Drug Trade");
    return Record(Uuid::FromName("incident"), v1::RecordKind::INCIDENT, incident);
  }
  Hold HoldOf(const v1::Scope& message, const Record& record) {
    const StatusOr<Scope> scope = Scope::From(Canonical(message));
    EXPECT_TRUE(scope.ok()) << scope.status();
    return *scope->HoldOf(record, [this](const Uuid& id) -> StatusOr<std::optional<Record>> {
      const auto at = places_.find(id);
      return at == places_.end() ? std::nullopt : std::optional(at->second);
    });
  }
  std::map<Uuid, Record> places_;
};

TEST_F(ScopeTest, AnEmptyScopeHoldsEverything) {
  EXPECT_TRUE(Scope::From(v1::Scope())->everything());
  EXPECT_EQ(HoldOf({}, Incident({})), Hold::kWhole);
}

TEST_F(ScopeTest, ACountryHoldsWhatSomeAccountPlacesInItHoweverDeep) {
  v1::Scope scope;
  scope.add_country("TJ");
  EXPECT_EQ(HoldOf(scope, Incident({In("Kabul"), In("Darvoz")})), Hold::kWhole);
  EXPECT_EQ(HoldOf(scope, Incident({In("Kabul")})), Hold::kNothing);
  EXPECT_EQ(HoldOf(scope, Incident({})), Hold::kNothing) << "nobody says that it lies there";
}

TEST_F(ScopeTest, APlaceHoldsWhatLiesInIt) {
  v1::Scope scope;
  scope.add_place(Uuid::FromName("Badakhshan").str());
  EXPECT_EQ(HoldOf(scope, Incident({In("Darvoz")})), Hold::kWhole);
  EXPECT_EQ(HoldOf(scope, Incident({In("Kabul")})), Hold::kNothing);
}

TEST_F(ScopeTest, DaysHoldWhatMayHaveBeenOnThemAndWhatNobodyDates) {
  v1::Scope scope;
  scope.set_first_day(100);
  scope.set_last_day(200);
  EXPECT_EQ(HoldOf(scope, Incident({On(90, 100)})), Hold::kWhole);
  EXPECT_EQ(HoldOf(scope, Incident({On(200, 300)})), Hold::kWhole);
  EXPECT_EQ(HoldOf(scope, Incident({On(10, 99)})), Hold::kNothing);
  EXPECT_EQ(HoldOf(scope, Incident({On(10, 99), On(150, 150)})), Hold::kWhole);
  EXPECT_EQ(HoldOf(scope, Incident({})), Hold::kWhole);
}

TEST_F(ScopeTest, TagsAreComparedAsTheyAreFolded) {
  v1::Scope scope;
  scope.add_tag("drug TRADE");
  EXPECT_EQ(HoldOf(scope, Incident({})), Hold::kWhole);
  scope.clear_tag();
  scope.add_tag("drug");
  EXPECT_EQ(HoldOf(scope, Incident({})), Hold::kNothing);
}

TEST_F(ScopeTest, SeverityIsTheHighestCountOfKilled) {
  v1::Scope scope;
  scope.set_least_killed(5);
  v1::Account few, many;
  few.add_killed()->set_best(2);
  many.add_killed()->set_low(3);
  many.mutable_killed(0)->set_high(7);
  EXPECT_EQ(HoldOf(scope, Incident({few})), Hold::kNothing);
  EXPECT_EQ(HoldOf(scope, Incident({few, many})), Hold::kWhole);
}

TEST_F(ScopeTest, AnActorOfElsewhereIsAStub) {
  v1::Scope scope;
  scope.add_country("TJ");
  auto actor = std::make_shared<v1::Actor>();
  actor->set_country("AF");
  EXPECT_EQ(HoldOf(scope, Record(Uuid::FromName("a"), v1::RecordKind::ACTOR, actor)), Hold::kStub);
  actor = std::make_shared<v1::Actor>();
  actor->set_country("TJ");
  EXPECT_EQ(HoldOf(scope, Record(Uuid::FromName("a"), v1::RecordKind::ACTOR, actor)), Hold::kWhole);
  EXPECT_EQ(HoldOf(scope, places_.at(Uuid::FromName("Kabul"))), Hold::kWhole) << "places are held by everybody";
}

TEST_F(ScopeTest, AStubHoldsNamesAndTagsAndNoNotesAndAccounts) {
  v1::Actor actor;
  actor.set_country("AF");
  actor.set_notes("long");
  actor.add_name()->set_key(1);
  actor.add_account()->set_key(1);
  actor.add_tag()->set_key(1);
  v1::Actor stub;
  ASSERT_TRUE(stub.ParseFromString(*StubBody(*CanonicalBody(actor))));
  actor.clear_notes();
  actor.clear_account();
  EXPECT_EQ(*CanonicalBody(stub), *CanonicalBody(actor));
}

TEST_F(ScopeTest, OneScopeIsWrittenInOneWay) {
  v1::Scope a, b;
  for (const char* country : {"TJ", "AF", "TJ"}) a.add_country(country);
  for (const char* country : {"AF", "TJ"}) b.add_country(country);
  EXPECT_EQ(*Scope::From(Canonical(a)), *Scope::From(Canonical(b)));
  EXPECT_EQ(Scope::From(a).status().code(), StatusCode::kInvalidArgument) << "not in its one form";
}

TEST_F(ScopeTest, WhatIsNoScopeIsRefused) {
  v1::Scope scope;
  scope.add_country("Tajikistan");
  EXPECT_EQ(Scope::From(scope).status().code(), StatusCode::kInvalidArgument);
  scope.clear_country();
  scope.add_place("short");
  EXPECT_EQ(Scope::From(scope).status().code(), StatusCode::kInvalidArgument);
  scope.clear_place();
  scope.set_first_day(2);
  scope.set_last_day(1);
  EXPECT_EQ(Scope::From(scope).status().code(), StatusCode::kInvalidArgument);
  scope.Clear();
  for (int i = 0; i < 300; ++i) scope.add_tag("t" + std::to_string(i));
  EXPECT_EQ(Scope::From(Canonical(scope)).status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar
