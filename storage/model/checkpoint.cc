#include "storage/model/checkpoint.h"

#include "storage/base/bytes.h"

namespace daftar {
namespace {

constexpr char kDomain[] = "daftar.checkpoint.v1";

std::string BigEndian(uint64_t number) {
  std::string bytes;
  PutU64(bytes, number);
  return bytes;
}

}  // namespace

std::string SignCheckpoint(const KeyPair& server, const v1::Cursor& cursor, std::string_view digest,
                           std::string_view scope) {
  return std::string(
      AsBytes(server.Sign(kDomain, {cursor.epoch(), BigEndian(cursor.revision()), cursor.chain(), digest, scope})));
}

Status VerifyCheckpoint(const PublicKey& server, const v1::Checkpoint& checkpoint, std::string_view scope) {
  const v1::Cursor& cursor = checkpoint.cursor();
  const Status status =
      server.Verify(checkpoint.signature(), kDomain,
                    {cursor.epoch(), BigEndian(cursor.revision()), cursor.chain(), checkpoint.digest(), scope});
  if (status.ok()) return status;
  return PermissionDenied("the server has not signed the state that a relay offers; nothing of it is shown");
}

}  // namespace daftar
