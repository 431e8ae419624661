// The chain: the fingerprint of the history that led to a revision.
//
//   chain(0) = hash of the epoch
//   chain(r) = hash of chain(r - 1), r, the digest after r, and who made r, when and why
//
// 16 bytes. The digest vouches for every part as it was at that revision, so two histories with one chain are the same.
// A client that is one revision behind computes it; others are told.
#pragma once

#include <string>
#include <string_view>

#include "daftar/v1/commit.pb.h"

namespace daftar {

std::string FirstChain(std::string_view epoch);
// `commit` names the revision; `digest` is the 16-byte digest after it.
std::string NextChain(std::string_view before, std::string_view digest, const v1::CommitInfo& commit);

}  // namespace daftar
