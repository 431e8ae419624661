// gRPC's status as ours: the only place in the client that reads gRPC's codes.
#pragma once

#include <grpcpp/support/status.h>

#include <string_view>

#include "storage/base/status.h"

namespace daftar {

// How a session with the server at `address` ended, in words for a person. Never ok: an end that nobody asked for is
// Unavailable, since trying again is the thing to do.
Status EndOfSession(const grpc::Status& status, std::string_view address);

}  // namespace daftar
