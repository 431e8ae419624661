#include "storage/model/shown.h"

#include <gmock/gmock.h>

#include "tests/unit/storage/model/shown_fixture.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;
using v1::Attribute;

class ShownTest : public ::testing::Test {
 protected:
  ShownTest() {
    world.AddSource("A", "reliability: B_USUALLY_RELIABLE original: true");
    world.AddSource("B", "reliability: D_NOT_USUALLY_RELIABLE original: true");
    world.AddSource("C", "published { first_day: 20000 last_day: 20000 precision: DAY }");
    world.AddPlace("Darvoz", "");
    world.AddPlace("Kevron", "parent: @Darvoz");
    world.AddPlace("Vanj", "");
  }

  Shown Show(const std::string& incident) {
    auto shown = ComputeShown(world.AddIncident(incident), world.Lookup());
    EXPECT_TRUE(shown.ok()) << shown.status();
    return *std::move(shown);
  }

  World world;
};

TEST_F(ShownTest, ShowsTheOnlyAccount) {
  Shown shown = Show("account { key: 1 source: @A killed { best: 3 } }");
  EXPECT_EQ(shown.find(Attribute::KILLED)->rule, ShownRule::kOnly);
  EXPECT_EQ(shown.find(Attribute::DATE), nullptr);
}

TEST_F(ShownTest, TwoDatesThatShareNoDayDisagreeUntilAnEditorChooses) {
  std::string accounts = R"(
      account { key: 1 source: @A date { first_day: 100 last_day: 100 precision: DAY } }
      account { key: 2 source: @B date { first_day: 105 last_day: 105 precision: DAY } } )";
  Shown open = Show(accounts);
  EXPECT_TRUE(open.find(Attribute::DATE)->open());
  EXPECT_THAT(open.find(Attribute::DATE)->groups, ElementsAre(ElementsAre(1u), ElementsAre(2u)));

  Shown settled = Show(accounts + "choice { key: 1 account: 2 reason: 'the committee was there' }");
  EXPECT_EQ(settled.find(Attribute::DATE)->account, 2u);
  EXPECT_EQ(settled.find(Attribute::DATE)->rule, ShownRule::kChoice);
  EXPECT_FALSE(settled.find(Attribute::DATE)->open());
  EXPECT_TRUE(settled.find(Attribute::DATE)->disagrees());
}

TEST_F(ShownTest, CredibilityComesBeforeReliability) {
  Shown shown = Show(R"(
      account { key: 1 source: @A killed { best: 3 } }
      account { key: 2 source: @B killed { best: 5 } credibility: PROBABLY_TRUE } )");
  EXPECT_EQ(shown.find(Attribute::KILLED)->account, 2u);
  EXPECT_EQ(shown.find(Attribute::KILLED)->rule, ShownRule::kCredibility);
}

TEST_F(ShownTest, ADoubtfulAccountRanksBelowOneThatCannotBeJudged) {
  Shown shown = Show(R"(
      account { key: 1 source: @A killed { best: 3 } credibility: DOUBTFUL }
      account { key: 2 source: @B killed { best: 5 } } )");
  EXPECT_EQ(shown.find(Attribute::KILLED)->account, 2u);
}

TEST_F(ShownTest, ReliabilityDecidesBetweenEquallyCredibleAccounts) {
  Shown shown = Show(R"(
      account { key: 1 source: @B killed { best: 5 } }
      account { key: 2 source: @A killed { best: 3 } } )");
  EXPECT_EQ(shown.find(Attribute::KILLED)->account, 2u);
  EXPECT_EQ(shown.find(Attribute::KILLED)->rule, ShownRule::kReliability);
}

TEST_F(ShownTest, TheValueWithMoreRootsWinsWhenGradesAreEqual) {
  world.AddSource("D", "original: true");
  world.AddSource("E", "original: true");
  world.AddSource("F", "original: true");
  Shown shown = Show(R"(
      account { key: 1 source: @D killed { best: 5 } }
      account { key: 2 source: @E killed { best: 3 } }
      account { key: 3 source: @F killed { best: 3 } } )");
  EXPECT_EQ(shown.find(Attribute::KILLED)->account, 2u);
  EXPECT_EQ(shown.find(Attribute::KILLED)->rule, ShownRule::kRoots);
}

