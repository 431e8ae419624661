// Addresses beside a timeline, for this folder alone; timeline.h has those that others use.
#pragma once

#include <string>
#include <string_view>

#include "storage/model/kind.h"

namespace daftar {

// The search for records of a kind that have no date, for the same query.
std::string UndatedAddress(std::string_view query, Kind kind);

}  // namespace daftar
