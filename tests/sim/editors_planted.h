// Bugs that lose what an editor entered, planted on purpose: the ledger has to find each of them.
#pragma once

#include <memory>

#include "tests/sim/plant.h"

namespace daftar::sim {

enum class Loss {
  kAddedItemDropped,  // the merge drops an item that was added, and answers that it is there
  kDecisionForgets,   // what a decision puts aside is not kept
  kRefusedDropped,    // what was refused does not become a draft
  kFormsDropped,      // forms that were open are gone after a crash
  kTombstoneDropped,  // a part that was removed is not sent: the replicas differ
};
inline constexpr int kLosses = static_cast<int>(Loss::kTombstoneDropped) + 1;

const char* InWords(Loss loss);
std::unique_ptr<Plant> MakePlant(Loss loss);

}  // namespace daftar::sim
