// Signed checkpoints: what lets a replica believe a state that came from somebody else than the server.
#pragma once

#include <string>
#include <string_view>

#include "daftar/v1/commit.pb.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar {

// `cursor` with its epoch; `digest` of what the scope holds; `scope` as it is written, empty for everything.
std::string SignCheckpoint(const KeyPair& server, const v1::Cursor& cursor, std::string_view digest,
                           std::string_view scope);
// OK if the server signed just that. PermissionDenied says what it means.
Status VerifyCheckpoint(const PublicKey& server, const v1::Checkpoint& checkpoint, std::string_view scope);

}  // namespace daftar
