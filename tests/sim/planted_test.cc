// The simulator against bugs that are known to be there: each has to be found, and nothing where there is none.
#include "tests/sim/planted.h"

#include <gtest/gtest.h>

#include <iostream>
#include <optional>

#include "tests/sim/run.h"

namespace daftar::sim {
namespace {

constexpr uint64_t kMostSeeds = 60;
constexpr int kClients = 3;
constexpr int kMoments = 150;

struct Caught {
  uint64_t seed = 0;
  std::vector<Step> steps;
  Violation violation;
};

std::optional<Caught> Catch(Bug bug) {
  for (uint64_t seed = 1; seed <= kMostSeeds; ++seed) {
    std::vector<Step> steps = ChooseSteps(seed, kClients, kMoments, WeatherFor(bug));
    Outcome outcome = RunSteps(kClients, steps, *MakePlant(bug));
    if (!outcome.clean()) return Caught{seed, std::move(steps), std::move(outcome.violation)};
  }
  return std::nullopt;
}

class PlantedTest : public ::testing::TestWithParam<int> {};

TEST_P(PlantedTest, IsCaughtAndTheSameStepsAreCleanWithoutIt) {
  const Bug bug = static_cast<Bug>(GetParam());
  const std::optional<Caught> caught = Catch(bug);
  ASSERT_TRUE(caught) << InWords(bug) << ": not found in " << kMostSeeds << " seeds";
  std::cout << InWords(bug) << ": seed " << caught->seed << " breaks \"" << InWords(caught->violation.invariant)
            << "\": " << caught->violation.what << "\n";
  Plant nothing;
  EXPECT_EQ(RunSteps(kClients, caught->steps, nothing).violation.what, "");
}

INSTANTIATE_TEST_SUITE_P(Bugs, PlantedTest, ::testing::Range(0, kBugs));

TEST(ShrinkTest, LeavesFewStepsThatStillFailInTheSameWay) {
  const std::optional<Caught> caught = Catch(Bug::kTombstoneDropped);
  ASSERT_TRUE(caught);
  const std::vector<Step> fewer =
      Shrink(kClients, caught->steps, [] { return MakePlant(Bug::kTombstoneDropped); }, 600);
  const Outcome outcome = RunSteps(kClients, fewer, *MakePlant(Bug::kTombstoneDropped));
  std::cout << InWords(fewer, outcome.violation);
  EXPECT_EQ(outcome.violation.invariant, caught->violation.invariant);
  EXPECT_LE(fewer.size(), 25u);
}

TEST(ShrinkTest, LeavesARunAloneThatDoesNotFail) {
  const std::vector<Step> steps = ChooseSteps(1, kClients, 20, Weather());
  EXPECT_EQ(Shrink(kClients, steps, [] { return std::make_unique<Plant>(); }, 10).size(), steps.size());
}

}  // namespace
}  // namespace daftar::sim
