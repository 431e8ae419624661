// Five editors, 200 edits each, thirty incidents, on and off line at random: every replica converges, and every value
// that anybody entered is in a record, its history, a conflict or a draft. Fresh seeds at each run; README.md says how
// to replay one and how to run ten thousand.
#include "tests/sim/editors.h"

#include <gtest/gtest.h>

#include <iostream>

#include "tests/sim/day.h"
#include "tests/sim/editors_planted.h"
#include "tests/sim/run.h"
#include "tests/sim/seeds.h"
#include "tests/sim/weathers.h"

namespace daftar::sim {
namespace {

constexpr int kEditorsOfDay = 5, kEditsOfEach = 200;
constexpr uint64_t kUsualSeeds = 1000;
constexpr int64_t kMostMs = 30'000;
constexpr size_t kMostRunsToShrink = 150;
// Of planted bugs.
constexpr Day kShortDay{.edits = 60};
constexpr uint64_t kMostSeeds = 20;

// Every third day is usual, one has links that are cut all the time, one has programs that die.
Day DayOf(uint64_t seed) {
  constexpr Weather kTurns[] = {kUsual, kStorm, kPatches};
  return {kEditorsOfDay, kEditsOfEach, kTurns[seed % 3]};
}

const WorkMaker kEditors = [] { return std::make_unique<Editors>(); };

struct Totals {
  uint64_t edits = 0, cuts = 0, deaths = 0, values = 0;
  std::map<Doing, uint64_t> done;
  std::array<uint64_t, kWhereabouts> where = {};

  void Add(const Outcome& outcome, const Editors::Counts& counts) {
    edits += outcome.world.edits;
    cuts += outcome.world.cuts;
    deaths += outcome.world.deaths;
    values += counts.values;
    for (const auto& [doing, times] : counts.done) done[doing] += times;
    for (size_t i = 0; i < kWhereabouts; ++i) where[i] += counts.where[i];
  }
  uint64_t At(Whereabouts place) const { return where[static_cast<size_t>(place)]; }
  void Say() const {
    std::cout << edits << " edits, " << values << " values, " << cuts << " cuts, " << deaths << " deaths\n";
    for (size_t i = 0; i < kWhereabouts; ++i)
      std::cout << "  " << where[i] << " " << InWords(static_cast<Whereabouts>(i)) << "\n";
    for (const auto& [doing, times] : done) std::cout << "  " << InWords(doing) << ": " << times << "\n";
  }
};

std::string Explain(const Cradle& cradle, uint64_t seed, const Day& day, const std::vector<Step>& steps,
                    const Violation& violation) {
  const PlantMaker nothing = [] { return std::make_unique<Plant>(); };
  const std::vector<Step> fewer = Shrink(cradle, day.editors, steps, nothing, kMostRunsToShrink, kEditors);
  Plant plant;
  Editors editors;
  return violation.what + "\nThe shortest way there that was found, of " + std::to_string(steps.size()) + " steps:\n" +
         InWords(fewer, RunSteps(cradle, day.editors, fewer, plant, &editors).violation) +
         "Replay it with DAFTAR_SIM_SEED=" + std::to_string(seed);
}

class EditorsTest : public ::testing::Test {
 protected:
  void RunSeed(uint64_t seed, Totals& totals) {
    const Day day = DayOf(seed);
    const std::vector<Step> steps = ChooseDay(seed, day);
    Plant nothing;
    Editors editors;
    const Outcome outcome = RunSteps(cradle_, day.editors, steps, nothing, &editors);
    if (!outcome.clean()) {
      ADD_FAILURE() << "seed " << seed << ": " << Explain(cradle_, seed, day, steps, outcome.violation);
    }
    for (int i = 0; i < day.editors && outcome.clean(); ++i)
      EXPECT_EQ(editors.counts().edits.at(i), static_cast<uint64_t>(day.edits)) << "seed " << seed;
    totals.Add(outcome, editors.counts());
  }
  const Cradle cradle_{EditedRecords()};
};

TEST_F(EditorsTest, ReplicasConvergeAndNoValueThatWasEnteredIsGone) {
  Seeds seeds(kUsualSeeds, kMostMs);
  Totals totals;
  while (!HasFailure()) {
    const std::optional<uint64_t> seed = seeds.Next();
    if (!seed) break;
    RunSeed(*seed, totals);
  }
  seeds.Say();
  totals.Say();
  RecordProperty("seeds", std::to_string(seeds.count()));
  RecordProperty("values", std::to_string(totals.values));
  if (HasFailure() || seeds.count() < 10) return;
  EXPECT_GT(totals.cuts, seeds.count());
  EXPECT_GT(totals.deaths, seeds.count());
  for (const Whereabouts where : {Whereabouts::kLive, Whereabouts::kHistory, Whereabouts::kConflict,
                                  Whereabouts::kDecided, Whereabouts::kDraft, Whereabouts::kForm}) {
    EXPECT_GT(totals.At(where), 0u) << InWords(where);
  }
}

struct Caught {
  uint64_t seed = 0;
  std::vector<Step> steps;
  Violation violation;
};

std::optional<Caught> Catch(const Cradle& cradle, const Day& day, Loss loss) {
  for (uint64_t seed = 1; seed <= kMostSeeds; ++seed) {
    std::vector<Step> steps = ChooseDay(seed, day);
    Editors editors;
    Outcome outcome = RunSteps(cradle, day.editors, steps, *MakePlant(loss), &editors);
    if (!outcome.clean()) return Caught{seed, std::move(steps), std::move(outcome.violation)};
  }
  return std::nullopt;
}

class EditorsPlantedTest : public ::testing::TestWithParam<int> {};

TEST_P(EditorsPlantedTest, IsCaughtAndTheSameStepsAreCleanWithoutIt) {
  const Cradle cradle(EditedRecords());
  const Loss loss = static_cast<Loss>(GetParam());
  const std::optional<Caught> caught = Catch(cradle, kShortDay, loss);
  ASSERT_TRUE(caught) << InWords(loss) << ": not found in " << kMostSeeds << " seeds";
  std::cout << InWords(loss) << ": seed " << caught->seed << " breaks \"" << InWords(caught->violation.invariant)
            << "\": " << caught->violation.what << "\n";
  if (loss != Loss::kTombstoneDropped) {
    EXPECT_EQ(caught->violation.invariant, Invariant::kValues);
  }
  Plant nothing;
  Editors editors;
  EXPECT_EQ(RunSteps(cradle, kShortDay.editors, caught->steps, nothing, &editors).violation.what, "");
}

INSTANTIATE_TEST_SUITE_P(Losses, EditorsPlantedTest, ::testing::Range(0, kLosses));

TEST(EditorsShrinkTest, LeavesFewStepsThatStillLoseAValue) {
  constexpr Day kShorterDay{.edits = 20};
  const Cradle cradle(EditedRecords());
  const std::optional<Caught> caught = Catch(cradle, kShorterDay, Loss::kAddedItemDropped);
  ASSERT_TRUE(caught);
  const PlantMaker plant = [] { return MakePlant(Loss::kAddedItemDropped); };
  const std::vector<Step> fewer = Shrink(cradle, kShorterDay.editors, caught->steps, plant, 60, kEditors);
  Editors editors;
  const Outcome outcome = RunSteps(cradle, kShorterDay.editors, fewer, *plant(), &editors);
  EXPECT_EQ(outcome.violation.invariant, Invariant::kValues);
  EXPECT_LT(fewer.size(), caught->steps.size() / 10);
}

}  // namespace
}  // namespace daftar::sim
