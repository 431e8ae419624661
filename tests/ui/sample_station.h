// A workstation that holds the sample dataset, without a server: all of it waits in the outbox.
#pragma once

#include <memory>

#include "client/sync/workstation.h"

namespace daftar {

// Fails the program if the sample cannot be read: nothing else could be tested then.
std::unique_ptr<Workstation> MakeSampleStation(const std::string& folder, const Clock& clock, Random& random);

}  // namespace daftar
