// Links to a server over gRPC: the engine's transport between two machines, or two programs of one machine.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "client/sync/link.h"
#include "storage/base/signature.h"

namespace daftar {

// A connector to an address as server_address.h has it. Connect from one thread at a time; links may outlive their
// connector.
//
// With a key in the address all goes by TLS, in which the workstation shows its own key: `own`, without which Connect
// fails with FailedPrecondition. Plaintext exists on loopback only: for any other address without a key Connect fails
// with FailedPrecondition and nothing is sent. InvalidArgument if it is no address. A connector has connections of its
// own, so that the long pauses between the attempts of one never hold back another.
std::unique_ptr<Connector> MakeGrpcConnector(std::string address, std::optional<KeyPair> own = std::nullopt);

}  // namespace daftar
