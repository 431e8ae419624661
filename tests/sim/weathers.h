// The weathers that runs are made in, by what is roughest in them.
#pragma once

#include "tests/sim/steps.h"

namespace daftar::sim {

inline constexpr Weather kUsual;
inline constexpr Weather kStorm{.connect = 600, .cut = 300};
// Much to catch up with, and seldom in one piece.
inline constexpr Weather kPatches{.edit = 500, .connect = 200, .cut = 100, .client_dies = 100};
inline constexpr Weather kRestores{.server_dies = 60, .server_is_restored = 300};
inline constexpr Weather kDamage{.damage = 15, .lie = 15};
inline constexpr Weather kSlices{.edit = 150, .reshape = 250, .rescope = 40};
// Clients stay away for long.
inline constexpr Weather kEnds{.edit = 150, .connect = 300, .reshape = 250, .rescope = 10, .expire = 100};
inline constexpr Weather kEverything{.edit = 150,
                                     .server_dies = 60,
                                     .server_is_restored = 200,
                                     .damage = 10,
                                     .lie = 10,
                                     .reshape = 200,
                                     .rescope = 20,
                                     .expire = 60};

}  // namespace daftar::sim
