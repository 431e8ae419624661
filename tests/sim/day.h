// A day of editors: the thirty incidents that it begins with, and what happens at the workstations, as a list of steps.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/sim/cradle.h"
#include "tests/sim/steps.h"

namespace daftar::sim {

// Incidents with accounts, dates, casualties, roles and comments, and what they name.
Founding EditedRecords();

// So many editors make so many edits each, and go on and off line in their own ways. Of the weather its cuts and deaths
// count, at each few edits.
struct Day {
  int editors = 5;
  int edits = 200;
  Weather weather = {};
};
std::vector<Step> ChooseDay(uint64_t seed, const Day& day);

}  // namespace daftar::sim