TEST_F(ShownTest, AFinerPlaceIsNoDisagreement) {
  Shown shown = Show("account { key: 1 source: @A place: @Darvoz } account { key: 2 source: @B place: @Kevron }");
  EXPECT_FALSE(shown.find(Attribute::PLACE)->disagrees());
}

TEST_F(ShownTest, PlacesSideBySideDisagree) {
  Shown shown = Show("account { key: 1 source: @A place: @Vanj } account { key: 2 source: @B place: @Kevron }");
  EXPECT_TRUE(shown.find(Attribute::PLACE)->open());
}

TEST_F(ShownTest, ASummaryOfWhatWasSeizedNeverContradictsAList) {
  Shown shown = Show(R"(
      account { key: 1 source: @A seized { class: CACHE_UNSPECIFIED } }
      account { key: 2 source: @B seized { class: RIFLE quantity { best: 5 } } seized { class: PISTOL quantity { best: 4 } } } )");
  EXPECT_FALSE(shown.find(Attribute::SEIZED)->disagrees());
}

TEST_F(ShownTest, TwoListsThatCountOneModelDifferentlyDisagree) {
  Shown shown = Show(R"(
      account { key: 1 source: @A seized { class: RIFLE quantity { best: 6 } } }
      account { key: 2 source: @B seized { class: RIFLE quantity { best: 5 } } } )");
  EXPECT_TRUE(shown.find(Attribute::SEIZED)->open());
}

TEST_F(ShownTest, ADenialDisagreesOnWhetherItHappenedAndOnNothingElse) {
  Shown shown = Show(R"(
      account { key: 1 source: @A killed { best: 3 } }
      account { key: 2 source: @B killed { best: 9 } stance: DENIES } )");
  EXPECT_TRUE(shown.find(Attribute::EXISTS)->open());
  EXPECT_FALSE(shown.find(Attribute::KILLED)->disagrees());
}

TEST_F(ShownTest, ANumberThatWasNotGivenContradictsNothing) {
  Shown shown = Show(R"(
      account { key: 1 source: @A killed { best: 3 } }
      account { key: 2 source: @B killed { bound: NOT_GIVEN } } )");
  EXPECT_FALSE(shown.find(Attribute::KILLED)->disagrees());
}

TEST_F(ShownTest, AtLeastTwoDoesNotContradictThree) {
  Shown shown = Show(R"(
      account { key: 1 source: @A killed { best: 3 } }
      account { key: 2 source: @B killed { best: 2 bound: AT_LEAST } } )");
  EXPECT_FALSE(shown.find(Attribute::KILLED)->disagrees());
}

TEST_F(ShownTest, OppositeTrendsOfOneMatterDisagreeWhereTheirPeriodsMeet) {
  Shown shown = Show(R"(
      account { key: 1 source: @A trend { of: "incidents" kind: RISING } }
      account { key: 2 source: @B trend { of: "incidents" kind: FALLING } } )");
  EXPECT_TRUE(shown.find(Attribute::TREND)->open());
}

TEST_F(ShownTest, ArticlesThatRestOnOneTextCountAsOneRoot) {
  world.AddSource("paper", "original: true");
  world.AddSource("S0", "");
  world.AddSource("S1", "lineage { upstream: @paper kind: PARAPHRASES inferred: true }");
  Shown shown = Show(R"(
      account { key: 1 source: @S0 lineage { upstream: @paper kind: REPORTS_ON } }
      account { key: 2 source: @S1 }
      account { key: 3 source: @A } )");
  EXPECT_EQ(shown.roots.articles, 3);
  EXPECT_EQ(shown.roots.roots_at_most, 2);
}

TEST_F(ShownTest, ASourceOfUnknownOriginIsNotCountedAsCertainlyIndependent) {
  world.AddSource("unknown", "");
  Shown shown = Show("account { key: 1 source: @A } account { key: 2 source: @unknown }");
  EXPECT_EQ(shown.roots.roots_at_most, 2);
  EXPECT_EQ(shown.roots.roots_at_least, 1);
}

TEST_F(ShownTest, ACircleOfLineageEnds) {
  world.AddSource("X", "lineage { upstream: @Y }");
  world.AddSource("Y", "lineage { upstream: @X }");
  EXPECT_EQ(Show("account { key: 1 source: @X }").roots.roots_at_most, 1);
}

}  // namespace
}  // namespace daftar
