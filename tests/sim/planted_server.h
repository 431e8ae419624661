// The planted bugs of the server and of the way to the client. Seen by planted*.cc alone.
#pragma once

#include <memory>

#include "tests/sim/planted.h"

namespace daftar::sim {

// Null for a bug of the client.
std::unique_ptr<Plant> MakeServerPlant(Bug bug);

}  // namespace daftar::sim
