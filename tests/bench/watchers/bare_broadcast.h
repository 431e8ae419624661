// The least that a server of streams can do: whatever one client says, all are sent.
#pragma once

#include <ostream>

namespace daftar::bench {

inline constexpr char kBareMethod[] = "/bare/Broadcast";

// Serves on a free port of loopback, which it prints as "listening on HOST:PORT", until the process is killed. The
// first message of a stream comes back to it alone; every later one goes to all streams, to that one too.
[[noreturn]] void ServeBareBroadcast(std::ostream& out);

}  // namespace daftar::bench
