// A TCP connection to a server, made here rather than by gRPC: gRPC's own waits for the server's first word before it
// sends any, which on a satellite link costs every session another 0.6 seconds.
#pragma once

#include <string>

#include "storage/base/status.h"

namespace daftar {

// The descriptor of a connection to "host:port" or "[host]:port", which sends small writes at once; the caller's to
// close. Every address of the host is tried, one after the other. Unavailable, with the system's reason, if none
// answers within the time, or the name is not known. Looking a name up is not counted, and takes as long as the
// system's resolver takes.
StatusOr<int> Dial(const std::string& host, int port, int timeout_ms);

}  // namespace daftar
