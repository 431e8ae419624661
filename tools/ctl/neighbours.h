// Where a workstation that relays keeps the list of those it lets in.
#pragma once

#include <string>

namespace daftar::ctl {

// The list (storage/access/devices.h) of the workstation in that folder; there may be none.
std::string NeighboursFile(const std::string& folder);

}  // namespace daftar::ctl
