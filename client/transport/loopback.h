// Which addresses stay inside this machine, so that plaintext may go there.
#pragma once

#include <string_view>

#include "storage/base/status.h"

namespace daftar {

// Whether the address is "host:port" with a host of this machine: 127.0.0.0/8, [::1] or localhost. InvalidArgument if
// it is not host and port; FailedPrecondition for another host. No name is looked up.
Status CheckPlaintextAddress(std::string_view address);

}  // namespace daftar
