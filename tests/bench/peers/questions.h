// Questions drawn from the data, by a seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/peers/corpus.h"
#include "tests/bench/peers/engine.h"

namespace daftar::bench {

// One line of the table.
struct QuestionClass {
  std::string name;
  std::vector<Question> questions;
};

// The same data and seed give the same questions. Words are those that every engine folds alike: three small Latin
// letters or more. Rare: in 2 to 20 records; common: in more than 3 of 100; all others as they come in the texts.
std::vector<QuestionClass> DrawQuestions(const Corpus& corpus, uint64_t seed, size_t in_class);

}  // namespace daftar::bench
