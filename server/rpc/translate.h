// Our status as gRPC's: the only place in the server that writes gRPC's codes.
#pragma once

#include <grpcpp/support/status.h>

#include "storage/base/status.h"

namespace daftar {

// The same code and message; both sides number their codes alike. A message that is too long for a header is cut.
grpc::Status ToGrpc(const Status& status);

}  // namespace daftar
