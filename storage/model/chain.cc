#include "storage/model/chain.h"

#include "storage/base/bytes.h"
#include "storage/base/hash.h"

namespace daftar {
namespace {

constexpr size_t kChainBytes = 16;

std::string Cut(const Hash256& hash) { return std::string(AsBytes(hash).substr(0, kChainBytes)); }

}  // namespace

std::string FirstChain(std::string_view epoch) { return Cut(HashOf("daftar.chain.v2", {epoch})); }

std::string NextChain(std::string_view before, std::string_view digest, const v1::CommitInfo& commit) {
  std::string numbers;
  PutU64(numbers, commit.revision());
  PutU64(numbers, static_cast<uint64_t>(commit.at_ms()));
  PutU64(numbers, static_cast<uint64_t>(commit.accepted_ms()));
  return Cut(HashOf("daftar.chain.v2", {before, numbers, digest, commit.author(), commit.reason()}));
}

}  // namespace daftar
