// Which addresses stay inside this machine, so that plaintext may go there.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

struct HostAndPort {
  std::string host;  // without brackets
  int port = 0;
};

// What an address of a server on this machine says: "host:port" with 127.0.0.0/8, [::1] or localhost. InvalidArgument
// if it is not host and port; FailedPrecondition for another host. No name is looked up.
StatusOr<HostAndPort> ReadPlaintextAddress(std::string_view address);

}  // namespace daftar
