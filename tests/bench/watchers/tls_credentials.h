// Both ends of TLS as the bare broadcast has it, and the crowd's.
#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>

#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar::bench {

// Shows that key and takes any server: what is measured is the server.
StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsCredentials(const KeyPair& own);
// Shows a new key and asks for one, as daftard does, but looks at none.
StatusOr<std::shared_ptr<grpc::ServerCredentials>> BareServerCredentials();

}  // namespace daftar::bench
