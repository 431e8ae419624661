// Asks all engines the same questions and takes the time.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/bench/peers/engine.h"
#include "tests/bench/peers/questions.h"

namespace daftar::bench {

// An engine in its folder, opened anew when asked to.
struct Contender {
  EngineKind kind;
  std::string folder;
  std::unique_ptr<Engine> engine;

  Status Reopen();
};

struct MeasureOptions {
  bool cold = false;       // also: each class once with caches dropped before it
  bool processor = false;  // processor time instead of the time that passes: for a busy machine
  uint64_t seed = 1;
};

// {"classes": [{name, questions, left_out: [{question, totals}], engines: {NAME: {median_ms, slowest_ms, …}}}], …}
StatusOr<nlohmann::json> MeasureQuestions(std::vector<Contender>& contenders, const std::vector<QuestionClass>& classes,
                                          const MeasureOptions& options);
// Point reads of random ids, and the newest 50 as rows of a list.
StatusOr<nlohmann::json> MeasureReads(std::vector<Contender>& contenders, const Corpus& corpus,
                                      const MeasureOptions& options);

}  // namespace daftar::bench
