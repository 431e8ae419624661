// Questions of which the answer is known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/uuid.h"
#include "tools/gen/generator.h"

namespace daftar::bench {

struct Case {
  std::string group;  // "other script", "one error" …
  std::string query;  // in Daftar's language
  std::string plain;  // the same for engines that know words alone: without fields
  Uuid answer;        // the record that must be found
};

// By hand, over the records of tools/sample. `answer` is Uuid::FromName("sample:KEY"), as reading the sample makes it.
std::vector<Case> SampleCases();

// From a generated dataset, `in_group` of each group; the same generator and seed give the same.
std::vector<Case> GeneratedCases(const gen::Generator& generator, uint64_t seed, size_t in_group);

}  // namespace daftar::bench
