#include "tests/sim/run.h"

#include <algorithm>

namespace daftar::sim {
namespace {

// The steps without those of [first, first + count).
std::vector<Step> Without(std::span<const Step> steps, size_t first, size_t count) {
  std::vector<Step> rest(steps.begin(), steps.begin() + static_cast<long>(first));
  const size_t end = std::min(first + count, steps.size());
  rest.insert(rest.end(), steps.begin() + static_cast<long>(end), steps.end());
  return rest;
}

// The steps that were executed and did something.
std::vector<Step> Effective(std::span<const Step> steps, const Outcome& outcome) {
  std::vector<Step> effective;
  for (size_t i = 0; i < outcome.executed; ++i) {
    if (outcome.effective[i]) effective.push_back(steps[i]);
  }
  return effective;
}

}  // namespace

Outcome RunSteps(const Cradle& cradle, int clients, std::span<const Step> steps, Plant& plant, Work* work) {
  World world(cradle, clients, plant, work);
  Outcome outcome;
  for (; outcome.executed < steps.size() && world.clean(); ++outcome.executed)
    outcome.effective.push_back(world.Execute(steps[outcome.executed]));
  if (world.clean()) world.Settle();
  if (world.clean()) world.CheckEnd();
  outcome.violation = world.history().violation();
  outcome.world = world.counts();
  outcome.history = world.history().counts();
  return outcome;
}

std::vector<Step> Shrink(const Cradle& cradle, int clients, std::vector<Step> steps, const PlantMaker& plant,
                         size_t most_runs, const WorkMaker& work) {
  const auto run = [&](std::span<const Step> some) {
    const std::unique_ptr<Work> own = work != nullptr ? work() : nullptr;
    return RunSteps(cradle, clients, some, *plant(), own.get());
  };
  const Outcome first = run(steps);
  if (first.clean()) return steps;
  size_t runs = 1;
  const auto fails = [&](std::span<const Step> some, Outcome* outcome) {
    ++runs;
    *outcome = run(some);
    return outcome->violation.invariant == first.violation.invariant;
  };
  Outcome outcome;
  if (std::vector<Step> some = Effective(steps, first); fails(some, &outcome)) steps = std::move(some);

  size_t size = std::max<size_t>(steps.size() / 2, 1);  // of the pieces that are left out
  while (runs < most_runs) {
    bool shorter = false;
    for (size_t at = 0; at < steps.size() && runs < most_runs;) {
      std::vector<Step> rest = Without(steps, at, size);
      if (!fails(rest, &outcome)) {
        at += size;
        continue;
      }
      shorter = true;
      rest.resize(outcome.executed);
      steps = std::move(rest);
    }
    if (size == 1 && !shorter) break;
    size = std::max<size_t>(size / 2, 1);
  }
  return steps;
}

std::string InWords(std::span<const Step> steps, const Violation& violation) {
  std::string text;
  for (size_t i = 0; i < steps.size(); ++i) text += std::to_string(i + 1) + ": " + InWords(steps[i]) + "\n";
  return text + "then \"" + InWords(violation.invariant) + "\" is broken: " + violation.what + "\n";
}

}  // namespace daftar::sim
