// Links to a server over gRPC: the engine's transport between two machines, or two programs of one machine.
#pragma once

#include <memory>
#include <string>

#include "client/sync/link.h"

namespace daftar {

// A connector to "host:port". Connect from one thread at a time; links may outlive their connector.
//
// Plaintext exists on loopback only: for any other address Connect fails with FailedPrecondition and nothing is sent.
// InvalidArgument if the address is not "host:port". A connector has connections of its own, so that the long pauses
// between the attempts of one never hold back another.
std::unique_ptr<Connector> MakeGrpcConnector(std::string address);

}  // namespace daftar
