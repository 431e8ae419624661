// One run of the simulator, and the shortest that still fails.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tests/sim/world.h"

namespace daftar::sim {

struct Outcome {
  Violation violation;
  size_t executed = 0;          // steps before it was broken; all of them where it broke afterwards
  std::vector<bool> effective;  // of those executed: whether anything happened
  World::Counts world;
  History::Counts history;
  bool clean() const { return violation.invariant == Invariant::kNone; }
};

// Executes the steps in a new world, then lets it settle and looks at everything.
Outcome RunSteps(const Cradle& cradle, int clients, std::span<const Step> steps, Plant& plant, Work* work = nullptr);

using PlantMaker = std::function<std::unique_ptr<Plant>()>;

// Leaves out steps as long as the same invariant is broken without them, in at most `most_runs` runs. What is left is a
// list of which no single step can be left out, if that was enough.
std::vector<Step> Shrink(const Cradle& cradle, int clients, std::vector<Step> steps, const PlantMaker& plant,
                         size_t most_runs, const WorkMaker& work = nullptr);

// The steps, one on a line, and what then is broken.
std::string InWords(std::span<const Step> steps, const Violation& violation);

}  // namespace daftar::sim
