// The simulator against bugs that are known to be there: each has to be found, and nothing where there is none.
#include "tests/sim/planted.h"

#include <gtest/gtest.h>

#include <iostream>
#include <optional>

#include "tests/sim/run.h"

namespace daftar::sim {
namespace {

constexpr uint64_t kMostSeeds = 150;
constexpr int kClients = 3;
constexpr int kMoments = 200;

struct Caught {
  uint64_t seed = 0;
  std::vector<Step> steps;
  Violation violation;
};

std::optional<Caught> Catch(const Cradle& cradle, Bug bug) {
  for (uint64_t seed = 1; seed <= kMostSeeds; ++seed) {
    std::vector<Step> steps = ChooseSteps(seed, kClients, kMoments, WeatherFor(bug));
    Outcome outcome = RunSteps(cradle, kClients, steps, *MakePlant(bug));
    if (!outcome.clean()) return Caught{seed, std::move(steps), std::move(outcome.violation)};
  }
  return std::nullopt;
}

class PlantedTest : public ::testing::TestWithParam<int> {};

TEST_P(PlantedTest, IsCaughtAndTheSameStepsAreCleanWithoutIt) {
  const Cradle cradle;
  const Bug bug = static_cast<Bug>(GetParam());
  const std::optional<Caught> caught = Catch(cradle, bug);
  ASSERT_TRUE(caught) << InWords(bug) << ": not found in " << kMostSeeds << " seeds";
  std::cout << InWords(bug) << ": seed " << caught->seed << " breaks \"" << InWords(caught->violation.invariant)
            << "\": " << caught->violation.what << "\n";
  Plant nothing;
  EXPECT_EQ(RunSteps(cradle, kClients, caught->steps, nothing).violation.what, "");
}

INSTANTIATE_TEST_SUITE_P(Bugs, PlantedTest, ::testing::Range(0, kBugs));

TEST(ShrinkTest, LeavesFewStepsThatStillFailInTheSameWay) {
  const Cradle cradle;
  const std::optional<Caught> caught = Catch(cradle, Bug::kTombstoneDropped);
  ASSERT_TRUE(caught);
  const std::vector<Step> fewer = Shrink(
      cradle, kClients, caught->steps, [] { return MakePlant(Bug::kTombstoneDropped); }, 600);
  const Outcome outcome = RunSteps(cradle, kClients, fewer, *MakePlant(Bug::kTombstoneDropped));
  std::cout << InWords(fewer, outcome.violation);
  EXPECT_EQ(outcome.violation.invariant, caught->violation.invariant);
  EXPECT_LE(fewer.size(), 25u);
}

TEST(ShrinkTest, LeavesARunAloneThatDoesNotFail) {
  const Cradle cradle;
  const std::vector<Step> steps = ChooseSteps(1, kClients, 20, Weather());
  EXPECT_EQ(Shrink(
                cradle, kClients, steps, [] { return std::make_unique<Plant>(); }, 10)
                .size(),
            steps.size());
}

}  // namespace
}  // namespace daftar::sim
