// The network of a Linux machine, as the kernel tells of it over rtnetlink.
#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "client/sync/network_watch.h"

namespace daftar {

// Listens from now on; needs no rights and no thread. Where the system refuses to tell of networks, time and Wake alone
// end a wait.
std::unique_ptr<NetworkWatch> MakeNetworkWatch();

// What is known of the interfaces, by their numbers: whether they carry data.
using KnownInterfaces = std::map<int, bool>;
// Whether the kernel's messages say that a network came up: an interface that carried nothing now does, or there is a
// new address. Loopback does not count. Whatever is cut off or makes no sense ends the reading.
bool SaysNetworkUp(std::string_view messages, KnownInterfaces& known);

}  // namespace daftar
