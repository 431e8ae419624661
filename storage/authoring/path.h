// Paths of fields as people write them: "accounts[2].date", "accounts[key=7].credibility".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/status.h"

namespace daftar {

// One field on the way, with the item chosen in it, if any.
struct PathStep {
  std::string name;
  std::optional<int> index;     // "[2]"
  std::optional<uint64_t> key;  // "[key=7]"

  bool chooses_item() const { return index || key; }
};

// InvalidArgument says what is wrong with the path. A good path has one step at least.
StatusOr<std::vector<PathStep>> ParsePath(std::string_view path);

}  // namespace daftar
