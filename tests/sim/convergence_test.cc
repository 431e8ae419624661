// Fresh seeds at each run, 5,000 of them if the time is enough; README.md says how to replay one.
#include <gtest/gtest.h>

#include "tests/sim/run.h"
#include "tests/sim/seeds.h"
#include "tests/sim/weathers.h"

namespace daftar::sim {
namespace {

constexpr int kMoments = 80;
constexpr size_t kMostRunsToShrink = 1500;

// What the weathers share, in the parts that the tests below say.
constexpr int64_t kAllSeeds = 5000;
#if defined(DAFTAR_SANITIZED)
constexpr int64_t kMostMs = 60'000;
#else
constexpr int64_t kMostMs = 300'000;
#endif

struct Totals {
  uint64_t seeds = 0, edits = 0, cuts = 0, deaths = 0, conflicts = 0, pieces = 0, restored = 0, salvaged = 0,
           repaired = 0, lies = 0, rescoped = 0, ended = 0, gone = 0, lists = 0;
};

// What a failing seed comes to, with the shortest way there.
std::string Explain(const Cradle& cradle, uint64_t seed, int clients, const std::vector<Step>& steps,
                    const Violation& violation) {
  const PlantMaker nothing = [] { return std::make_unique<Plant>(); };
  const std::vector<Step> fewer = Shrink(cradle, clients, steps, nothing, kMostRunsToShrink);
  Plant plant;
  return violation.what + "\nThe shortest way there that was found, of " + std::to_string(steps.size()) + " steps:\n" +
         InWords(fewer, RunSteps(cradle, clients, fewer, plant).violation) +
         "Replay it with DAFTAR_SIM_SEED=" + std::to_string(seed);
}

void RunSeed(const Cradle& cradle, uint64_t seed, int clients, const Weather& weather, Totals& totals) {
  const std::vector<Step> steps = ChooseSteps(seed, clients, kMoments, weather);
  Plant nothing;
  const Outcome outcome = RunSteps(cradle, clients, steps, nothing);
  if (!outcome.clean()) {
    ADD_FAILURE() << "seed " << seed << ": " << Explain(cradle, seed, clients, steps, outcome.violation);
  }
  ++totals.seeds;
  totals.edits += outcome.world.edits;
  totals.cuts += outcome.world.cuts;
  totals.deaths += outcome.world.deaths;
  totals.restored += outcome.world.restored;
  totals.repaired += outcome.world.repaired;
  totals.lies += outcome.world.lies;
  totals.rescoped += outcome.world.rescoped;
  totals.ended += outcome.world.ended;
  totals.gone += outcome.history.gone;
  totals.lists += outcome.history.lists;
  totals.conflicts += outcome.history.conflicts;
  totals.pieces += outcome.history.pieces;
  totals.salvaged += outcome.history.salvaged;
}

class ConvergenceTest : public ::testing::Test {
 protected:
  // Seeds one after the other: the one that is wanted, or so many, unless their share of the time is over before.
  // `seeds` is how many are run where nobody wants another number; all weathers together have kAllSeeds.
  Totals RunSeeds(const Weather& weather, uint64_t seeds) {
    Seeds source(seeds, kMostMs * static_cast<int64_t>(seeds) / kAllSeeds);
    Totals totals;
    while (!HasFailure()) {
      const std::optional<uint64_t> seed = source.Next();
      if (!seed) break;
      RunSeed(cradle_, *seed, /*clients=*/2 + static_cast<int>(*seed % 3), weather, totals);
    }
    source.Say();
    RecordProperty("seeds", std::to_string(totals.seeds));
    RecordProperty("edits", std::to_string(totals.edits));
    return totals;
  }
  const Cradle cradle_;

  // Enough for what is rare to have happened.
  static bool Many(const Totals& totals) { return totals.seeds >= 500; }
};

TEST_F(ConvergenceTest, ReplicasConvergeAndNothingIsLostOrDoubledInAnyWeather) {
  const Totals totals = RunSeeds(kUsual, 1500);
  if (!Many(totals)) return;
  EXPECT_GT(totals.cuts, totals.seeds);
  EXPECT_GT(totals.deaths, totals.seeds);
  EXPECT_GT(totals.conflicts, 0u);
  EXPECT_GT(totals.pieces, 0u);
}

TEST_F(ConvergenceTest, ALinkThatCutsAllTheTimeStillGetsThere) {
  const Totals totals = RunSeeds(kStorm, 500);
  if (!Many(totals)) return;
  EXPECT_GT(totals.cuts, 5 * totals.seeds);
}

TEST_F(ConvergenceTest, AServerRestoredFromABackupGetsBackWhatItLostAndNobodyDownloadsEverything) {
  const Totals totals = RunSeeds(kRestores, 700);
  if (!Many(totals)) return;
  EXPECT_GT(totals.restored, totals.seeds / 4);
  EXPECT_GT(totals.salvaged, 0u);
}

TEST_F(ConvergenceTest, DamagedRecordsAndAlteredFramesAreFoundAndMended) {
  const Totals totals = RunSeeds(kDamage, 500);
  if (!Many(totals)) return;
  EXPECT_GT(totals.repaired, 0u);
  EXPECT_GT(totals.lies, 0u);
}

TEST_F(ConvergenceTest, AReplicaHoldsItsSliceWhateverIsMovedAndRescoped) {
  const Totals totals = RunSeeds(kSlices, 600);
  if (!Many(totals)) return;
  EXPECT_GT(totals.rescoped, totals.seeds);
  EXPECT_GT(totals.gone, totals.seeds);
}

TEST_F(ConvergenceTest, RecordsEndAndReplicasThatWereAwayForLongerAreToldWhatThereIs) {
  const Totals totals = RunSeeds(kEnds, 500);
  if (!Many(totals)) return;
  EXPECT_GT(totals.ended, totals.seeds / 4);
  EXPECT_GT(totals.lists, 0u);
}

TEST_F(ConvergenceTest, SlicesAndEndsSurviveDamageAndLies) {
  const Totals totals = RunSeeds(kEverything, 700);
  if (!Many(totals)) return;
  EXPECT_GT(totals.ended, 0u);
  EXPECT_GT(totals.repaired, 0u);
}

TEST_F(ConvergenceTest, ARecordThatCameAheadOfTheChunksAndWasDamagedDoesNotStopTheFilling) {
  const std::vector<Step> steps{{Act::kConnect}, {Act::kCutChunks}, {Act::kUp},   {Act::kNext}, {Act::kNext},
                                {Act::kDown},    {Act::kDown},      {Act::kNext}, {Act::kDown}, {Act::kDamage, 0, 3}};
  Plant nothing;
  EXPECT_EQ(RunSteps(cradle_, 1, steps, nothing).violation.what, "");
}

}  // namespace
}  // namespace daftar::sim
