// What indexes derive from a record alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/model/record.h"

namespace daftar {

// The day that a record is sorted by: of its most credible account that does not deny it, or of publication.
std::optional<int32_t> SortDay(const Record& record);

// The ids of all records that it points at, as 16 bytes, ascending, each once.
std::vector<std::string> TargetsOf(const Record& record);

}  // namespace daftar
