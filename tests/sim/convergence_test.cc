// Seeds by the hundred: DAFTAR_SIM_SEEDS=10000 runs more, DAFTAR_SIM_SEED=42 replays one.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/sim/world.h"

namespace daftar::sim {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

struct Totals {
  uint64_t edits = 0, cuts = 0, deaths = 0, conflicts = 0, filled = 0, restored = 0, salvaged = 0;
};

void RunSeed(uint64_t seed, int clients, int steps, Weather weather, Totals& totals) {
  Simulation simulation(seed, clients, weather);
  for (int step = 0; step < steps && simulation.Step(); ++step) {
  }
  if (simulation.failure().empty() && simulation.Settle()) simulation.CheckConvergence();
  EXPECT_EQ(simulation.failure(), "") << "seed " << seed << ": replay it with DAFTAR_SIM_SEED=" << seed;
  totals.edits += simulation.edits();
  totals.cuts += simulation.cuts();
  totals.deaths += simulation.deaths();
  totals.conflicts += simulation.conflicts();
  totals.filled += simulation.filled();
  totals.restored += simulation.restored();
  totals.salvaged += simulation.salvaged();
}

TEST(ConvergenceTest, ReplicasConvergeAndNothingIsLostOrDoubledInAnyWeather) {
  uint64_t only = FromEnvironment("DAFTAR_SIM_SEED", 0);
  uint64_t first = only != 0 ? only : 1, count = only != 0 ? 1 : FromEnvironment("DAFTAR_SIM_SEEDS", 60);
  Totals totals;
  for (uint64_t seed = first; seed < first + count && !::testing::Test::HasFailure(); ++seed) {
    RunSeed(seed, /*clients=*/2 + static_cast<int>(seed % 3), /*steps=*/400, Weather(), totals);
  }
  RecordProperty("edits", std::to_string(totals.edits));
  if (only == 0) {
    EXPECT_GT(totals.cuts, count);
    EXPECT_GT(totals.deaths, count);
    EXPECT_GT(totals.conflicts, 0u);
    EXPECT_GT(totals.filled, 0u);
  }
}

TEST(ConvergenceTest, ALinkThatCutsAllTheTimeStillGetsThere) {
  Totals totals;
  Weather storm;
  storm.cut = 300;
  storm.connect = 600;
  for (uint64_t seed = 1; seed <= 10; ++seed) RunSeed(seed, 3, 400, storm, totals);
  EXPECT_GT(totals.cuts, 500u);
}

TEST(ConvergenceTest, AServerRestoredFromABackupGetsBackWhatItLostAndNobodyDownloadsEverything) {
  Totals totals;
  Weather weather;
  weather.server_dies = 20;
  weather.server_is_restored = 300;
  const uint64_t only = FromEnvironment("DAFTAR_SIM_SEED", 0);
  const uint64_t first = only != 0 ? only : 1, count = only != 0 ? 1 : FromEnvironment("DAFTAR_SIM_SEEDS", 60);
  for (uint64_t seed = first; seed < first + count && !::testing::Test::HasFailure(); ++seed) {
    RunSeed(seed, /*clients=*/2 + static_cast<int>(seed % 3), /*steps=*/400, weather, totals);
  }
  if (only == 0) {
    EXPECT_GT(totals.restored, count);
    EXPECT_GT(totals.salvaged, 0u);
  }
}

}  // namespace
}  // namespace daftar::sim
