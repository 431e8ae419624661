// The crowd's end of TLS.
#pragma once

#include <grpcpp/security/credentials.h>

#include <memory>

#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar::bench {

// Shows that key and takes any server: what is measured is the server.
StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsCredentials(const KeyPair& own);

}  // namespace daftar::bench
